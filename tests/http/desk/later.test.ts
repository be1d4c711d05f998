/** What is said later, the team's emoji on the customer's phone, and whom a whisper names. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { inbound, messageOf, post, serving, thread, type Ticket } from '../support/desk.ts';
import { aPng } from '../support/files.ts';
import { until } from '../support/until.ts';
import { aWhatsapp, type Customer, type Whatsapp } from '../support/whatsapp.ts';

type Scheduled = Schemas['ScheduledMessage'];

let account: Account;
let whatsapp: Whatsapp;
let ana: Browser;
let rita: Customer;
let ticket: Ticket;

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
  ana = await account.as('ana');
  rita = await whatsapp.customer();
  ticket = await serving(ana, rita);
});

const from = (ms: number): string => new Date(Date.now() + ms).toISOString();
const HOUR = 3_600_000;
const schedule = async (more: object = {}, on = ticket): Promise<Scheduled> =>
  (await ana.post(`/api/v1/tickets/${on.id}/scheduled`, { client_key: randomUUID(), text: 'Até amanhã', send_at: from(HOUR), ...more })).ok<Scheduled>(201);
const waiting = async (on = ticket): Promise<Scheduled[]> =>
  (await ana.get(`/api/v1/tickets/${on.id}/scheduled`)).ok<{ data: Scheduled[] }>().data;

describe('said later', () => {
  it('goes by itself when its time comes, with its file, once', async () => {
    const file = (await ana.upload('mapa.png', 'image/png', aPng('mapa'))).ok<Schemas['Attachment']>(201);
    const before = (await rita.received(0)).length;
    await schedule({ text: 'Segue o mapa', attachment_id: file.id, send_at: from(1500) });
    expect((await waiting()).map(({ text }) => text)).toEqual(['Segue o mapa']);
    const got = await rita.received(before + 1);
    expect(got.at(-1)).toMatchObject({ type: 'image', content: { caption: 'Segue o mapa' } });
    await messageOf(ana, ticket.id, 'of the schedule', ({ text, author_id }) => text === 'Segue o mapa' && author_id === account.members.ana);
    expect(await waiting()).toEqual([]);
  });

  it('the same key is the same message', async () => {
    const client_key = randomUUID();
    const first = await schedule({ client_key });
    const again = (await ana.post(`/api/v1/tickets/${ticket.id}/scheduled`, { client_key, text: 'Outra', send_at: from(HOUR) })).ok<Scheduled>();
    expect(again).toEqual(first);
    (await ana.delete(`/api/v1/scheduled/${first.id}`)).ok(204);
  });

  it('is changed, sent now, or cancelled; what is over stays over', async () => {
    const { id } = await schedule();
    expect((await ana.patch(`/api/v1/scheduled/${id}`, { text: 'Até já', send_at: from(2 * HOUR) })).ok<Scheduled>()).toMatchObject({ text: 'Até já', state: 'pending' });
    const sent = (await ana.post(`/api/v1/scheduled/${id}/send`)).ok<Schemas['Message']>();
    expect(sent.text).toBe('Até já');
    (await ana.delete(`/api/v1/scheduled/${id}`)).refused(409, 'scheduled_over');
    (await ana.post(`/api/v1/scheduled/${id}/send`)).refused(409, 'scheduled_over');
    const other = await schedule({ send_at: from(2000), text: 'Nunca dita' });
    (await ana.delete(`/api/v1/scheduled/${other.id}`)).ok(204);
    /* the job has come and gone: the queue of timers is empty of it */
    await until('its job to be over', async () =>
      (await sql("SELECT count(*) FROM jobs WHERE kind = 'message.scheduled' AND subject_id = :'id'", { id: other.id })) === '0' || undefined);
    expect((await thread(ana, ticket.id)).filter(({ text }) => text === 'Nunca dita')).toEqual([]);
  });

  it('fails where everybody sees it when the window has closed meanwhile, and may be tried again', async () => {
    const dora = await whatsapp.customer();
    const theirs = await serving(ana, dora);
    const { id } = await schedule({ text: 'Tarde demais', send_at: from(2500) }, theirs);
    await sql("UPDATE tickets SET window_ends_at = now() WHERE account_id = :'a' AND id = :'t'", { a: account.id, t: theirs.id });
    const failed = await until('a failure', async () => (await waiting(theirs)).find(({ state }) => state === 'failed'));
    expect(failed).toMatchObject({ id, error_slug: 'window_closed' });
    await dora.say('Oi de novo');
    await messageOf(ana, theirs.id, 'that opens the window', ({ text }) => text === 'Oi de novo');
    (await ana.post(`/api/v1/scheduled/${id}/send`)).ok();
    expect(await dora.texts(1)).toEqual(['Tarde demais']);
  });

  it('wants a time to come and a conversation that one holds', async () => {
    (await ana.post(`/api/v1/tickets/${ticket.id}/scheduled`, { client_key: randomUUID(), text: 'x', send_at: from(-1000) })).refused(400, 'out_of_range', 'send_at');
    (await ana.post(`/api/v1/tickets/${ticket.id}/scheduled`, { client_key: randomUUID(), text: 'x', send_at: 'amanhã' })).refused(400, 'field_invalid', 'send_at');
    const bruno = await account.as('bruno');
    (await bruno.post(`/api/v1/tickets/${ticket.id}/scheduled`, { client_key: randomUUID(), text: 'x', send_at: from(HOUR) })).refused(409, 'not_holder');
  });
});

describe('our emoji', () => {
  it('stands beside the customer’s, is replaced on their phone and taken off again', async () => {
    const [said] = await inbound(ana, ticket.id);
    const path = `/api/v1/tickets/${ticket.id}/messages/${said?.seq}/reaction`;
    const wire = async (count: number): Promise<unknown> => {
      const calls = await whatsapp.calls(count, ({ request }) => JSON.stringify(request).includes('"reaction"'));
      return calls.at(-1)?.request;
    };
    expect((await ana.put(path, { emoji: '👍' })).ok<Schemas['Message']>().reactions).toEqual([{ emoji: '👍', by: 'member' }]);
    expect(JSON.stringify(await wire(1))).toContain('👍');
    expect((await ana.put(path, { emoji: '🎉' })).ok<Schemas['Message']>().reactions).toEqual([{ emoji: '🎉', by: 'member' }]);
    expect(JSON.stringify(await wire(2))).toContain('🎉');
    expect((await ana.put(path, { emoji: '' })).ok<Schemas['Message']>().reactions).toEqual([]);
    await wire(3);
    (await ana.put(path, { emoji: 'ok' })).refused(400, 'emoji_invalid', 'emoji');
  });
});

describe('a mention', () => {
  it('is kept with the whisper, and never widens who may read', async () => {
    const { bruno, camila } = account.members;
    const said = (await ana.post(`/api/v1/tickets/${ticket.id}/messages`, {
      client_key: randomUUID(), mode: 'whisper', text: '@Camila, veja', mention_ids: [camila],
    })).ok<Schemas['Message']>(201);
    expect(said.detail).toEqual({ mentions: [camila] });
    await sql("DELETE FROM department_members WHERE account_id = :'a' AND member_id = :'m'", { a: account.id, m: bruno });
    const again = { client_key: randomUUID(), mode: 'whisper', text: '@Bruno, veja', mention_ids: [bruno, camila] };
    const refused = (await ana.post(`/api/v1/tickets/${ticket.id}/messages`, again)).refused(409, 'mention_out_of_scope', 'mention_ids');
    expect(refused).toMatchObject({ member_ids: [bruno] });
    (await ana.post(`/api/v1/tickets/${ticket.id}/readers`, { member_id: bruno })).ok(204);
    (await ana.post(`/api/v1/tickets/${ticket.id}/messages`, again)).ok(201);
  });

  it('has no place in what the customer reads', async () => {
    (await ana.post(`/api/v1/tickets/${ticket.id}/messages`, { client_key: randomUUID(), mode: 'reply', text: 'x', mention_ids: [account.members.camila] }))
      .refused(400, 'unknown_value', 'mention_ids');
    expect((await post(ana, ticket.id, 'reply', 'Oi')).status).toBe(201);
  });
});
