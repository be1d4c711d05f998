/** One question of the matrix, what the rules expect of it, and what came. Kept as a table in the house's log. */
import { writeFileSync } from 'node:fs';

import type { Answer, Problem } from '../support/answer.ts';
import { house } from '../support/house.ts';
import type { Route } from './routes.ts';

/** `answered`: the route's own success, or what it declares about a row that one may see (409 and the like). */
export type Expected = { status: number; slug: string } | 'answered';

let rows: string[] = [];
let wrong = 0;

/** Of the next file. */
export function beginCells(): void {
  [rows, wrong] = [[], 0];
}

export const cellsAsked = (): { cells: number; wrong: number } => ({ cells: rows.length, wrong });

export function slugOf(answer: Answer): string {
  return answer.headers['content-type'] === 'application/problem+json' ? (JSON.parse(answer.text) as Problem).slug : '';
}

/** A problem without the only thing in it that may differ. */
export function withoutRequest(answer: Answer): string {
  return answer.text.replaceAll(answer.request_id, '');
}

function fits(route: Route, answer: Answer, expected: Expected): boolean {
  const slug = slugOf(answer);
  if (expected !== 'answered') return answer.status === expected.status && slug === expected.slug;
  if (route.method === 'GET') return answer.status === 200 || answer.status === 204;
  return answer.status < 300 || answer.status === 409 || (answer.status === 403 && slug !== 'permission_denied');
}

/** Notes the cell; nothing when all is well, else what is wrong with it. */
export function note(
  cell: { route: Route; who: string; target: string; expected: Expected; foreign: string },
  answer: Answer,
): string | undefined {
  const { route, who, target, expected, foreign } = cell;
  const leaks = answer.text.split(foreign).length - 1;
  const isRight = fits(route, answer, expected) && leaks === 0;
  const name = `${route.method} ${route.path}`;
  rows.push([name, who, target, answer.status, slugOf(answer) || '-', leaks].join('\t'));
  if (isRight) return undefined;
  wrong += 1;
  const wanted = expected === 'answered' ? expected : `${expected.status} ${expected.slug}`;
  return `${name} by ${who} on ${target}: ${answer.status} ${slugOf(answer)} (${leaks} leaks), not ${wanted}: ${answer.text.slice(0, 200)}`;
}

export function writeTable(name: string): void {
  writeFileSync(`${house.var}/log/isolation-${name}.tsv`, `route\tactor\ttarget\tstatus\tslug\tleaks\n${rows.join('\n')}\n`);
}

/** A few at a time: the house has few workers and the order within a line of work is kept. */
export async function eachOf<T>(list: readonly T[], lanes: number, work: (one: T) => Promise<void>): Promise<void> {
  const rest = list[Symbol.iterator]();
  const lane = async (): Promise<void> => {
    for (const one of rest) await work(one);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
