import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

type Chunk = { file: string; css?: string[]; imports?: string[]; assets?: string[] };

/** What the inbox needs to open, as the app's build just wrote it down; every name holds its hash. */
function shellFiles(): string[] {
  const file = here('../dist/.vite/manifest.json');
  if (!existsSync(file)) return [];
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Chunk>;
  const files = new Set<string>();
  const walk = (key: string) => {
    const chunk = manifest[key];
    if (!chunk || files.has(chunk.file)) return;
    for (const one of [chunk.file, ...(chunk.css ?? [])]) files.add(one);
    for (const one of chunk.assets ?? []) if (/inter-latin-wght/.test(one)) files.add(one);
    for (const next of chunk.imports ?? []) walk(next);
  };
  for (const entry of ['index.html', 'src/app/InboxScreen.tsx', 'src/app/TicketScreen.tsx'])
    walk(entry);
  return [...files]
    .filter((one) => one.startsWith('assets/'))
    .sort()
    .map((one) => `/${one}`);
}

const shell = shellFiles();
const version = createHash('sha256').update(shell.join()).digest('hex').slice(0, 12);

export default defineConfig({
  root: here('..'),
  define: { SHELL: JSON.stringify(shell), VERSION: JSON.stringify(version) },
  build: {
    target: 'es2022',
    outDir: here('../dist'),
    emptyOutDir: false, // the app was built there just before
    copyPublicDir: false,
    lib: {
      entry: here('./main.ts'),
      name: 'worker',
      formats: ['iife'],
      fileName: () => 'sw.js',
    },
  },
  test: {
    environment: 'node',
    name: 'worker',
    dir: here('.'),
    include: ['**/*.test.ts'],
    globals: true,
    reporters: ['default', here('../../tests/tally.ts')],
  },
});
