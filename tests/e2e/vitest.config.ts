import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/* What pulls the house down under everybody's feet runs alone, after the others. */
const OUTAGES = ['outages.test.ts'];

export default defineConfig({
  root: here('.'),
  test: {
    /* A browser on a busy machine: slow is not wrong. */
    testTimeout: 90_000,
    hookTimeout: 60_000,
    /* A journey makes what it needs, so it is tried again by itself before its file is. */
    retry: 1,
    expect: { poll: { timeout: 15_000 } },
    globalSetup: here('support/prepare.ts'),
    setupFiles: here('support/each-file.ts'),
    /* The driver of the browser and axe are large: read once for each worker, not for each file. */
    isolate: false,
    projects: [
      {
        extends: true,
        test: { name: 'journeys', include: ['*.test.ts'], exclude: OUTAGES, maxWorkers: 2, sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        test: { name: 'outages', include: OUTAGES, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
