/** What happens to tickets by themselves: moved on, closed, promised; late, once, and never after they moved. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { aPolicy, clock, CLOCKS, pass, TICKET } from '../support/clocks.ts';
import { sql } from '../support/database.ts';
import { messageOf, reply, serving, theTicket, thread, type Ticket } from '../support/desk.ts';
import { until } from '../support/until.ts';
import { aWhatsapp, type Customer, type Whatsapp } from '../support/whatsapp.ts';

type Policy = Schemas['SlaPolicy'];
type Sla = { running: { kind: string }[]; results: { kind: string; outcome: string }[] };

let account: Account;
let whatsapp: Whatsapp;
let olga: Browser;
let ana: Browser;
let other: number;

const transferTo = (more: object = {}): object => ({
  is_on: true, wait_min: 15, to_department_id: other, message: 'Outro setor continua.', ...more,
});
const keep = async (kind: 'transfer' | 'idle', rules: object[]): Promise<void> =>
  void (await olga.put(`/api/v1/timers/${kind}`, { rules })).ok();
const moved = (ticket: Ticket): Promise<Ticket> =>
  until('the transfer', async () => { const now = await theTicket(olga, ticket.id); return now.department_id === other ? now : undefined; });
const transfers = async (ticket: Ticket): Promise<number> =>
  (await thread(olga, ticket.id)).filter(({ detail }) => (detail as { event?: string } | null)?.event === 'ticket_transferred').length;
const sla = async (ticket: Ticket): Promise<Sla> => (await ana.get(`/api/v1/tickets/${ticket.id}/sla`)).ok<Sla>();

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
  olga = await account.as('olga');
  ana = await account.as('ana');
});

beforeEach(async () => {
  await keep('transfer', []);
  await keep('idle', []);
});

async function served(): Promise<{ customer: Customer; ticket: Ticket }> {
  const customer = await whatsapp.customer();
  const ticket = await serving(ana, customer);
  other = account.departments['Vendas'] ?? 0;
  expect(ticket.department_id).not.toBe(other);
  return { customer, ticket };
}

describe('automatic transfer', () => {
  it('moves who is not answered, says so to the customer and in the thread, once', async () => {
    const { customer, ticket } = await served();
    await keep('transfer', [transferTo()]);
    await clock(ticket, 'transfer');
    const before = (await customer.received(0)).length;
    await pass(ticket, '15 minutes');
    expect(await moved(ticket)).toMatchObject({ state: 'waiting', assignee_id: null });
    expect((await customer.received(before + 1)).at(-1)).toMatchObject({ content: { body: 'Outro setor continua.' } });
    await messageOf(olga, ticket.id, 'of the line', ({ detail }) => (detail as { after_min?: number } | null)?.after_min === 15);
    await pass(ticket, '5 hours');
    await customer.say('Alguém?');
    await messageOf(olga, ticket.id, 'of the customer', ({ text }) => text === 'Alguém?');
    expect(await transfers(ticket)).toBe(1);
  });

  it('leaves alone who was answered before it came', async () => {
    const { ticket } = await served();
    await keep('transfer', [transferTo()]);
    await clock(ticket, 'transfer');
    await reply(ana, ticket.id, 'Aqui estou');
    await pass(ticket, '2 hours');
    await until('the clock to end', async () => (await sql("SELECT count(*) FROM ticket_clocks WHERE ticket_id = :'t' AND kind = 'transfer'", { t: ticket.id })) === '0' || undefined);
    expect(await theTicket(ana, ticket.id)).toMatchObject({ department_id: ticket.department_id, state: 'serving' });
  });

  it('whose worker loses the database in the middle is done once', async () => {
    const { customer, ticket } = await served();
    await keep('transfer', [transferTo()]);
    await clock(ticket, 'transfer');
    const before = (await customer.received(0)).length;
    /* Whoever looks at the ticket waits for its row, and is cut off there. */
    const cut = sql(
      `BEGIN;
       SELECT FROM tickets WHERE id = :'t' FOR UPDATE;
       DO $$ DECLARE cut int := 0; BEGIN
         FOR i IN 1..600 LOOP
           PERFORM pg_stat_clear_snapshot();
           SELECT count(*) INTO cut FROM (SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE usename = 'balcao_worker' AND pg_blocking_pids(pid) @> ARRAY[pg_backend_pid()]) x;
           EXIT WHEN cut > 0;
           PERFORM pg_sleep(0.02);
         END LOOP;
         IF cut = 0 THEN RAISE EXCEPTION 'nobody looked'; END IF;
       END $$;
       ${TICKET} COMMIT;`,
      { t: ticket.id, by: '15 minutes' },
    );
    await sql(CLOCKS, { t: ticket.id, by: '15 minutes' });
    await cut;
    await until('the transfer', async () => ((await theTicket(olga, ticket.id)).department_id === other ? true : undefined), 150_000);
    await customer.received(before + 1);
    expect(await transfers(ticket)).toBe(1);
    expect(await sql("SELECT count(*) FROM timer_acts WHERE ticket_id = :'t'", { t: ticket.id })).toBe('1');
  }, 180_000);

  it('is refused as a rule that is not whole, and is only for whoever keeps the settings', async () => {
    const put = (rule: object) => olga.put('/api/v1/timers/transfer', { rules: [rule] });
    (await put(transferTo({ message: ' ' }))).refused(400, 'required', 'rules[0].message');
    (await put(transferTo({ to_department_id: null }))).refused(400, 'required', 'rules[0].to_department_id');
    (await put(transferTo({ to_member_id: account.members.ana }))).refused(400, 'one_target_only', 'rules[0].to_member_id');
    (await put(transferTo({ wait_min: 0 }))).refused(400, 'out_of_range', 'rules[0].wait_min');
    (await put(transferTo({ to_department_id: 900_000_000 }))).refused(404, 'department_unknown', 'rules');
    (await ana.put('/api/v1/timers/transfer', { rules: [] })).refused(403, 'permission_denied');
  });
});

describe('inactivity', () => {
  const rule = (more: object = {}): object => ({
    is_on: true, close_after_min: 4320, warn_before_min: 240, warn_text: 'Ainda precisa de ajuda?', reason_id: Object.values(account.reasons)[0], message: 'Até logo.', ...more,
  });

  it('warns, then closes with its reason and words; the customer who comes back keeps it open', async () => {
    const { customer, ticket } = await served();
    const second = await served();
    await keep('idle', [rule()]);
    for (const one of [ticket, second.ticket]) {
      await reply(ana, one.id, 'Pode testar agora?');
      await clock(one, 'idle');
      await pass(one, '68 hours');
      await messageOf(ana, one.id, 'of the warning', ({ text }) => text === 'Ainda precisa de ajuda?');
    }
    await second.customer.say('Sim, um minuto');
    await until('their clock to end', async () => (await sql("SELECT count(*) FROM ticket_clocks WHERE ticket_id = :'t'", { t: second.ticket.id })) === '0' || undefined);
    await sql("UPDATE ticket_clocks SET warned_at = warned_at - interval '4 hours' WHERE ticket_id = :'t'", { t: ticket.id });
    await pass(ticket, '4 hours');
    const closed = await until('the closing', async () => { const now = await theTicket(olga, ticket.id); return now.state === 'closed' ? now : undefined; });
    expect(closed.reason_id).toBe(Object.values(account.reasons)[0]);
    expect((await customer.texts(3)).at(-1)).toBe('Até logo.');
    expect((await theTicket(ana, second.ticket.id)).state).toBe('serving');
  }, 60_000);

  it('asks for a reason where closing does, and for words where it warns', async () => {
    const put = (more: object) => olga.put('/api/v1/timers/idle', { rules: [rule(more)] });
    (await put({ reason_id: null })).refused(400, 'required', 'rules[0].reason_id');
    (await put({ warn_text: '' })).refused(400, 'required', 'rules[0].warn_text');
    (await put({ warn_before_min: 4320 })).refused(400, 'out_of_range', 'rules[0].warn_before_min');
  });
});

describe('SLA', () => {
  it('shows what is left, lists what is due first, and remembers what was kept and broken', async () => {
    const policy = (await olga.post('/api/v1/sla-policies', aPolicy())).ok<Policy>(201);
    const { customer, ticket } = await served();
    const promised = await until('a promise', async () => (await theTicket(ana, ticket.id)).sla ?? undefined);
    expect(promised).toMatchObject({ kind: 'first_answer', open: [{ until: promised.due_at }] });
    const due = (query: string) => ana.get(`/api/v1/tickets?tab=serving&${query}`);
    expect((await due('order=due')).ok<Schemas['TicketPage']>().data.map(({ id }) => id)).toContain(ticket.id);
    expect((await due('sla=short')).ok<Schemas['TicketPage']>().data).toEqual([]);
    await reply(ana, ticket.id, 'Bom dia');
    await until('it kept', async () => (await sla(ticket)).results.find(({ kind, outcome }) => kind === 'first_answer' && outcome === 'met'));

    await customer.say('E agora?');
    await until('the next promise', async () => ((await theTicket(ana, ticket.id)).sla?.kind === 'next_answer' ? true : undefined));
    await pass(ticket, '61 minutes');
    await messageOf(ana, ticket.id, 'of the breach', ({ detail }) => (detail as { event?: string } | null)?.event === 'sla_breached');
    expect((await due('sla=late')).ok<Schemas['TicketPage']>().data.map(({ id }) => id)).toEqual([ticket.id]);
    await reply(ana, ticket.id, 'Desculpe a demora');
    await until('no promise', async () => ((await theTicket(ana, ticket.id)).sla === null ? true : undefined));
    expect((await sla(ticket)).results.map(({ outcome }) => outcome).toSorted()).toEqual(['breached', 'met']);
    (await olga.delete(`/api/v1/sla-policies/${policy.id}`)).ok(204);
  }, 60_000);

  it('is kept in order, as a whole, by whoever may', async () => {
    const made = await Promise.all([1, 2].map(async () => (await olga.post('/api/v1/sla-policies', aPolicy({ priorities: ['urgent'] }))).ok<Policy>(201)));
    const ids = made.map(({ id }) => id).toReversed();
    expect((await olga.put('/api/v1/sla-policies', { policy_ids: ids })).ok<{ data: Policy[] }>().data.slice(0, 2).map(({ id }) => id)).toEqual(ids);
    (await olga.post('/api/v1/sla-policies', aPolicy({ first_answer_min: null, next_answer_min: null }))).refused(400, 'required', 'first_answer_min');
    (await olga.post('/api/v1/sla-policies', aPolicy({ warn_min: 5 }))).refused(400, 'one_warning_only', 'warn_percent');
    (await olga.post('/api/v1/sla-policies', aPolicy({ priorities: ['later'] }))).refused(400, 'unknown_value', 'priorities');
    (await olga.post('/api/v1/sla-policies', aPolicy({ name: made[0]?.name }))).refused(409, 'policy_name_is_taken');
    (await ana.get('/api/v1/sla-policies')).refused(403, 'permission_denied');
  });

  it('says when somebody who writes on a Friday evening is due', async () => {
    const { periods } = (await olga.post('/api/v1/hours/periods', {
      name: 'Balcão', keeps_holidays: false, exceptions: [], week: [1, 2, 3, 4, 5].map((day) => ({ day, from_min: 480, until_min: 1116 })),
    })).ok<Schemas['Hours']>(201);
    const id = account.departments['Vendas'];
    (await olga.put('/api/v1/hours/followers', { departments: [{ id, period_id: periods[0]?.id }] })).ok();
    const trial = (await olga.get(`/api/v1/timers/trial?minutes=78&department_id=${id}&at=2026-11-20T18:00`)).ok();
    expect(trial).toMatchObject({ wall: '2026-11-20T18:00:00', due_wall: '2026-11-23T08:42:00', period_name: 'Balcão', time_zone: 'America/Sao_Paulo' });
    (await olga.get('/api/v1/timers/trial')).refused(400, 'required', 'minutes');
  });
});
