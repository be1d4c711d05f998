/** The heart of the house: a customer writes, somebody answers, the ticks come back, the ticket is closed. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Browser } from '../support/browser.ts';
import { reply, take, theTicket, thread, ticketOf, whisper } from '../support/desk.ts';
import { until } from '../support/until.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

let account: Account;
let ana: Browser;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  ana = await account.as('ana');
  whatsapp = await aWhatsapp(account, { welcome_text: 'Olá, {{contact.first_name}}! Protocolo {{ticket.protocol}}.' });
});

describe('a customer who writes for the first time', () => {
  it('becomes a contact with a waiting ticket in the department of the channel, told live', async () => {
    const live = await ana.live();
    const rita = await whatsapp.customer();
    await rita.say('Bom dia, estou sem internet');

    const { data } = await live.next('message.created', ({ message }) => message.direction === 'in');
    expect(data.message).toMatchObject({
      kind: 'text',
      text: 'Bom dia, estou sem internet',
      author_kind: 'contact',
      author_id: null,
      state: 'received',
      seq: 2,
    });
    expect(data.ticket).toMatchObject({
      state: 'waiting',
      controller: 'queue',
      channel_id: whatsapp.id,
      department_id: account.departments['Suporte'],
      assignee_id: null,
      unread_count: 1,
      /* told to many: whoever may read the phone asks for the ticket */
      contact: { name: rita.name, address: expect.stringMatching(/^\+55 \d\d •••••-\d{4}$/) as string },
    });
    expect((await ticketOf(ana, rita.name)).contact.address).toBe(`+${rita.wa_id}`);
    expect(data.ticket.protocol).toMatch(/^\d{8}-\d{4}$/);
    expect(await ticketOf(ana, rita.name)).toMatchObject({ id: data.ticket.id, protocol: data.ticket.protocol });
    live.close();
  });

  it('is welcomed with the protocol', async () => {
    const rita = await whatsapp.customer();
    await rita.say('Oi');
    const [welcome] = await rita.texts();
    const ticket = await ticketOf(ana, rita.name);
    expect(welcome).toBe(`Olá, Rita! Protocolo ${ticket.protocol}.`);
    expect(await thread(ana, ticket.id)).toMatchObject([
      { direction: 'system', detail: { event: 'ticket_opened', protocol: ticket.protocol } },
      { direction: 'in', text: 'Oi' },
      { direction: 'out', author_kind: 'bot', text: welcome },
    ]);
  });

  it('is not welcomed twice in one conversation', async () => {
    const rita = await whatsapp.customer();
    await rita.say('Oi');
    await rita.texts();
    await rita.say('Alguém aí?');
    const ticket = await ticketOf(ana, rita.name);
    await take(ana, ticket.id);
    await reply(ana, ticket.id, 'Estou aqui');
    expect((await rita.texts(2)).filter((text) => text.startsWith('Olá'))).toHaveLength(1);
  });
});

describe('a reply', () => {
  it('reaches the phone, and its ticks turn: accepted, delivered, read', async () => {
    const rita = await whatsapp.customer();
    await rita.say('Oi');
    const ticket = await ticketOf(ana, rita.name);
    const live = await ana.live();
    expect(await take(ana, ticket.id)).toMatchObject({ state: 'serving', controller: 'user', assignee_id: account.members.ana });

    const sent = await reply(ana, ticket.id, 'Bom dia, Rita! Já vou ver.');
    expect(sent).toMatchObject({ direction: 'out', state: 'queued', author_kind: 'member', author_id: account.members.ana });
    expect(await rita.texts(2)).toContain('Bom dia, Rita! Já vou ver.');
    await live.message(ticket.id, 'delivered', ({ seq }) => seq === sent.seq);
    await rita.read();
    await live.message(ticket.id, 'read', ({ seq }) => seq === sent.seq);
    expect((await theTicket(ana, ticket.id)).last).toMatchObject({
      direction: 'out',
      state: 'read',
      preview: 'Bom dia, Rita! Já vou ver.',
    });
    live.close();
  });
});

it('somebody who writes is seen writing, on the phone too', async () => {
  const rita = await whatsapp.customer();
  await rita.say('Oi');
  const ticket = await ticketOf(ana, rita.name);
  await take(ana, ticket.id);
  (await ana.post(`/api/v1/tickets/${ticket.id}/typing`)).ok(204);
  await until('the phone showing it', () => rita.sees('is_typing'));
});

describe('a whisper', () => {
  it('is read by the team and never leaves the house', async () => {
    const rita = await whatsapp.customer();
    await rita.say('Oi');
    const ticket = await ticketOf(ana, rita.name);
    await take(ana, ticket.id);
    const secret = await whisper(ana, ticket.id, 'Cliente em atraso, cuidado');
    expect(secret).toMatchObject({ direction: 'note', state: 'internal' });
    await reply(ana, ticket.id, 'Um momento');

    const texts = await rita.texts(2);
    expect(texts).toContain('Um momento');
    expect(texts.join()).not.toContain('atraso');
    const bruno = await account.as('bruno');
    expect((await thread(bruno, ticket.id)).map(({ text }) => text)).toContain('Cliente em atraso, cuidado');
  });
});
