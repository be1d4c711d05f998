/** Waits until the house has worked everything off, then counts by SQL. */
import { readFileSync } from 'node:fs';

import { rows, sql } from '../bench/house.ts';
import { until } from '../bench/until.ts';
import type { Delivered } from './deliver.ts';
import { remark } from './report.ts';
import type { Story } from './story.ts';

const PATIENCE_MS = 180_000;

export type Counts = Record<
  | 'lost'
  | 'doubled'
  | 'disordered'
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

/*
 * Work of the next half an hour: what somebody said for later waits rightly, and so does a bot for its customer. Everybody's,
 * not only the story's: whatever was killed had all of it in hand. So others' work may be met in passing, and is waited for.
 */
const LEFT = `
  SELECT concat_ws(' ', queue, kind, 'account', jobs.account_id, 'attempt', attempt, 'in', round(extract(epoch FROM run_at - now())), 's, leased for', round(extract(epoch FROM lease_until - now())), 's')
    FROM jobs JOIN lanes USING (queue, lane)
   WHERE queue <> 'chores' AND kind NOT IN ('flow.timer', 'message.scheduled') AND run_at < now() + interval '30 minutes'
   UNION ALL
  SELECT concat_ws(' ', 'delivery', id, 'of channel', channel_id) FROM inbound_events WHERE state = 'pending'`;

/** How much is left to do: nothing as soon as nothing was. What is still there after minutes is never done, and is told. */
export async function left(): Promise<number> {
  let waiting: string[] = [];
  await until('the queues are empty', async () => (waiting = (await rows(LEFT)).flat()).length === 0, PATIENCE_MS, 100).catch(() => undefined);
  for (const one of waiting) remark(`never done: ${one}`);
  return waiting.length;
}

/** The jobs that were given up, ever. */
export const dead = async (): Promise<string[]> =>
  (await rows("SELECT concat_ws(' ', id, kind, 'account', account_id, why) FROM dead_jobs ORDER BY id")).flat();

export async function count(story: Story, delivered: readonly Delivered[], replies: number): Promise<Counts> {
  const acked = delivered.map(({ customer, n }) => `${customer}\t${n}\n`).join('');
  const text = `CREATE TEMP TABLE acked (customer int, n int);\nCOPY acked FROM STDIN;\n${acked}\\.\n${readFileSync(new URL('count.sql', import.meta.url), 'utf8')}`;
  return JSON.parse(await sql(text, { run: story.run, replies })) as Counts;
}
