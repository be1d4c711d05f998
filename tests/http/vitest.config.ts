import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = fileURLToPath(new URL('.', import.meta.url));

/* Each file has an account of its own, so files run beside each other as customers do. Mostly they wait. */
const usual = {
  root: here,
  maxWorkers: 4,
  /* Nothing of theirs outlives a test but connections; the description is read and compiled once per worker. */
  isolate: false,
  testTimeout: 20_000,
  hookTimeout: 30_000,
};

export default defineConfig({
  root: here,
  test: {
    globalSetup: './support/prepare.ts',
    projects: [
      { test: { ...usual, name: 'http', include: ['*/**/*.test.ts'], exclude: ['after/**', 'storm/**'], sequence: { groupOrder: 0 } } },
      { test: { ...usual, name: 'storm', include: ['storm/**/*.test.ts'], sequence: { groupOrder: 1 } } },
      { test: { ...usual, name: 'after', include: ['after/**/*.test.ts'], sequence: { groupOrder: 2 } } },
    ],
  },
});
