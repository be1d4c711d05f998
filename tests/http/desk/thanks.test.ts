/** Who thanks right after the end wants nothing more: it stays in what was closed, where the team reads it, and begins nothing. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { inbound, serving, take, theTicket, thread, type Ticket, ticketOf, ticketsOf } from '../support/desk.ts';
import { until } from '../support/until.ts';
import { aWebchat, type Webchat } from '../support/webchat.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

let account: Account;
let olga: Browser;
let webchat: Webchat;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  olga = await account.as('olga');
  webchat = await aWebchat(account, {}, { welcome_text: 'Bem-vindo!' });
  whatsapp = await aWhatsapp(account, { welcome_text: 'Bem-vindo!' });
});

const close = (ticket: Ticket) => olga.post(`/api/v1/tickets/${ticket.id}/close`, { reason_id: account.reasons['Resolvido'] });

/** One person with two phones: what came from the second goes on in the ticket of the first. */
async function merged() {
  const [rita, second] = [await whatsapp.customer(), await whatsapp.customer()];
  const [here, gone] = [await serving(olga, rita), await serving(olga, second)];
  (await olga.post(`/api/v1/contacts/${here.contact.id}/merge`, { contact_id: gone.contact.id })).ok();
  (await olga.post(`/api/v1/tickets/${gone.id}/merge`, { into_id: here.id })).ok();
  return { rita, second, here, gone };
}

const ticketsBehind = (ticket: Ticket) =>
  sql("SELECT count(*) FROM tickets WHERE account_id = :'a' AND contact_id = (SELECT contact_id FROM tickets WHERE account_id = :'a' AND id = :'t')", { a: account.id, t: ticket.id });

const heard = (ticket: Ticket, text: string) =>
  until(`“${text}” in the thread`, async () => (await inbound(olga, ticket.id)).some((one) => one.text === text));

it('on a page: the conversation stays closed, for the team and for the visitor', async () => {
  const visitor = await webchat.visitor();
  (await visitor.say('Oi')).ok(202);
  const ticket = await take(olga, (await ticketOf(olga, visitor.name)).id);
  (await close(ticket)).ok();
  await visitor.seeing('the end', ({ state }) => state === 'closed');
  const stream = await olga.live();
  const theirs = await visitor.live();
  (await visitor.say('Muito obrigada! 🙏')).ok(202);
  await stream.next('message.created', ({ message }) => message.ticket_id === ticket.id && message.direction === 'in');
  await theirs.next('ticket', ({ state }) => state === 'closed');
  stream.close();
  theirs.close();
  expect(await theTicket(olga, ticket.id)).toMatchObject({ state: 'closed', unread_count: 0, last: { preview: 'Muito obrigada! 🙏', direction: 'in' } });
  expect(await ticketsOf(olga, visitor.name)).toHaveLength(1);
  const { data, state } = await visitor.conversation();
  expect(state).toBe('closed');
  expect(data.at(-1)?.text).toBe('Muito obrigada! 🙏');
});

it('on WhatsApp: nobody answers, and whatever else is said begins anew', async () => {
  const rita = await whatsapp.customer();
  const ticket = await serving(olga, rita);
  (await close(ticket)).ok();
  /* The greeting and the goodbye. */
  const before = (await rita.received(2)).length;
  await rita.say('ok, valeu');
  await heard(ticket, 'ok, valeu');
  expect(await ticketsOf(olga, rita.name)).toHaveLength(1);
  expect(await rita.received(0)).toHaveLength(before);
  await rita.say('Valeu, mas caiu de novo');
  await until('a second ticket', async () => (await ticketsOf(olga, rita.name)).length === 2);
});

it('whatever comes first, the end or the thanks, there is one ticket and it is closed', async () => {
  for (let n = 0; n < 8; n += 1) {
    const rita = await whatsapp.customer();
    const ticket = await serving(olga, rita);
    const [closed] = await Promise.all([close(ticket), rita.say('Obrigada')]);
    closed.ok();
    await heard(ticket, 'Obrigada');
    expect(await sql("SELECT string_agg(state::text, ' ') FROM tickets WHERE account_id = :'a' AND contact_name = :'n'", { a: account.id, n: rita.name })).toBe('closed');
  }
});

it('for a ticket that was merged they go to the one that it was merged into, and a new wish begins anew', async () => {
  const { second, here, gone } = await merged();
  (await close(here)).ok();
  await second.say('Muito obrigada! 🙏');
  await heard(here, 'Muito obrigada! 🙏');
  expect(await theTicket(olga, here.id)).toMatchObject({ state: 'closed', unread_count: 0, last: { preview: 'Muito obrigada! 🙏' } });
  expect((await inbound(olga, gone.id)).map(({ text }) => text)).not.toContain('Muito obrigada! 🙏');
  expect((await thread(olga, here.id)).map(({ detail }) => (detail as { event?: string } | null)?.event)).toContain('ticket_heard');
  expect(await ticketsBehind(here)).toBe('2');
  await second.say('Mas caiu de novo');
  await until('a third ticket', async () => (await ticketsBehind(here)) === '3');
});

it('where the other may not be written to any more, thanks to it still want no answer', async () => {
  const { second, here } = await merged();
  await sql("UPDATE tickets SET window_ends_at = now() - interval '1 minute' WHERE account_id = :'a' AND id = :'t'", { a: account.id, t: here.id });
  await second.say('Obrigada');
  await heard(here, 'Obrigada');
  expect(await theTicket(olga, here.id)).toMatchObject({ state: 'serving' });
  expect(await ticketsBehind(here)).toBe('2');
});

it('of a merged ticket whose other closed long ago, thanks come late', async () => {
  const { second, here } = await merged();
  (await close(here)).ok();
  await sql("UPDATE tickets SET closed_at = now() - interval '11 minutes' WHERE account_id = :'a' AND merged_into = :'t' OR id = :'t'", { a: account.id, t: here.id });
  await second.say('Obrigada');
  await until('a third ticket', async () => (await ticketsBehind(here)) === '3');
});
