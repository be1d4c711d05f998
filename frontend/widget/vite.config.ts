import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/* Every page of every shop loads this file: its weight is a promise, kept by the build. */
const LIMIT_KB = 30;

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

function weigh(): Plugin {
  return {
    name: 'weigh',
    apply: 'build',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        const kb = gzipSync(file.code, { level: 9 }).length / 1000;
        const verdict = `${file.fileName}: ${kb.toFixed(1)} kB gz of ${LIMIT_KB}`;
        if (kb > LIMIT_KB) this.error(verdict);
        this.info(verdict);
      }
    },
  };
}

export default defineConfig({
  root: here('..'),
  plugins: [weigh()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    outDir: here('../dist'),
    emptyOutDir: false, // the app was built there just before
    copyPublicDir: false,
    lib: {
      entry: here('./main.tsx'),
      name: 'balcao', // asked for by the format; nothing is exported, so no global is made
      formats: ['iife'],
      fileName: () => 'widget.js',
    },
  },
  test: {
    environment: 'happy-dom',
    name: 'widget',
    dir: here('.'), // also when it runs as one of the app's projects
    include: ['**/*.test.{ts,tsx}'],
    reporters: ['default', here('../../tests/tally.ts')],
  },
});
