/** Before the first file: the house answers, forgets the failed sign-ins of an earlier run, and says what it has been through. */
import type { TestProject } from 'vitest/node';

import { deaths } from './alive.ts';
import { lines, sql } from './database.ts';
import { house } from './house.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    before: { deaths: string[]; dead_jobs: string[] };
  }
}

export const deadJobs = (): Promise<string[]> => lines("SELECT id || ' ' || kind || ' ' || why FROM dead_jobs ORDER BY id");

export default async function prepare(project: TestProject): Promise<void> {
  const ready = await fetch(`${house.url}/readyz`);
  if (!ready.ok) throw new Error(`${house.url}/readyz → ${ready.status}`);
  await sql('DELETE FROM signin_throttle; DELETE FROM operator_throttle');
  project.provide('before', { deaths: deaths(), dead_jobs: await deadJobs() });
}
