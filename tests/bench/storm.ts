/** Two hundred who guess passwords at once, and how long the inbox takes meanwhile, against the quiet before. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';

import { send, type Person } from './client.ts';
import { house } from './house.ts';
import { figure, median, percentile, remark } from './report.ts';
import { agents, type World } from './world.ts';

const ROUNDS = 3;
const SECONDS = 5;
/** Well below what the list can do: how long people wait is asked, not how many can. */
const PER_SECOND = 50;

async function p95(people: readonly Person[]): Promise<number> {
  const times: number[] = [];
  const asked: Promise<void>[] = [];
  const until = performance.now() + SECONDS * 1000;
  for (let n = 0; performance.now() < until; n++) {
    const { Cookie = '', 'Balcao-Account': account = '' } = people[n % people.length]?.headers ?? {};
    const began = performance.now();
    asked.push(
      send(house.url, { method: 'GET', path: '/api/v1/tickets?tab=serving&limit=40', headers: { Cookie, 'Balcao-Account': account } }).then(({ status }) => {
        if (status !== 200) throw new Error(`the list answered ${status}`);
        times.push(performance.now() - began);
      }),
    );
    await pause(1000 / PER_SECOND);
  }
  await Promise.all(asked);
  return percentile(times, 95);
}

/** The crowd is a process of its own: its work is not to be found in our clock. Resolves when all of it is at the door. */
async function crowd(): Promise<() => Promise<string>> {
  const child = spawn(process.execPath, [...process.execArgv, fileURLToPath(new URL('crowd.ts', import.meta.url))], { stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  await once(child.stdout, 'data');
  return async () => {
    child.stdin.end();
    await once(child, 'exit');
    return said.trim().split('\n').at(-1) ?? '';
  };
}

export async function storm(world: World): Promise<void> {
  const people = await agents(world);
  await p95(people.slice(0, 8));
  const rounds: { quiet: number; storm: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const quiet = await p95(people);
    const disperse = await crowd();
    rounds.push({ quiet, storm: await p95(people) });
    remark(await disperse());
  }
  figure('signin_storm_list_quiet_p95_ms', median(rounds.map(({ quiet }) => quiet)), 'ms');
  figure('signin_storm_list_p95_ms', median(rounds.map((one) => one.storm)), 'ms');
  figure('signin_storm_list_p95_ratio', median(rounds.map((one) => one.storm / one.quiet)), 'x');
}
