/** The load generator: wrk, replaying requests that were made beforehand, so that making them costs nothing now. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { house } from './house.ts';
import { type Spent, spent_ms, used } from './processes.ts';
import { sum } from './report.ts';

const exec = promisify(execFile);
const script = fileURLToPath(new URL('replay.lua', import.meta.url));

export const CONNECTIONS = 16;

export type Load = { rps: number; p50_ms: number; p95_ms: number; p99_ms: number; cpu_ms: number; spent: Spent };
type Said = { requests: number; us: number; p50_us: number; p95_us: number; p99_us: number; refused: number; broken: number };

export function raw(method: string, path: string, headers: Record<string, string>, body?: string): string {
  const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  const lines = Object.entries({ Host: 'localhost', ...headers, ...length }).map(([name, value]) => `${name}: ${value}`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body ?? ''}\0`;
}

/** Everything of ours that ran meanwhile counts: nginx, our processes, PostgreSQL; wrk does not. */
export async function load(url: string, requests: string, seconds: number, once: boolean): Promise<Load> {
  const file = `${house.var}/tmp/requests`;
  writeFileSync(file, requests);
  const before = used();
  const { stdout } = await exec('wrk', ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '--timeout', '10s', '-s', script, url, '--', file, once ? 'once' : 'again']);
  const after = used();
  const said = JSON.parse(stdout.slice(stdout.indexOf('{"requests"'))) as Said;
  if (said.refused + said.broken > 0) {
    throw new Error(`of ${said.requests} requests ${said.refused} were refused and ${said.broken} broken`);
  }
  const spent = spent_ms(before, after);
  for (const [service, ms] of Object.entries(spent)) spent[service as keyof Spent] = ms / said.requests;
  return {
    rps: said.requests / (said.us / 1e6),
    p50_ms: said.p50_us / 1000,
    p95_ms: said.p95_us / 1000,
    p99_ms: said.p99_us / 1000,
    cpu_ms: sum(Object.values(spent)),
    spent,
  };
}
