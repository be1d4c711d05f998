/** Who is there: from pages that are open, idle browsers, a choice by hand and breaks; and who gets tickets because of it. */
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';

import { type Account, anAccount, type Who } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { lines, sql } from '../support/database.ts';
import type { Stream } from '../support/stream.ts';

type Mine = Schemas['MyPresence'];
type State = Schemas['PresenceState'];

let account: Account;
let ana: Browser;
let bruno: Browser;
let camila: Browser;
let olga: Browser;

beforeEach(async () => {
  account = await anAccount();
  [ana, bruno, camila, olga] = await Promise.all([account.as('ana'), account.as('bruno'), account.as('camila'), account.as('olga')]);
});

const mine = async (who: Browser): Promise<Mine> => (await who.get('/api/v1/me/presence')).ok();
const aReason = async (planned_min = 15): Promise<number> =>
  (await olga.post('/api/v1/break-reasons', { name: randomUUID(), planned_min })).ok<{ id: number }>(201).id;
const takeBreak = async (who: Browser, reason_id: number): Promise<Mine> => (await who.post('/api/v1/me/break', { reason_id })).ok(201);
const teammate = async (who: Browser, of: Who): Promise<Schemas['Teammate'] | undefined> =>
  (await who.get('/api/v1/team')).ok<{ data: Schemas['Teammate'][] }>().data.find(({ member_id }) => member_id === account.members[of]);

/** Somebody with an open stream, once everybody may know of it. */
async function arrives(who: Browser, as: Who, watcher: Stream): Promise<Stream> {
  const live = await who.live();
  await watcher.next('presence.changed', ({ member_id, state }) => member_id === account.members[as] && state === 'online');
  return live;
}
const becomes = (watcher: Stream, who: Who, state: State) =>
  watcher.next('presence.changed', (data) => data.member_id === account.members[who] && data.state === state);

/** Whom a ticket of the department could be given to now. */
const receiving = async (department: string): Promise<number[]> =>
  (await lines("SELECT member_id FROM receiving_members WHERE account_id = :'a' AND department_id = :'d' ORDER BY member_id", {
    a: account.id, d: account.departments[department] ?? 0,
  })).map(Number);

describe('a member', () => {
  it('is online while a page is open, and is waited for when it is loaded again', async () => {
    const watcher = await camila.live();
    await becomes(watcher, 'camila', 'online');
    const [first, second] = [await arrives(ana, 'ana', watcher), await ana.live()];
    expect(await receiving('Suporte')).toContain(account.members.ana);
    first.close();
    second.close();
    const again = await ana.live();
    again.close();
    await becomes(watcher, 'ana', 'offline');
    const told = watcher.events.filter(({ kind, data }) => kind === 'presence.changed' && 'member_id' in data && data.member_id === account.members.ana);
    expect(told).toHaveLength(2);
    expect(await mine(ana)).toMatchObject({ state: 'offline', chosen: 'available', break: null });
    expect(await receiving('Suporte')).not.toContain(account.members.ana);
    watcher.close();
  }, 30_000);

  it('is gone at once when they sign out', async () => {
    const watcher = await camila.live();
    const live = await arrives(bruno, 'bruno', watcher);
    const began = Date.now();
    (await bruno.ask('DELETE', '/api/v1/session')).ok(204);
    await becomes(watcher, 'bruno', 'offline');
    expect(Date.now() - began).toBeLessThan(6_000);
    await live.ended;
    watcher.close();
  }, 20_000);

  it('is away when they say so, or when none of their browsers is touched', async () => {
    const watcher = await camila.live();
    const live = await arrives(ana, 'ana', watcher);
    expect((await ana.put('/api/v1/me/presence', { chosen: 'away' })).ok<Mine>()).toMatchObject({ state: 'away', chosen: 'away' });
    expect(await receiving('Suporte')).not.toContain(account.members.ana);
    await ana.put('/api/v1/me/presence', { chosen: 'available' });
    (await ana.post('/api/v1/me/activity', { is_idle: true })).ok(204);
    expect(await mine(ana)).toMatchObject({ state: 'away', chosen: 'available' });
    (await ana.post('/api/v1/me/activity', { is_idle: false })).ok(204);
    expect(await mine(ana)).toMatchObject({ state: 'online' });
    (await ana.put('/api/v1/me/presence', { chosen: 'invisible' })).refused(400, 'unknown_value', 'chosen');
    live.close();
    watcher.close();
  });

  it('is seen by every colleague', async () => {
    const watcher = await camila.live();
    const live = await arrives(ana, 'ana', watcher);
    const { data } = (await (await account.as('fabiana')).get('/api/v1/presence')).ok<{ data: Schemas['Presence'][] }>();
    expect(data.find(({ member_id }) => member_id === account.members.ana)).toMatchObject({ state: 'online' });
    live.close();
    watcher.close();
  });
});

describe('a break', () => {
  it('stops tickets at once, lasts until its end, and is told to everybody', async () => {
    const watcher = await camila.live();
    const live = await arrives(ana, 'ana', watcher);
    const reason_id = await aReason();
    const taken = await takeBreak(ana, reason_id);
    expect(taken).toMatchObject({ state: 'break', break: { reason_id, planned_min: 15, ended_at: null } });
    expect(await receiving('Suporte')).not.toContain(account.members.ana);
    await becomes(watcher, 'ana', 'break');
    (await ana.post('/api/v1/me/break', { reason_id })).refused(409, 'already_on_break');
    expect((await ana.ask('DELETE', '/api/v1/me/break')).ok<Mine>()).toMatchObject({ state: 'online', break: null });
    (await ana.ask('DELETE', '/api/v1/me/break')).refused(409, 'not_on_break');
    expect(await receiving('Suporte')).toContain(account.members.ana);
    live.close();
    watcher.close();
  });

  it('of more people than allowed is refused, however many ask at once', async () => {
    const reason_id = await aReason();
    (await olga.put('/api/v1/break-limits', { department_id: account.departments['Suporte'], max_people: 1 })).ok();
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all([ana, bruno, camila].map((who) => who.post('/api/v1/me/break', { reason_id })));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
      expect(answers.filter(({ status }) => status === 409).map(({ text }) => (JSON.parse(text) as { slug: string }).slug)).toEqual(['break_limit_reached', 'break_limit_reached']);
      for (const [at, who] of [ana, bruno, camila].entries()) if (answers[at]?.status === 201) (await who.ask('DELETE', '/api/v1/me/break')).ok();
    }
  });

  it('twice at the same instant is one', async () => {
    const reason_id = await aReason();
    const answers = await Promise.all([1, 2, 3, 4].map(() => ana.post('/api/v1/me/break', { reason_id })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    expect(await sql("SELECT count(*) FROM breaks WHERE account_id = :'a'", { a: account.id })).toBe('1');
  });

  it('never overlaps another of the same person, whoever writes it', async () => {
    const reason_id = await aReason();
    await takeBreak(ana, reason_id);
    await expect(
      sql(`INSERT INTO breaks (account_id, member_id, reason_id, planned_min, started_at, ended_at)
           VALUES (${account.id}, ${account.members.ana}, ${reason_id}, 1, now() - interval '1 minute', now() + interval '1 minute')`),
    ).rejects.toThrow('already_on_break');
  });
});

describe('a supervisor', () => {
  it('sees who is there, on which break, with how many tickets, and ends it', async () => {
    const reason_id = await aReason();
    const { break: taken } = await takeBreak(ana, reason_id);
    expect(await teammate(camila, 'ana')).toMatchObject({ state: 'break', is_connected: false, serving: 0, break: { reason_id } });
    const watcher = await ana.live();
    (await camila.post(`/api/v1/breaks/${taken?.id}/end`)).ok();
    await becomes(watcher, 'ana', 'online');
    (await camila.post(`/api/v1/breaks/${taken?.id}/end`)).refused(409, 'break_ended');
    expect((await teammate(camila, 'ana'))?.break).toBeNull();
    (await camila.put(`/api/v1/team/${account.members.ana}/presence`, { chosen: 'away' })).ok(204);
    await becomes(watcher, 'ana', 'away');
    watcher.close();
  });

  it('reaches the people of their own departments, and no others', async () => {
    const reason_id = await aReason();
    const { break: far } = await takeBreak(await account.as('rafael'), reason_id); // serves in no department
    expect(await teammate(camila, 'rafael')).toBeUndefined();
    (await camila.post(`/api/v1/breaks/${far?.id}/end`)).refused(404, 'not_found');
    (await camila.put(`/api/v1/team/${account.members.rafael}/presence`, { chosen: 'away' })).refused(404, 'not_found');
    expect((await camila.get('/api/v1/breaks')).ok<{ data: unknown[] }>().data).toEqual([]);
    (await ana.get('/api/v1/team')).refused(403, 'permission_denied');
    (await ana.get('/api/v1/breaks')).refused(403, 'permission_denied');
    (await ana.post(`/api/v1/breaks/${far?.id}/end`)).refused(403, 'permission_denied');
    expect(await teammate(olga, 'rafael')).toMatchObject({ state: 'break' });
  });

  it('reads the history by pages, people, reasons and days, and in sums', async () => {
    const [lunch, coffee] = [await aReason(60), await aReason(5)];
    await sql(`INSERT INTO breaks (account_id, member_id, reason_id, planned_min, started_at, ended_at, ended_by)
      SELECT ${account.id}, m, r, p, now() - n * interval '1 day', now() - n * interval '1 day' + interval '10 minutes', m
        FROM generate_series(1, 5) n, (VALUES (${account.members.ana}, ${lunch}, 60), (${account.members.bruno}, ${coffee}, 5)) x (m, r, p)`);
    type Page = { data: Schemas['Break'][]; next: string | null };
    const first = (await camila.get('/api/v1/breaks?limit=6')).ok<Page>();
    const rest = (await camila.get(`/api/v1/breaks?limit=6&after=${first.next}`)).ok<Page>();
    expect([first.data.length, rest.data.length, rest.next]).toEqual([6, 4, null]);
    expect(new Set([...first.data, ...rest.data].map(({ id }) => id)).size).toBe(10);
    const of = async (query: string) => (await camila.get(`/api/v1/breaks?${query}`)).ok<Page>().data.length;
    expect(await of(`member_id=${account.members.ana}`)).toBe(5);
    expect(await of(`reason_id=${coffee}&department_id=${account.departments['Vendas']}`)).toBe(5);
    expect(await of(`from=${new Date(Date.now() - 2.5 * 86_400_000).toISOString()}`)).toBe(4);
    (await camila.get('/api/v1/breaks?from=ontem')).refused(400, 'time_invalid', 'from');
    (await camila.get('/api/v1/breaks?after=1')).refused(400, 'cursor_invalid', 'after');
    const { data } = (await camila.get('/api/v1/breaks/totals')).ok<{ data: Schemas['BreakTotal'][] }>();
    expect(data).toHaveLength(2);
    expect(data.find(({ reason_id }) => reason_id === coffee)).toEqual({ reason_id: coffee, breaks: 5, seconds: 3000, over_breaks: 5, over_seconds: 1500 });
    expect(data.find(({ reason_id }) => reason_id === lunch)).toMatchObject({ over_breaks: 0, over_seconds: 0 });
  });
});

describe('reasons and limits', () => {
  it('are kept by those who may, and read by whoever takes a break', async () => {
    const id = await aReason();
    (await olga.post('/api/v1/break-reasons', { name: randomUUID(), planned_min: 481 })).refused(400, 'out_of_range', 'planned_min');
    const name = randomUUID();
    (await olga.patch(`/api/v1/break-reasons/${id}`, { name, color: 'teal' })).ok();
    (await olga.post('/api/v1/break-reasons', { name })).refused(409, 'break_reason_name_is_taken');
    const { data } = (await ana.get('/api/v1/break-reasons')).ok<{ data: Schemas['BreakReason'][] }>();
    expect(data).toMatchObject([{ id, name, color: 'teal', planned_min: 15, is_active: true }]);
    (await ana.post('/api/v1/break-reasons', { name: 'x' })).refused(403, 'permission_denied');
    await takeBreak(ana, id);
    (await olga.ask('DELETE', `/api/v1/break-reasons/${id}`)).refused(409, 'break_reason_in_use');
    (await olga.put('/api/v1/break-limits', { department_id: 999_999_999, max_people: 2 })).refused(404, 'department_unknown', 'department_id');
    expect((await olga.put('/api/v1/break-limits', { max_people: 3 })).ok()).toEqual({ data: [{ department_id: null, max_people: 3 }] });
    expect((await olga.put('/api/v1/break-limits', { max_people: 0 })).ok()).toEqual({ data: [] });
  });
});
