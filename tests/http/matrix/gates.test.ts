/** Whoever may not is stopped before any row is looked at. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';

import { sql } from '../support/database.ts';
import { origin } from '../support/house.ts';
import { anOperator } from '../support/operator.ts';
import { cut } from '../support/stream.ts';
import { bodyOf } from './bodies.ts';
import { type Expected, note } from './cells.ts';
import { KINDS } from './kinds.ts';
import { PROGRAM_NAMES, programsOf } from './programs.ts';
import { type Route, routes } from './routes.ts';
import { WHO } from './twins.ts';
import { aVisitor } from './visitors.ts';
import { a, aMatrix, anyRow, ask, b, type Cell, firstOf, holds, isRead, kindOf, nobody, ofMembers, pathOf, stateOf, stranger, tellEverybody, wrongOf } from './world.ts';

aMatrix('gates');

describe('the table', () => {
  it('names no kind of row that the matrix does not know', () => {
    const kinds = ofMembers.flatMap(({ ids }) => ids.map(({ kind }) => kind));
    expect([...new Set(kinds)].filter((kind) => KINDS[kind] === undefined)).toEqual([]);
  });
});

describe('before any row', () => {
  it('nobody is told 401, and whoever belongs elsewhere that there is no such account', async () => {
    const cells = ofMembers.flatMap((route): Cell[] =>
      anyRow(route).flatMap(({ id, name }) => [
        { route, who: 'nobody', as: nobody, id, target: name, expected: { status: 401, slug: 'session_missing' } },
        { route, who: 'stranger', as: stranger, id, target: name, expected: { status: 404, slug: 'account_unknown' } },
      ]),
    );
    expect(await wrongOf(cells)).toEqual([]);
  });

  it('a missing permission is 403, whatever the row', async () => {
    const cells = ofMembers.flatMap((route): Cell[] =>
      WHO.filter((who) => !holds(who, route)).flatMap((who) =>
        anyRow(route).map(({ id, name }) => ({
          route, who, as: a.as(who), id, target: name, expected: { status: 403, slug: 'permission_denied' },
        })),
      ),
    );
    expect(cells.length).toBeGreaterThan(50);
    expect(await wrongOf(cells)).toEqual([]);
  }, 90_000); // every route for everybody who may not: the longest of them

  it('a dangerous route wants to know once more that it is them', async () => {
    const dangerous = ofMembers.filter(({ flags }) => flags.includes('step_up'));
    await sql(`UPDATE sessions SET stepped_up_at = NULL WHERE ended_at IS NULL AND user_id IN
      (SELECT user_id FROM memberships WHERE account_id = ${a.id} AND id = ${a.members.owner})`);
    const cells = dangerous.map((route): Cell => ({
      route, who: 'owner not stepped up', as: a.as('owner'), id: firstOf(a, route).id, target: 'own', expected: { status: 403, slug: 'step_up_required' },
    }));
    const wrong = await wrongOf(cells);
    await sql(`UPDATE sessions SET stepped_up_at = now() + interval '1 hour' WHERE ended_at IS NULL AND user_id IN
      (SELECT user_id FROM memberships WHERE account_id = ${a.id} AND id = ${a.members.owner})`);
    expect(wrong).toEqual([]);
  });
});

describe('who is of no account', () => {
  it('an operator and a visitor are nobody to its people, whatever the row', async () => {
    const olivia = await anOperator(`${randomUUID()}@instalacao.exemplo`);
    const [operator, visitor] = [await olivia.enter(), await aVisitor()];
    (await operator.get('/api/v1/operator/session')).ok();
    const wrong: string[] = [];
    for (const route of ofMembers)
      for (const { id, name } of anyRow(route)) {
        const asked = { route, target: name, foreign: b.mark };
        const body = route.body === 'json' ? bodyOf(route, a) : undefined;
        const complaints = [
          note({ ...asked, who: 'operator', expected: { status: 401, slug: 'session_missing' } }, await ask(operator, route, id)),
          note({ ...asked, who: 'visitor', expected: { status: 401, slug: 'token_invalid' } }, await visitor.ask(route.method, pathOf(route, id), body)),
        ];
        wrong.push(...complaints.filter((one) => one !== undefined));
      }
    expect(wrong).toEqual([]);
  }, 120_000);

  it('and nobody of an account, person or program, is an operator', async () => {
    const ofOperators = routes.filter(({ access }) => access === 'operator');
    const [visitor, programs] = [await aVisitor(), await programsOf(a)];
    const wrong: string[] = [];
    for (const route of ofOperators)
      for (const [who, asking] of [
        ['nobody', nobody], ...WHO.map((one) => [one, a.as(one)] as const), ...PROGRAM_NAMES.map((one) => [one, programs(one)] as const), ['visitor', visitor],
      ] as const) {
        const answer = await asking.ask(route.method, pathOf(route, a.id), route.body === 'json' ? bodyOf(route, a) : undefined, { Origin: origin });
        const complaint = note({ route, who, target: 'own account', expected: { status: 401, slug: 'session_missing' }, foreign: b.mark }, answer);
        if (complaint !== undefined) wrong.push(complaint);
      }
    expect(ofOperators.length).toBeGreaterThan(3);
    expect(wrong).toEqual([]);
  }, 60_000);
});

/**
 * The third run: everybody but the owner, who cannot lose anything, is in a group of their own that holds what theirs
 * does; one permission after the other is taken from all of them between two calls, and given back.
 */
describe('a permission taken between two calls', () => {
  const others = WHO.filter((who) => who !== 'owner');

  it('is missing at the second, and there again at the third', async () => {
    const rows = others.map((who) => `(${a.members[who]}, '${[...a.permissions(who)].join()}')`).join();
    await sql(`
      INSERT INTO groups (account_id, name, permissions, scope, channels, masks)
      SELECT g.account_id, 'sem ' || m.id || ' ${a.mark}', string_to_array(h.held, ','), g.scope, g.channels, g.masks
        FROM (VALUES ${rows}) h (id, held) JOIN memberships m ON m.account_id = ${a.id} AND m.id = h.id
        JOIN groups g ON g.account_id = m.account_id AND g.id = m.group_id;
      UPDATE memberships m SET group_id = g.id FROM groups g
       WHERE m.account_id = ${a.id} AND g.account_id = m.account_id AND g.name = 'sem ' || m.id || ' ${a.mark}'`);
    const taken = (permission: string, isBack: boolean): Promise<string> => {
      const had = others.filter((who) => a.permissions(who).has(permission)).map((who) => a.members[who]);
      return sql(`UPDATE groups g SET permissions = ${isBack ? 'array_append' : 'array_remove'}(g.permissions, :'permission') FROM memberships m
                   WHERE m.account_id = ${a.id} AND m.id IN (${had.join()}) AND g.account_id = m.account_id AND g.id = m.group_id`, { permission });
    };
    const before = await stateOf(a);
    const wrong: string[] = [];
    for (const permission of new Set(ofMembers.map((route) => route.permission))) {
      const holders = others.filter((who) => a.permissions(who).has(permission));
      if (permission === '@self' || holders.length === 0) continue;
      const of = ofMembers.filter((route) => route.permission === permission);
      const cells = (list: Route[], target: string, expected: Expected): Cell[] =>
        list.flatMap((route) =>
          holders.flatMap((who): Cell[] => {
            const row = route.ids.length === 0 ? { id: '' } : kindOf(route).find(({ seen }) => seen(who));
            return row === undefined ? [] : [{ route, who, as: a.as(who), id: row.id, target, expected }];
          }),
        );
      wrong.push(...(await wrongOf(cells(of.filter(isRead), 'own, first call', 'answered'))));
      await taken(permission, false);
      wrong.push(...(await wrongOf(cells(of, 'own, permission taken', { status: 403, slug: 'permission_denied' }))));
      await taken(permission, true);
      wrong.push(...(await wrongOf(cells(of.filter(isRead), 'own, permission given back', 'answered'))));
    }
    expect(wrong).toEqual([]);
    expect(await stateOf(a)).toBe(before);
  }, 240_000);

  it('X106: and ends what was being told', async () => {
    const [department, colleague] = [await a.as('department').live(), await a.as('colleague').live()];
    const take = (verb: string): Promise<string> =>
      sql(`UPDATE groups g SET permissions = ${verb}(g.permissions, 'tickets.view') FROM memberships m
            WHERE m.account_id = ${a.id} AND m.id = ${a.members.department} AND g.account_id = m.account_id AND g.id = m.group_id`);
    await cut(department, () => take('array_remove')).finally(() => take('array_append'));
    await tellEverybody(a);
    await colleague.next('channel.changed');
    colleague.close();
  }, 30_000);
});
