/** The processes of this house and nobody else's: what they used, what they hold. Read from /proc. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

import { house } from './house.ts';

export const SERVICES = ['postgres', 'api', 'worker', 'live', 'nginx'] as const;
export type Service = (typeof SERVICES)[number] | 'bare';

/** A process of this run that stands in for one of the house's. */
let standIn: number | undefined;
export function countAlso(pid: number | undefined): void {
  standIn = pid;
}

export type Process = { pid: number; parent: number; started: string; service: Service; is_master: boolean; title: string };

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; /* it has just ended */
  }
}

/** The fields of /proc/pid/stat after the name, which may hold spaces and parentheses. */
function stat(pid: number): string[] {
  const text = read(`/proc/${pid}/stat`);
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function title(pid: number): string {
  const words = read(`/proc/${pid}/cmdline`).split('\0').join(' ').trim();
  return words || read(`/proc/${pid}/comm`).trim();
}

/** The pid that ops/instance.sh wrote down, when that very process still runs. */
export function master(service: string): number | undefined {
  const [pid, started] = read(`${house.var}/run/started/${service}`).split(' ');
  if (!pid || stat(Number(pid))[19] !== started || stat(Number(pid))[0] === 'Z') return undefined;
  return Number(pid);
}

/** Masters and all their descendants. */
export function processes(): Process[] {
  const parents = new Map<number, { parent: number; started: string }>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const fields = stat(Number(name));
    if (fields[0] !== 'Z') parents.set(Number(name), { parent: Number(fields[1]), started: fields[19] ?? '' });
  }
  const found: Process[] = [];
  const walk = (pid: number, service: Service, is_master: boolean): void => {
    const own = parents.get(pid);
    if (own === undefined) return;
    found.push({ pid, ...own, service, is_master, title: title(pid) });
    for (const [child, { parent }] of parents) if (parent === pid) walk(child, service, false);
  };
  for (const service of SERVICES) {
    const pid = master(service);
    if (pid !== undefined) walk(pid, service, true);
  }
  if (standIn !== undefined) walk(standIn, 'bare', true);
  return found;
}

/** Programs of this house that no master of it knows any more. */
export function orphans(): number[] {
  const known = new Set(processes().map(({ pid }) => pid));
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && !known.has(Number(name)) && link(`/proc/${name}/exe`).startsWith(`${house.var}/app/backend/`))
    .map(Number);
}

/* What has just ended, or is not ours to look at, is nothing. */
function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function list(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

/** Nanoseconds on a processor so far. The scheduler counts them exactly; ticks would be guesses of 10 ms. */
export type Used = Map<number, { service: Service; ns: number }>;

export function used(): Used {
  return new Map(processes().map(({ pid, service }) => [pid, { service, ns: Number(read(`/proc/${pid}/schedstat`).split(' ')[0] ?? 0) }]));
}

export type Spent = Partial<Record<Service, number>>;

/** What happened between two looks, in ms. A process that came in between counts whole. */
export function spent_ms(before: Used, after: Used): Spent {
  const spent: Spent = {};
  for (const [pid, { service, ns }] of after) spent[service] = (spent[service] ?? 0) + (ns - (before.get(pid)?.ns ?? 0)) / 1e6;
  return spent;
}

/** The word of the pool it belongs to ("api", "auth", "inbound"): every child holds its pool's socket and no other's. */
export function pool(pid: number): string | undefined {
  const sockets = new Map(read('/proc/net/unix').split('\n').map((line) => line.trim().split(/\s+/)).map((fields) => [fields[6], fields[7]]));
  for (const name of list(`/proc/${pid}/fd`)) {
    const inode = /^socket:\[(\d+)\]$/.exec(link(`/proc/${pid}/fd/${name}`))?.[1];
    const word = /\/run\/(?:bell-)?(\w+)\.sock/.exec(sockets.get(inode) ?? '')?.[1];
    if (word !== undefined) return word;
  }
  return undefined;
}

/** kB: what it holds, and its share of what it shares. */
export function memory(pid: number): { rss: number; pss: number; own: number } {
  const text = read(`/proc/${pid}/smaps_rollup`);
  const kb = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0);
  return { rss: kb('Rss'), pss: kb('Pss'), own: kb('Private_Clean') + kb('Private_Dirty') };
}
