/** Lists read to their end. */
import { type Answer, type Schemas } from '../support/answer.ts';
import { until } from '../support/until.ts';
import type { Caller } from './programs.ts';
import { type Who, WHO } from './twins.ts';
import { a } from './world.ts';

type Page<T> = { data: T[]; next: string | null };

export async function wholeList<T>(who: Who | Caller, path: string, limit = 7): Promise<T[]> {
  const asking = typeof who === 'string' ? a.as(who) : who;
  const all: T[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const page: Page<T> = (await asking.get(`${path}${path.includes('?') ? '&' : '?'}limit=${limit}${next === '' ? '' : `&after=${next}`}`)).ok();
    all.push(...page.data);
    next = page.next;
  }
  return all;
}

/** Tickets in which this was said, back to the first: the index follows by a second. */
export async function ticketsSaying(who: { get: (path: string) => Promise<Answer> }, mark: string, more = ''): Promise<number[]> {
  const all = new Set<number>();
  for (let next: string | null = ''; next !== null; ) {
    const path: string = `/api/v1/search?q=${mark}&limit=50${more}${next === '' ? '' : `&after=${next}`}`;
    const page = await until('a whole index', async () => {
      const found = (await who.get(path)).ok<{ data: Schemas['MessageFound'][]; next: string | null; is_whole: boolean }>();
      return found.is_whole ? found : undefined;
    });
    for (const { ticket } of page.data) all.add(ticket.id);
    next = page.next;
  }
  return [...all].sort((x, y) => x - y);
}

export const ids = (rows: { id: number }[]): number[] => rows.map(({ id }) => id).sort((x, y) => x - y);
export const readers = WHO.filter((who) => !['finance'].includes(who));
