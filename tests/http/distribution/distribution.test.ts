/** How tickets get out of a queue by themselves: to whom, why, and never twice. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount, type Who } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { CUT_TWO } from '../support/cut.ts';
import { sql } from '../support/database.ts';
import { theTicket, thread, type Ticket, ticketOf } from '../support/desk.ts';
import type { Stream } from '../support/stream.ts';
import { until } from '../support/until.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

type Decision = Schemas['Decision'];

let account: Account;
let whatsapp: Whatsapp;
let olga: Browser;
let ana: Browser;
let bruno: Browser;

const pages = new Map<Who, Stream>();
const stateOf = async (who: Who): Promise<string | undefined> =>
  (await olga.get('/api/v1/presence')).ok<{ data: { member_id: number; state: string }[] }>()
    .data.find(({ member_id }) => member_id === account.members[who])?.state;
const choose = async (who: Who, chosen: 'available' | 'away'): Promise<void> => {
  (await (await account.as(who)).put('/api/v1/me/presence', { chosen })).ok();
};

/** Somebody's page is open, and they did not say that they are away. */
async function online(who: Who): Promise<Stream> {
  const live = pages.get(who) ?? (await (await account.as(who)).live());
  pages.set(who, live);
  await choose(who, 'available');
  await until(`${who} is there`, async () => (await stateOf(who)) === 'online');
  return live;
}
const away = (who: Who): Promise<void> => choose(who, 'away');

const rules = (body: Partial<Schemas['DistributionRules']>) =>
  olga.put(`/api/v1/departments/${account.departments['Suporte']}/distribution`, { mode: 'round_robin', ...body });
const arrives = async (): Promise<Ticket> => {
  const customer = await whatsapp.customer();
  await customer.say('Oi');
  return ticketOf(olga, customer.name);
};
const served = (id: number): Promise<Ticket> =>
  until('somebody got it', async () => {
    const ticket = await theTicket(olga, id);
    return ticket.state === 'serving' && ticket;
  });
const decisions = async (id: number): Promise<Decision[]> =>
  (await olga.get(`/api/v1/tickets/${id}/distribution`)).ok<{ data: Decision[] }>().data;
const verdict = ({ why }: Decision, who: Who): string | undefined =>
  why.candidates.find(({ member_id }) => member_id === account.members[who])?.verdict;

afterAll(() => {
  for (const page of pages.values()) page.close();
});

/**
 * Holds the last of a queue, so that a run stands still after it gave the others; cuts off whoever waits for it, twice.
 * How many of them were seen to be given until then.
 */
const cutBehind = (ids: string): Promise<string> =>
  sql(`
    BEGIN;
    SELECT FROM tickets WHERE account_id = :'a' AND id = (SELECT id FROM tickets WHERE account_id = :'a'
       AND id = ANY (string_to_array(:'ids', ',')::bigint[]) ORDER BY priority, queued_at DESC, id DESC LIMIT 1) FOR UPDATE;
    ${CUT_TWO}
    SELECT count(*) FROM tickets WHERE account_id = :'a' AND id = ANY (string_to_array(:'ids', ',')::bigint[]) AND state <> 'waiting';
    COMMIT;`, { a: account.id, ids });

beforeAll(async () => {
  account = await anAccount();
  [olga, ana, bruno, whatsapp] = await Promise.all([account.as('olga'), account.as('ana'), account.as('bruno'), aWhatsapp(account)]);
});

describe('a department that gives by itself', () => {
  it('gives to who is there, says why, and tells both', async () => {
    const live = await online('ana');
    (await rules({})).ok();
    const ticket = await served((await arrives()).id);
    expect(ticket.assignee_id).toBe(account.members.ana);
    const told = await live.next('ticket.assigned', ({ ticket_id }) => ticket_id === ticket.id);
    expect(told.data).toMatchObject({ member_id: account.members.ana, by_member_id: null });
    const [why] = await decisions(ticket.id);
    expect(why).toMatchObject({ outcome: 'round_robin', member_id: account.members.ana });
    expect([verdict(why as Decision, 'ana'), verdict(why as Decision, 'bruno')]).toEqual(['chosen', 'offline']);
    expect((await thread(ana, ticket.id)).map(({ detail }) => (detail as { event?: string } | null)?.event)).toContain('ticket_distributed');
    await away('ana');
  });

  it('lets it wait with the reason while nobody is there, and gives it when somebody comes', async () => {
    (await rules({})).ok();
    const { id } = await arrives();
    const [waits] = await until('it says why', async () => {
      const all = await decisions(id);
      return all.length > 0 && all;
    });
    expect(waits).toMatchObject({ outcome: 'away', member_id: null });
    await online('bruno');
    expect((await served(id)).assignee_id).toBe(account.members.bruno);
    expect((await decisions(id)).map(({ outcome }) => outcome)).toEqual(['round_robin', 'away']);
    await away('bruno');
  });

  it('gives nobody more than they may hold, and the next when a hand gets free', async () => {
    const held = Number(await sql("SELECT count(*) FROM tickets WHERE account_id = :'a' AND assignee_id = :'m' AND state = 'serving'", { a: account.id, m: account.members.ana }));
    (await olga.put('/api/v1/distribution/limits', { limits: [{ member_id: account.members.ana, ticket_limit: held + 1 }] })).ok(204);
    (await rules({})).ok();
    await online('ana');
    const first = await served((await arrives()).id);
    const second = await arrives();
    await until('it says that all are full', async () => (await decisions(second.id))[0]?.outcome === 'full');
    (await ana.post(`/api/v1/tickets/${first.id}/close`, { reason_id: account.reasons['Resolvido'] })).ok();
    expect((await served(second.id)).assignee_id).toBe(account.members.ana);
    const { members } = (await olga.get(`/api/v1/departments/${account.departments['Suporte']}/distribution`)).ok<Schemas['Distribution']>();
    expect(members.find(({ member_id }) => member_id === account.members.ana)).toMatchObject({ state: 'full', ticket_limit: held + 1 });
    (await olga.put('/api/v1/distribution/limits', { limits: [{ member_id: account.members.ana, ticket_limit: null }] })).ok(204);
    await away('ana');
  });

  it('and somebody who picks at the same moment never both have it', async () => {
    (await rules({ mode: 'manual' })).ok();
    const tickets = await Promise.all(Array.from({ length: 6 }, arrives));
    await online('bruno');
    const [, ...picked] = await Promise.all([rules({ mode: 'least_busy' }), ...tickets.map(({ id }) => ana.post(`/api/v1/tickets/${id}/take`))]);
    for (const [at, { id }] of tickets.entries()) {
      const { assignee_id } = await served(id);
      const answer = picked[at] as Awaited<ReturnType<typeof ana.post>>;
      if (answer.status === 200) expect(assignee_id).toBe(account.members.ana);
      else {
        answer.refused(409, 'ticket_taken');
        expect(assignee_id).toBe(account.members.bruno);
      }
      const given = (await thread(olga, id)).filter(({ detail }) =>
        ['ticket_distributed', 'ticket_taken'].includes((detail as { event?: string } | null)?.event ?? ''));
      expect([id, given.length]).toEqual([id, 1]);
    }
    await away('bruno');
  });

  it('gives each once although its worker is cut off twice in the middle', async () => {
    (await rules({ mode: 'manual' })).ok();
    const tickets = await Promise.all(Array.from({ length: 5 }, arrives));
    const ids = tickets.map(({ id }) => id);
    await online('bruno');
    const cut = cutBehind(ids.join());
    await until('the last is held', async () =>
      (await sql(`SELECT count(*) FROM (SELECT FROM tickets WHERE account_id = :'a' AND id IN (${ids.join()}) FOR UPDATE SKIP LOCKED) free`, { a: account.id })) === '4');
    (await rules({ mode: 'round_robin' })).ok();
    /* Four had been given twice over, and nobody ever saw it. */
    expect(await cut).toBe('0');
    for (const id of ids) {
      expect((await served(id)).assignee_id).toBe(account.members.bruno);
      expect((await decisions(id)).filter(({ member_id }) => member_id !== null)).toHaveLength(1);
      expect((await thread(olga, id)).filter(({ detail }) => (detail as { event?: string } | null)?.event === 'ticket_distributed')).toHaveLength(1);
    }
    await away('bruno');
  });
});

describe('who waits', () => {
  it('is told their place once', async () => {
    (await rules({ tells: true, tell_text: 'Você é o {{queue.position}}º. Espera: {{queue.wait}}.' })).ok();
    const { id } = await arrives();
    const said = await until('they were told', async () =>
      (await thread(olga, id)).find(({ direction, text }) => direction === 'out' && text.startsWith('Você é o')));
    expect(said.text).toMatch(/^Você é o \d+º\. Espera: .+\.$/);
    (await rules({ tells: false, tell_text: '' })).ok();
  });

  it('waits behind what is urgent', async () => {
    (await rules({ agent_limit: null })).ok();
    const [first, urgent] = [await arrives(), await arrives()];
    expect((await olga.post(`/api/v1/tickets/${urgent.id}/prioritize`, { priority: 'urgent' })).ok<Ticket>().priority).toBe('urgent');
    (await ana.post(`/api/v1/tickets/${urgent.id}/prioritize`, { priority: 'low' })).refused(403, 'permission_denied');
    (await olga.post(`/api/v1/tickets/${urgent.id}/prioritize`, { priority: 'x' })).refused(400, 'unknown_value', 'priority');
    await online('bruno');
    const [one, other] = [await served(first.id), await served(urgent.id)];
    const [[before], [after]] = [await decisions(other.id), await decisions(one.id)];
    expect((before?.id ?? 0) < (after?.id ?? 0)).toBe(true);
    await away('bruno');
  });
});

describe('by hand', () => {
  it('a supervisor gives a ticket to a colleague', async () => {
    (await rules({ mode: 'manual' })).ok();
    const { id } = await arrives();
    const live = await online('ana');
    (await bruno.post(`/api/v1/tickets/${id}/assign`, { member_id: account.members.ana })).refused(403, 'permission_denied');
    expect((await olga.post(`/api/v1/tickets/${id}/assign`, { member_id: account.members.ana })).ok<Ticket>().assignee_id).toBe(account.members.ana);
    expect((await live.next('ticket.assigned', ({ ticket_id }) => ticket_id === id)).data.by_member_id).toBe(account.members.olga);
    (await olga.post(`/api/v1/tickets/${id}/assign`, { member_id: account.members.fabiana })).refused(409, 'member_inactive', 'member_id');
    await away('ana');
  });
});

describe('the rules', () => {
  it('are kept by those who reach the department, and say what is wrong', async () => {
    (await ana.get('/api/v1/distribution')).refused(403, 'permission_denied');
    (await rules({ returns_days: 400 })).refused(400, 'out_of_range', 'returns_days');
    (await rules({ tells: true, tell_text: ' ' })).refused(400, 'required', 'tell_text');
    (await rules({ tells: true, tell_text: '{{queue.nothing}}' })).refused(400, 'variable_unknown', 'tell_text');
    const other = (await olga.post('/api/v1/departments', { name: 'Alheio', company_id: (await olga.get('/api/v1/companies')).ok<{ data: { id: number }[] }>().data[0]?.id })).ok<{ id: number }>(201);
    const camila = await account.as('camila');
    (await camila.put(`/api/v1/departments/${other.id}/distribution`, { mode: 'manual' })).refused(403, 'cannot_grant', 'department_ids');
    const { data } = (await olga.get('/api/v1/distribution')).ok<{ data: Schemas['DistributionQueue'][] }>();
    expect(data.map(({ department_id }) => department_id)).toContain(other.id);
  });
});
