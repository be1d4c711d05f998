/** Acting on a row that one sees is answered. */
import { describe, expect, it } from 'vitest';

import { value } from '../support/database.ts';
import { bodyOf } from './bodies.ts';
import { note } from './cells.ts';
import { keep } from './keep.ts';
import { KINDS } from './kinds.ts';
import { aTwin, WHO } from './twins.ts';
import { a, aMatrix, b, type Cell, holds, isRead, kindOf, known, NEEDS_TWO, NOT_FOUND, pathOf, putBack, REMADE, wrongOf } from './world.ts';

aMatrix('acting');

describe('acting on a row', () => {
  it('that one sees is answered', async () => {
    const wrong: string[] = [];
    const ticketsBefore = await value<object>(`SELECT json_agg(t) FROM tickets t WHERE account_id = ${a.id}`);
    for (const route of known.filter((one) => !isRead(one) && !NEEDS_TWO.test(one.path) && !one.ids.some(({ kind }) => REMADE.includes(kind)))) {
      for (const who of WHO.filter((one) => holds(one, route))) {
        const seen = kindOf(route).filter((row) => row.seen(who));
        const sorts = new Map(seen.map((row) => [row.name.split(' ')[0], row]));
        wrong.push(
          ...(await wrongOf(
            [...sorts.values()].map(({ id, name }): Cell => ({ route, who, as: a.as(who), id, target: name, expected: 'answered' })),
          )),
        );
        await putBack(ticketsBefore);
      }
    }
    expect(wrong).toEqual([]);
  }, 240_000);
});

describe('acting on what makes the house', () => {
  it('is answered too, in a house that is put back after each act', async () => {
    const c = await aTwin();
    const putHouseBack = await keep(c.id);
    const wrong: string[] = [];
    const remaking = known.filter((one) => !isRead(one) && one.ids.some(({ kind }) => REMADE.includes(kind)));
    for (const route of remaking)
      for (const who of WHO.filter((one) => holds(one, route))) {
        const rows = KINDS[route.ids[0]?.kind ?? '']?.(c) ?? [];
        /* One that may be acted on, and one that may not: a built-in group, an owner, the actor. */
        for (const { id, name, seen, written } of new Set([rows[0], rows.at(-1)].filter((row) => row !== undefined))) {
          const answer = await c.as(who).ask(route.method, pathOf(route, id), route.body === 'json' ? bodyOf(route, c) : undefined);
          const expected = !seen(who) ? NOT_FOUND : written?.(who) === false ? { status: 403, slug: 'permission_denied' } : 'answered';
          const complaint = note({ route, who, target: name, expected, foreign: b.mark }, answer);
          if (complaint !== undefined) wrong.push(complaint);
        }
        await putHouseBack();
      }
    expect(remaking.length).toBeGreaterThan(10);
    expect(wrong).toEqual([]);
    for (const who of WHO) (await c.as(who).get('/api/v1/me')).ok();
  }, 240_000);
});
