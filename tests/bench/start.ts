/** How long a house is dark: from the start of the api, with PostgreSQL up, until it answers through nginx. */
import { readFileSync } from 'node:fs';

import { send } from './client.ts';
import { house, instance } from './house.ts';
import { master } from './processes.ts';
import { figure } from './report.ts';
import { until } from './until.ts';

/** The kernel counts a process's start in hundredths since boot. */
function age_ms(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const started = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]) / 100;
  return (Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) - started) * 1000;
}

export async function coldStart(): Promise<void> {
  const former = master('api');
  const restarted = instance('restart', 'api');
  const pid = await until('a new api starts', () => {
    const now = master('api');
    return now !== undefined && now !== former && now;
  }, 60_000, 1);
  await until('it answers', () => send(house.url, { method: 'GET', path: '/readyz' }).then(({ status }) => status === 200, () => false), 60_000, 2);
  figure('cold_start_ms', age_ms(pid), 'ms');
  await restarted;
}
