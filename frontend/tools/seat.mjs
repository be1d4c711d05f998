/*
 * Puts src/testing/seat.ts and all that it needs into one file for Node, for tests that want many
 * people: node tools/seat.mjs DIR
 */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

await build({
  root,
  configFile: false,
  logLevel: 'error',
  resolve: { alias: { '@': `${root}src` } },
  ssr: { noExternal: true },
  build: {
    ssr: 'src/testing/seat.ts',
    outDir: process.argv[2],
    emptyOutDir: false,
    copyPublicDir: false,
    rolldownOptions: { output: { entryFileNames: 'seat.mjs', codeSplitting: false } },
  },
});
