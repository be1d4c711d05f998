/** Browsers that are told while no page of ours is open: by the lab's push service, which checks who we are. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import { Browser } from '../support/browser.ts';
import { aPolicy, clock, pass } from '../support/clocks.ts';
import { sql } from '../support/database.ts';
import { serving, take, ticketOf } from '../support/desk.ts';
import { lab } from '../support/lab.ts';
import { until } from '../support/until.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

type Settings = Schemas['NoticeSettings'];
type Pushed = { attempts: number; taken: { ttl: number; urgency: string; topic: string; bytes: number; sub: string }[] };
type Phone = { id: string; endpoint: string; subscription_id: number; state: () => Promise<Pushed> };

let account: Account;
let whatsapp: Whatsapp;
let ana: Browser;
let bruno: Browser;

beforeAll(async () => {
  account = await anAccount();
  [ana, bruno] = await Promise.all([account.as('ana'), account.as('bruno')]);
  whatsapp = await aWhatsapp(account);
});

/** A phone of this person, subscribed with the key that the house gave to its page. */
async function aPhone(browser: Browser): Promise<Phone> {
  const { push_key } = (await browser.get('/api/v1/me/notices')).ok<Settings>();
  const { id, endpoint } = await lab<{ id: string; endpoint: string }>('POST', '/push', { key: push_key });
  const { id: subscription_id } = (await browser.post('/api/v1/me/push', { endpoint })).ok<{ id: number }>(201);
  return { id, endpoint, subscription_id, state: () => lab<Pushed>('GET', `/push/${id}`) };
}

const rang = (phone: Phone, times: number): Promise<Pushed> =>
  until(`a phone that rang ${times} times`, async () => {
    const state = await phone.state();
    return state.taken.length >= times && state;
  }, 20_000);

/** Nothing more is on its way: the log was read up to here, and no job of a notice waits. */
const quiet = async (): Promise<void> => {
  const id = await sql(`SELECT max(id) FROM account_event WHERE account_id = ${account.id}`);
  await until('notices that are all judged and sent', async () =>
    (await sql(`SELECT (SELECT count(*) FROM jobs WHERE account_id = ${account.id} AND kind LIKE 'notice.%') = 0
      AND EXISTS (SELECT FROM notice_state s, account_event e WHERE e.account_id = ${account.id} AND e.id = ${id} AND (s.xid, s.event_id) >= (e.xid, e.id))`)) === 't', 30_000); // it reads the log behind whoever still writes
};

const kinds = async (browser: Browser): Promise<string[]> =>
  (await browser.get('/api/v1/notices')).ok<{ data: Schemas['Notice'][] }>().data
    .filter(({ account_id }) => account_id === account.id).map(({ kind }) => kind);

it('a reply in mine rings my phone once, with nothing in it, and my session learns kind and number', async () => {
  const phone = await aPhone(ana);
  const other = await aPhone(bruno);
  const customer = await whatsapp.customer();
  const ticket = await serving(ana, customer);
  await quiet();
  const before = (await phone.state()).taken.length;
  await customer.say('ainda aí?');
  const { taken } = await rang(phone, before + 1);
  expect(taken.at(-1)).toMatchObject({ urgency: 'high', bytes: 0, sub: expect.stringMatching(/^mailto:/) });
  const told = (await ana.get('/api/v1/notices')).ok<{ data: Schemas['Notice'][] }>().data[0];
  expect(told).toEqual({
    id: expect.any(Number), account_id: account.id, account_slug: account.slug, kind: 'reply',
    ticket_id: ticket.id, protocol: ticket.protocol, channel_id: null, is_late: false, told_at: expect.any(String),
  });
  await quiet();
  expect((await phone.state()).taken).toHaveLength(before + 1);
  expect((await other.state()).taken).toHaveLength(0);
  expect(await kinds(bruno)).toEqual([]);
});

it('who is given a ticket or named in a whisper is told; who took or wrote it is not', async () => {
  const [hers, his] = [await aPhone(ana), await aPhone(bruno)];
  const ticket = await serving(ana, await whatsapp.customer());
  await quiet();
  expect((await hers.state()).taken).toHaveLength(0);
  (await ana.post(`/api/v1/tickets/${ticket.id}/transfer`, { assignee_id: account.members.bruno })).ok();
  await rang(his, 1);
  expect((await kinds(bruno))[0]).toBe('assigned');
  await quiet();
  expect((await his.state()).taken).toHaveLength(1);
  (await ana.post(`/api/v1/tickets/${ticket.id}/messages`, {
    client_key: `mencao-${ticket.id}`, mode: 'whisper', text: 'veja', mention_ids: [account.members.bruno],
  })).ok(201);
  await rang(his, 2);
  expect((await kinds(bruno))[0]).toBe('mention');
  await quiet();
  expect((await hers.state()).taken).toHaveLength(0);
});

it('a promise rings its holder once when it is short and once when it is broken, and nobody else', async () => {
  const olga = await account.as('olga');
  const { id } = (await olga.post('/api/v1/sla-policies', aPolicy())).ok<{ id: number }>(201);
  const [hers, his] = [await aPhone(ana), await aPhone(bruno)];
  const ticket = await serving(ana, await whatsapp.customer());
  await clock(ticket, 'first_answer');
  await quiet();
  await pass(ticket, '23 minutes');
  await rang(hers, 1);
  const told = async (): Promise<Schemas['Notice'] | undefined> =>
    (await ana.get('/api/v1/notices')).ok<{ data: Schemas['Notice'][] }>().data[0];
  expect(await told()).toMatchObject({ kind: 'sla', ticket_id: ticket.id, protocol: ticket.protocol, is_late: false });
  await pass(ticket, '8 minutes');
  await rang(hers, 2);
  expect(await told()).toMatchObject({ kind: 'sla', ticket_id: ticket.id, is_late: true });
  await pass(ticket, '5 hours');
  await quiet();
  expect((await hers.state()).taken).toHaveLength(2);
  expect((await his.state()).taken).toHaveLength(0);
  (await olga.delete(`/api/v1/sla-policies/${id}`)).ok(204);
});

it('a promise of a ticket that nobody holds rings whoever answers for its department', async () => {
  const olga = await account.as('olga');
  const { id } = (await olga.post('/api/v1/sla-policies', aPolicy())).ok<{ id: number }>(201);
  const customer = await whatsapp.customer();
  await customer.say('alguém aí?');
  const ticket = await ticketOf(ana, customer.name);
  const answersFor = (is: boolean): Promise<string> =>
    sql("UPDATE department_members SET is_responsible = :'is' WHERE department_id = :'d' AND member_id = :'m'", { is: String(is), d: ticket.department_id ?? 0, m: account.members.bruno });
  await answersFor(true);
  const [hers, his] = [await aPhone(ana), await aPhone(bruno)];
  await clock(ticket, 'first_answer');
  await pass(ticket, '23 minutes');
  await rang(his, 1);
  expect((await kinds(bruno))[0]).toBe('sla');
  await quiet();
  expect((await hers.state()).taken).toHaveLength(0);
  await answersFor(false);
  (await olga.delete(`/api/v1/sla-policies/${id}`)).ok(204);
});

it('new in the queue rings for whoever asked for it, and kinds that are switched off do not', async () => {
  const settings = (await ana.get('/api/v1/me/notices')).ok<Settings>();
  const { push_key: _, subscriptions: __, ...choices } = settings;
  expect((await ana.put('/api/v1/me/notices', { ...choices, push: ['queue'] })).ok<Settings>().push).toEqual(['queue']);
  const phone = await aPhone(ana);
  const customer = await whatsapp.customer();
  await customer.say('alguém?');
  await rang(phone, 1);
  expect((await kinds(ana))[0]).toBe('queue');
  const ticket = await ticketOf(ana, customer.name);
  await take(ana, ticket.id);
  await customer.say('oi');
  await quiet();
  expect((await phone.state()).taken).toHaveLength(1);

  const now = new Date().toLocaleTimeString('pt-BR', { timeZone: 'America/Sao_Paulo', hour: '2-digit', minute: '2-digit' });
  const minute = Number(now.slice(0, 2)) * 60 + Number(now.slice(3));
  (await ana.put('/api/v1/me/notices', { ...choices, quiet_from_min: (minute + 1430) % 1440, quiet_until_min: (minute + 60) % 1440 })).ok();
  await customer.say('agora é tarde');
  await quiet();
  expect((await phone.state()).taken).toHaveLength(1);
  (await ana.put('/api/v1/me/notices', choices)).ok();
});

it('a test says how it went; a service that is busy is asked again, one browser that is gone is forgotten', async () => {
  const phone = await aPhone(bruno);
  const test = `/api/v1/me/push/${phone.subscription_id}/test`;
  const mine = async (): Promise<Settings['subscriptions'][number] | undefined> =>
    (await bruno.get('/api/v1/me/notices')).ok<Settings>().subscriptions.find(({ id }) => id === phone.subscription_id);

  await lab('PUT', `/push/${phone.id}/faults`, { status: 429, times: 1, retry_after_s: 1 });
  (await bruno.post(test)).ok(202);
  expect((await rang(phone, 1)).attempts).toBe(2);
  const sent = await until('what the service took to be written down', async () => (await mine())?.sent_at != null && mine());
  expect(sent).toMatchObject({ problem: null });
  expect((await kinds(bruno))[0]).toBe('test');

  await lab('DELETE', `/push/${phone.id}`);
  (await bruno.post(test)).ok(202);
  await until('a forgotten browser', async () => (await mine()) === undefined);
  (await bruno.post(test)).refused(404, 'not_found');
});

it('a line that dies after the push was taken makes no second one', async () => {
  const phone = await aPhone(bruno);
  await lab('PUT', `/push/${phone.id}/faults`, { cut: true });
  (await bruno.post(`/api/v1/me/push/${phone.subscription_id}/test`)).ok(202);
  await rang(phone, 1);
  await quiet();
  expect(await phone.state()).toMatchObject({ attempts: 1 });
  const { subscriptions } = (await bruno.get('/api/v1/me/notices')).ok<Settings>();
  expect(subscriptions.find(({ id }) => id === phone.subscription_id)?.problem).not.toBeNull();
});

it('an endpoint is no way into the house, and a subscription is its owner\'s alone', async () => {
  for (const endpoint of ['http://push.example/x', 'https://127.0.0.1/x', 'https://10.0.0.7/x', 'https://169.254.169.254/latest', 'https://[::1]/', 'javascript:alert(1)', `https://push.example/${'x'.repeat(1000)}`])
    expect((await ana.post('/api/v1/me/push', { endpoint })).status).toBe(400);
  const phone = await aPhone(ana);
  (await bruno.delete(`/api/v1/me/push/${phone.subscription_id}`)).refused(404, 'not_found');
  (await bruno.post(`/api/v1/me/push/${phone.subscription_id}/test`)).refused(404, 'not_found');
  (await ana.delete(`/api/v1/me/push/${phone.subscription_id}`)).ok(204);
  (await ana.delete(`/api/v1/me/push/${phone.subscription_id}`)).refused(404, 'not_found');
  (await new Browser().get('/api/v1/notices')).refused(401, 'session_missing');
});

it('half a quiet time, a volume of 101 and kinds that there are none of are refused', async () => {
  const { push_key: _, subscriptions: __, ...choices } = (await ana.get('/api/v1/me/notices')).ok<Settings>();
  const put = (change: object) => ana.put('/api/v1/me/notices', { ...choices, ...change });
  (await put({ quiet_from_min: 60 })).refused(400, 'required', 'quiet_until_min');
  (await put({ volume: 101 })).refused(400, 'out_of_range', 'volume');
  (await put({ page: ['weather'] })).refused(400, 'unknown_value', 'page');
});
