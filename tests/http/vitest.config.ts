import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    include: ['**/*.test.ts'],
    /* Each file has an account of its own, so files run beside each other as customers do. Mostly they wait. */
    maxWorkers: 4,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    reporters: ['default', fileURLToPath(new URL('../tally.ts', import.meta.url))],
    globalSetup: './support/prepare.ts',
  },
});
