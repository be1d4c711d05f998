/** Writing first: what each channel lets us begin, and that one customer never has two conversations. */
import { randomInt, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Answer, Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { serving, theTicket, thread, type Ticket } from '../support/desk.ts';
import { until } from '../support/until.ts';
import { aWebchat } from '../support/webchat.ts';
import { aWhatsapp, type Customer, type Whatsapp } from '../support/whatsapp.ts';

let account: Account;
let whatsapp: Whatsapp;
let ana: Browser;
let bruno: Browser;

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
  ana = await account.as('ana');
  bruno = await account.as('bruno');
});

const start = (who: Browser, more: Record<string, unknown>): Promise<Answer> =>
  who.post('/api/v1/tickets', { client_key: randomUUID(), channel_id: whatsapp.id, ...more });

/** Somebody who was served a moment ago, and whose day lasts. */
async function served(): Promise<{ customer: Customer; past: Ticket }> {
  const customer = await whatsapp.customer();
  const past = await serving(ana, customer);
  (await ana.post(`/api/v1/tickets/${past.id}/close`, { reason_id: account.reasons['Resolvido'] ?? Object.values(account.reasons)[0], message: '' })).ok();
  return { customer, past };
}

const liveOf = async (past: Ticket): Promise<number> =>
  Number(await sql("SELECT count(*) FROM tickets WHERE contact_id = :'id' AND state <> 'closed'", { id: past.contact.id }));

describe('within the customer’s day', () => {
  it('the conversation is mine, and the first word arrives', async () => {
    const { customer, past } = await served();
    const before = (await customer.received(0)).length;
    const ticket = (await start(ana, { contact_id: past.contact.id, text: 'Seu técnico está a caminho' })).ok<Ticket>(201);
    expect(ticket).toMatchObject({ state: 'serving', assignee_id: account.members.ana, window_ends_at: past.window_ends_at });
    expect((await customer.texts(before + 1)).at(-1)).toBe('Seu técnico está a caminho');
    expect((await thread(ana, ticket.id)).map(({ detail, text }) => (detail as { event?: string } | null)?.event ?? text))
      .toEqual(['ticket_started', 'Seu técnico está a caminho']);
    await customer.say('Obrigada');
    await until('the answer in the same ticket', async () => (await theTicket(ana, ticket.id)).unread_count === 1 || undefined);
  });

  it('a number without its ninth digit is the same person', async () => {
    const { customer, past } = await served();
    const phone = (customer.wa_id ?? '').replace(/^(55\d\d)9/, '+$1 ');
    expect((await start(ana, { phone })).ok<Ticket>(201).contact.id).toBe(past.contact.id);
  });

  it('the same key is the same ticket; another author is shown the one that is open', async () => {
    const { past } = await served();
    const client_key = randomUUID();
    const first = (await start(ana, { contact_id: past.contact.id, client_key, text: 'Olá' })).ok<Ticket>(201);
    expect((await start(ana, { contact_id: past.contact.id, client_key, text: 'Olá' })).ok<Ticket>(200).id).toBe(first.id);
    const refused = await start(bruno, { contact_id: past.contact.id });
    refused.refused(409, 'one_live_ticket');
    expect(JSON.parse(refused.text)).toMatchObject({ ticket_id: first.id, protocol: first.protocol });
    expect((await thread(ana, first.id)).filter(({ direction }) => direction === 'out')).toHaveLength(1);
  });

  it('author and customer write in the same instant: one conversation, every word in it', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { customer, past } = await served();
      const [started] = await Promise.all([
        start(ana, { contact_id: past.contact.id, text: 'Da casa' }),
        customer.say('Do cliente'),
        start(bruno, { contact_id: past.contact.id, text: 'De outro' }),
      ]);
      expect([201, 409]).toContain(started.status);
      await until('the customer’s word in a thread', async () =>
        (await sql("SELECT count(*) FROM messages m JOIN tickets t ON t.account_id = m.account_id AND t.id = m.ticket_id WHERE t.contact_id = :'id' AND m.body = 'Do cliente'", { id: past.contact.id })) === '1' || undefined);
      expect(await liveOf(past)).toBe(1);
    }
  });
});

describe('what a channel does not let us begin', () => {
  it('past the day, and to a new number, only a template goes', async () => {
    const { past } = await served();
    await sql("UPDATE tickets SET window_ends_at = now() - interval '1 second' WHERE id = :'id'", { id: past.id });
    (await start(ana, { contact_id: past.contact.id, text: 'Oi' })).refused(409, 'template_needed', 'channel_id');
    (await start(ana, { phone: `+55 11 9${randomInt(10_000_000, 99_999_999)}`, name: 'Ninguém ainda' })).refused(409, 'template_needed', 'channel_id');
    expect(await sql("SELECT count(*) FROM contacts WHERE account_id = :'id' AND name = 'Ninguém ainda'", { id: account.id })).toBe('0');
    const ways = (await ana.get(`/api/v1/contacts/${past.contact.id}/ways`)).ok<{ data: { standing: string }[] }>();
    expect(ways.data.map(({ standing }) => standing)).toEqual(['template_needed']);
  });

  it('a site’s chat only reaches who was there', async () => {
    const site = await aWebchat(account);
    const visitor = await site.visitor();
    await visitor.say('Oi');
    const ticket = await serving(ana, { name: visitor.name, say: () => Promise.resolve('') });
    const wish = { channel_id: site.channel.id, contact_id: ticket.contact.id };
    (await start(ana, wish)).refused(409, 'one_live_ticket');
    (await ana.post(`/api/v1/tickets/${ticket.id}/close`, { reason_id: Object.values(account.reasons)[0], message: '' })).ok();
    expect((await start(ana, { ...wish, text: 'Voltei com a resposta' })).ok<Ticket>(201)).toMatchObject({ window_ends_at: null });
    const { past } = await served();
    (await start(ana, { channel_id: site.channel.id, contact_id: past.contact.id })).refused(409, 'not_reachable_here', 'channel_id');
  });

  it('nobody is written to who is blocked or wants no messages', async () => {
    const { past } = await served();
    const rafael = await account.as('rafael');
    (await rafael.post(`/api/v1/contacts/${past.contact.id}/block`, { reason: 'Insultos' })).ok();
    (await start(ana, { contact_id: past.contact.id })).refused(409, 'contact_blocked');
    expect((await ana.get(`/api/v1/contacts/${past.contact.id}/ways`)).ok<{ refusal: string }>().refusal).toBe('contact_blocked');
    (await rafael.post(`/api/v1/contacts/${past.contact.id}/unblock`)).ok();
    (await rafael.post(`/api/v1/contacts/${past.contact.id}/consents`, { kind: 'messages', act: 'withdrawn' })).ok(201);
    (await start(ana, { contact_id: past.contact.id })).refused(409, 'opted_out');
  });

  it('a contact or a number, not both, and a department where tickets may wait', async () => {
    const { past } = await served();
    (await start(ana, {})).refused(400, 'required', 'contact_id');
    (await start(ana, { contact_id: past.contact.id, phone: '+55 49 98841-2076' })).refused(400, 'required', 'contact_id');
    (await start(ana, { contact_id: past.contact.id, department_id: account.departments['Antigo'] })).refused(409, 'department_inactive', 'department_id');
    const ticket = (await start(ana, { contact_id: past.contact.id, department_id: account.departments['Vendas'] })).ok<Schemas['Ticket']>(201);
    expect(ticket.department_id).toBe(account.departments['Vendas']);
  });
});
