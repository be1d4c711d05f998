/** A conversation on somebody's home page, from both sides. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { inbound, messageOf, reply, take, type Ticket, ticketOf, whisper } from '../support/desk.ts';
import { aWebchat, type Visitor, type Webchat } from '../support/webchat.ts';

let account: Account;
let ana: Browser;
let webchat: Webchat;

beforeAll(async () => {
  account = await anAccount();
  ana = await account.as('ana');
  webchat = await aWebchat(account, {}, { welcome_text: 'Oi, {{contact.first_name}}! Protocolo {{ticket.protocol}}.' });
});

async function talking(): Promise<{ visitor: Visitor; ticket: Ticket }> {
  const visitor = await webchat.visitor();
  (await visitor.say('Oi')).ok(202);
  const ticket = await take(ana, (await ticketOf(ana, visitor.name)).id);
  return { visitor, ticket };
}

describe('a visitor', () => {
  it('who only looks leaves no ticket', async () => {
    const visitor = await webchat.visitor();
    expect(await visitor.conversation()).toEqual({ data: [], has_older: false, unread: 0, state: 'none' });
    expect(
      (await ana.get('/api/v1/tickets?tab=waiting')).ok<Schemas['TicketPage']>().data.map(({ contact }) => contact.name),
    ).not.toContain(visitor.name);
  });

  it('who writes has a ticket, is welcomed, and sees both', async () => {
    const visitor = await webchat.visitor();
    (await visitor.say('Boa tarde')).ok(202);
    const ticket = await ticketOf(ana, visitor.name);
    expect(ticket).toMatchObject({ state: 'waiting', window_ends_at: null, channel_id: webchat.channel.id });
    const { data, state } = await visitor.seeing('the welcome', (seen) => seen.data.length === 2);
    expect(data).toMatchObject([
      { from: 'visitor', author: null, kind: 'text', text: 'Boa tarde' },
      { from: 'bot', kind: 'text', text: `Oi, Visita! Protocolo ${ticket.protocol}.` },
    ]);
    expect(state).toBe('open');
  });

  it('is answered by first name, live on the page', async () => {
    const { visitor, ticket } = await talking();
    const live = await visitor.live();
    await reply(ana, ticket.id, 'Já vou ver');
    const { data } = await live.next('message', ({ message }) => message.text === 'Já vou ver');
    expect(data.message).toMatchObject({ from: 'team', author: 'Ana', kind: 'text' });
    live.close();
  });

  it('never sees a whisper, nor a line of the system', async () => {
    const { visitor, ticket } = await talking();
    const live = await visitor.live();
    await whisper(ana, ticket.id, 'esse aí reclama sempre');
    await reply(ana, ticket.id, 'Pois não?');
    await live.next('message', ({ message }) => message.text === 'Pois não?');
    const { data } = await visitor.conversation();
    expect(JSON.stringify([data, live.events])).not.toContain('reclama');
    expect(new Set(data.map(({ kind }) => kind))).toEqual(new Set(['text']));
    live.close();
  });

  it('who sends the same message again sent it once', async () => {
    const visitor = await webchat.visitor();
    const client_key = randomUUID();
    await Promise.all([1, 2, 3].map(async () => (await visitor.say('uma vez', { client_key })).ok(202)));
    const ticket = await ticketOf(ana, visitor.name);
    (await visitor.say('depois')).ok(202);
    await messageOf(ana, ticket.id, 'after it', ({ text }) => text === 'depois');
    expect((await inbound(ana, ticket.id)).map(({ text }) => text)).toEqual(['uma vez', 'depois']);
    expect((await visitor.conversation()).data.filter((message) => message.client_key === client_key)).toHaveLength(1);
  });

  it('and another with the same key do not get into each other', async () => {
    const client_key = randomUUID();
    const [one, other] = [await webchat.visitor(), await webchat.visitor()];
    (await one.say('de um', { client_key })).ok(202);
    (await other.say('do outro', { client_key })).ok(202);
    expect((await inbound(ana, (await ticketOf(ana, one.name)).id)).map(({ text }) => text)).toEqual(['de um']);
    expect((await inbound(ana, (await ticketOf(ana, other.name)).id)).map(({ text }) => text)).toEqual(['do outro']);
  });

  it('says something', async () => {
    const visitor = await webchat.visitor();
    (await visitor.say('   ')).refused(400, 'message_empty', 'text');
    (await visitor.say('x'.repeat(10_001))).refused(400, 'too_long', 'text');
    (await visitor.say('x', { client_key: 'short' })).refused(400, 'too_short', 'client_key');
  });
});
