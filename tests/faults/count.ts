/** Waits until the house has worked everything off, then counts by SQL. */
import { readFileSync } from 'node:fs';

import { number, sql } from '../bench/house.ts';
import { until } from '../bench/until.ts';
import type { Delivered } from './deliver.ts';
import type { Story } from './story.ts';

const PATIENCE_MS = 180_000;

export type Counts = Record<
  | 'lost'
  | 'doubled'
  | 'disordered'
  | 'events_pending'
  | 'jobs_left'
  | 'jobs_dead'
  | 'sends_unfinished'
  | 'tickets_doubled'
  | 'events_missing'
  | 'events_doubled'
  | 'replies_lost'
  | 'replies_doubled'
  | 'outcome_unknown'
  | 'sends_failed',
  number
> & { messages: { key: string; at_ms: number }[] | null };

/** Work of the next half an hour: what somebody said for later waits rightly, and so does a bot for its customer. */
const DUE_JOBS = "SELECT count(*) FROM jobs JOIN lanes USING (queue, lane) WHERE queue <> 'chores' AND kind NOT IN ('flow.timer', 'message.scheduled') AND run_at < now() + interval '30 minutes'";

/** True when nothing is left to do; what is left after minutes is counted as not terminated. */
export async function settled(): Promise<boolean> {
  const left = `SELECT (${DUE_JOBS}) + (SELECT count(*) FROM inbound_events WHERE state = 'pending')`;
  return until('the queues are empty', async () => (await number(left)) === 0, PATIENCE_MS, 100).catch(() => false);
}

export async function count(story: Story, delivered: readonly Delivered[], replies: number): Promise<Counts> {
  const acked = delivered.map(({ customer, n }) => `${customer}\t${n}\n`).join('');
  const text = `CREATE TEMP TABLE acked (customer int, n int);\nCOPY acked FROM STDIN;\n${acked}\\.\n${readFileSync(new URL('count.sql', import.meta.url), 'utf8')}`;
  return JSON.parse(await sql(text, { run: story.run, replies, due_jobs: DUE_JOBS })) as Counts;
}
