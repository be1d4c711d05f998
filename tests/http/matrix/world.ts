/**
 * Every route × every group and program × own and foreign rows. What each cell must answer is computed from the rules of the
 * specification, never recorded; routes come from the program's own table, so a new one is here by existing.
 */
import { afterAll, beforeAll } from 'vitest';

import type { Answer } from '../support/answer.ts';
import { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { bodyOf } from './bodies.ts';
import { beginCells, cellsAsked, eachOf, type Expected, note, writeTable } from './cells.ts';
import { insist } from './keep.ts';
import { forEverybody, KINDS, type Row } from './kinds.ts';
import { leastQuery, type Route, routes } from './routes.ts';
import { aTwin, type Twin, type Who } from './twins.ts';

export const LANES = 6;
export const ABSENT = 900_000_000_000;
export const MALFORMED = ['0', '-1', '01', '1e3', 'x', '9223372036854775808'];
export const NOT_FOUND = { status: 404, slug: 'not_found' };

export let a: Twin;
export let b: Twin;
export const nobody = new Browser();
export let stranger: Browser;

/** Two companies for the tests of a file, whose cells are kept under this name. */
export function aMatrix(name: string): void {
  beforeAll(async () => {
    beginCells();
    [a, b] = [await aTwin(), await aTwin()];
    nobody.account_id = a.id;
    stranger = new Browser({ account_id: a.id });
    for (const [name, cookie] of b.as('owner').cookies) stranger.cookies.set(name, cookie);
  }, 120_000);

  afterAll(() => {
    const { cells, wrong } = cellsAsked();
    writeTable(name);
    console.log(`isolation of ${name}: cells ${cells} wrong ${wrong}`);
  });
}

export function pathOf(route: Route, id: number | string): string {
  const [first, ...others] = route.ids;
  const second = (kind: string): string => (kind === 'answer_answer' ? String(forEverybody(a)) : kind === 'run_run' || kind === 'move_move' ? String(id) : '1');
  const filled = others.reduce((path, { name, kind }) => path.replace(`:${name}`, second(kind)), route.path);
  const path = first === undefined ? filled : filled.replace(`:${first.name}`, String(id));
  const query = leastQuery(route);
  return query === '' ? path : `${path}?${query}`;
}

export const ofMembers = routes.filter(({ access, method }) => access === 'member' && method !== 'OPTIONS');
export const isRead = ({ method }: Route): boolean => method === 'GET';
export const holds = (who: Who, { permission }: Route): boolean => permission === '@self' || a.permissions(who).has(permission);

export function ask(who: Browser, route: Route, id: number | string): Promise<Answer> {
  if (route.body === 'file') return who.ask(route.method, pathOf(route, id), Buffer.from('x'), { 'Content-Type': 'text/plain' });
  return who.ask(route.method, pathOf(route, id), route.body === 'json' ? bodyOf(route, a) : undefined);
}

export type Cell = { route: Route; who: string; as: Browser; id: number | string; target: string; expected: Expected };

/** Asks them all and says which were wrong. */
export async function wrongOf(cells: Cell[], lanes = LANES): Promise<string[]> {
  const wrong: string[] = [];
  await eachOf(cells, lanes, async (cell) => {
    const complaint = note({ ...cell, foreign: b.mark }, await ask(cell.as, cell.route, cell.id));
    if (complaint !== undefined) wrong.push(complaint);
  });
  return wrong;
}

export const firstOf = (twin: Twin, route: Route): Row => KINDS[route.ids[0]?.kind ?? '']?.(twin)[0] ?? { id: '', name: 'none', seen: () => true };

/** Of every sort, for those who are told the same of all. */
export const anyRow = (route: Route): { id: number | string; name: string }[] =>
  route.ids.length === 0
    ? [{ id: '', name: 'none' }]
    : [
        { ...firstOf(a, route), name: 'own' },
        { ...firstOf(b, route), name: 'foreign' },
        { id: ABSENT, name: 'absent' },
        { id: 'x', name: 'malformed' },
      ];

const withIds = ofMembers.filter(({ ids }) => ids.length > 0);
export const known = withIds.filter(({ ids }) => ids.every(({ kind }) => KINDS[kind] !== undefined));
export const kindOf = (route: Route): Row[] => KINDS[route.ids[0]?.kind ?? '']?.(a) ?? [];

/** Foreign, absent and misspelled: not one of them is told from the others. */
export function elsewhere(route: Route, who: Who): Cell[] {
  return [
    { id: firstOf(b, route).id, name: 'foreign' },
    { id: ABSENT, name: 'absent' },
    ...MALFORMED.map((id) => ({ id, name: `malformed ${id}` })),
  ].map(({ id, name }) => ({ route, who, as: a.as(who), id, target: name, expected: NOT_FOUND }));
}

/** Everything of an account that an act on its tickets could have changed. */
export const stateOf = (twin: Twin): Promise<string> =>
  sql(`SELECT md5(string_agg(x::text, '|' ORDER BY x::text)) FROM (
         SELECT to_jsonb(t) AS x FROM tickets t WHERE account_id = ${twin.id}
   UNION ALL SELECT to_jsonb(m) FROM messages m WHERE account_id = ${twin.id}
   UNION ALL SELECT to_jsonb(c) FROM contacts c WHERE account_id = ${twin.id}
   UNION ALL SELECT to_jsonb(h) - 'state' FROM channels h WHERE account_id = ${twin.id}
   UNION ALL SELECT to_jsonb(d) FROM drafts d WHERE account_id = ${twin.id}) rows`);

/** A second row beside the first has to belong to it: these are acted out in files of their own. */
export const NEEDS_TWO = /\/(readers|identities\/:|customers\/:customer|merge$)/;

/** What makes the house anew is acted out in a house of its own, which is put back after each act. */
export const REMADE = ['answer', 'company', 'branch', 'department', 'close-reason', 'break-reason', 'channel', 'member', 'group', 'invite', 'token', 'tag', 'ticket-type', 'period', 'sla-policy', 'contact-group', 'contact-field', 'internal-group', 'push', 'flow', 'flow-secret_name'];

/** Who holds what where is as the rules know it, whatever the acts of a test made of it. */
export async function putBack(tickets: object): Promise<void> {
  await insist(() => sql(
    `UPDATE tickets t SET state = s.state, controller = s.controller, department_id = s.department_id, assignee_id = s.assignee_id,
        closed_at = s.closed_at, closed_by = s.closed_by, reason_id = s.reason_id, is_confidential = s.is_confidential,
        last_activity_at = s.last_activity_at, unread_count = s.unread_count, snoozed_until = s.snoozed_until, taken_from_id = s.taken_from_id
       FROM json_populate_recordset(NULL::tickets, :'tickets') s WHERE t.account_id = s.account_id AND t.id = s.id
        AND (t.state, t.department_id, t.assignee_id, t.last_activity_at, t.snoozed_until)
            IS DISTINCT FROM (s.state, s.department_id, s.assignee_id, s.last_activity_at, s.snoozed_until)`,
    { tickets: JSON.stringify(tickets) },
  ));
}

/** Every member hears of a channel: whoever heard of this has heard everything before it. */
export const tellEverybody = (twin: Twin): Promise<string> =>
  sql(`INSERT INTO account_event (account_id, kind, audience, payload)
       VALUES (${twin.id}, 'channel.changed', 'members', '{"channel_id":${twin.channels['app']}}')`);
