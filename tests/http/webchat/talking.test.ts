/** A conversation on somebody's home page, from both sides. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { inState, inbound, messageOf, reply, take, type Ticket, ticketOf, whisper } from '../support/desk.ts';
import { aPng, HTML } from '../support/files.ts';
import { until } from '../support/until.ts';
import { aWebchat, type Visitor, type Webchat } from '../support/webchat.ts';

let account: Account;
let ana: Browser;
let webchat: Webchat;

beforeAll(async () => {
  account = await anAccount();
  ana = await account.as('ana');
  webchat = await aWebchat(account, {}, { welcome_text: 'Oi, {name}! Protocolo {protocol}.' });
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
    expect((await ana.get('/api/v1/tickets?tab=waiting')).ok<Schemas['TicketPage']>().data.map(({ contact }) => contact.name)).not.toContain(visitor.name);
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

describe('the conversation', () => {
  it('is paged back from the last message, in order and without gaps', async () => {
    const visitor = await webchat.visitor();
    const texts = Array.from({ length: 25 }, (_, turn) => `linha ${String(turn).padStart(2, '0')}`);
    for (const text of texts) (await visitor.say(text)).ok(202);
    await visitor.seeing('all lines', ({ data }) => data.filter(({ from }) => from === 'visitor').length === 25);

    const seen = [];
    let page = await visitor.conversation('limit=10');
    for (;;) {
      seen.unshift(...page.data);
      if (!page.has_older) break;
      page = await visitor.conversation(`limit=10&before=${encodeURIComponent(page.data[0]?.id ?? '')}`);
    }
    expect(seen.filter(({ from }) => from === 'visitor').map(({ text }) => text)).toEqual(texts);
    const ids = seen.map(({ id }) => id);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);

    const newer = await visitor.conversation(`after=${encodeURIComponent(ids[20] ?? '')}`);
    expect(newer.data.map(({ id }) => id)).toEqual(ids.slice(21));
  });

  it('goes on after the ticket was closed, and the visitor sees all of it', async () => {
    const { visitor, ticket } = await talking();
    const live = await visitor.live();
    (await ana.post(`/api/v1/tickets/${ticket.id}/close`, { reason_id: account.reasons['Resolvido'] })).ok();
    const closed = await visitor.seeing('the end', ({ state }) => state === 'closed');
    expect(closed.data.at(-1)?.text).toContain('Até logo, Visita!');
    await live.next('ticket', ({ state }) => state === 'closed');
    (await visitor.say('Só mais uma coisa')).ok(202);
    await visitor.seeing('the new beginning', ({ state, data }) => state === 'open' && data.some(({ text }) => text === 'Oi'));
    live.close();
  });

  it('takes no cursor that is none', async () => {
    const visitor = await webchat.visitor();
    for (const cursor of ['x', '1', '-', '99999999999999999999-1', '1-1-1', "'; --"]) {
      (await visitor.ask('GET', `/api/v1/widget/messages?before=${encodeURIComponent(cursor)}`)).refused(400, 'cursor_invalid', 'before');
    }
  });
});

describe('what was read', () => {
  it('by the visitor turns the ticks of the team', async () => {
    const { visitor, ticket } = await talking();
    const sent = await reply(ana, ticket.id, 'Leia isto');
    const { data, unread } = await visitor.seeing('it unread', (seen) => seen.data.some(({ text }) => text === 'Leia isto'));
    expect(unread).toBe(2);
    const last = data.at(-1)?.id ?? '';
    await visitor.read(last, 'delivered');
    await inState(ana, sent, 'delivered');
    expect((await visitor.conversation()).unread).toBe(2);
    await visitor.read(last);
    await inState(ana, sent, 'read');
    await visitor.seeing('nothing unread', (seen) => seen.unread === 0);
  });

  it('is said of a place that exists', async () => {
    const visitor = await webchat.visitor();
    (await visitor.ask('POST', '/api/v1/widget/read', { id: 'x', state: 'read' })).refused(400, 'wrong_type', 'id');
    (await visitor.ask('POST', '/api/v1/widget/read', { id: '1', state: 'eaten' })).refused(400, 'wrong_type', 'id');
  });
});

it('both sides see each other typing', async () => {
  const { visitor, ticket } = await talking();
  const [page, desk] = await Promise.all([visitor.live(), ana.live()]);
  (await ana.post(`/api/v1/tickets/${ticket.id}/typing`)).ok(204);
  await page.next('typing');
  (await visitor.ask('POST', '/api/v1/widget/typing')).ok(204);
  const { data } = await desk.next('typing', ({ who }) => who === 'contact');
  expect(data).toMatchObject({ ticket_id: ticket.id, member_id: null });
  page.close();
  desk.close();
});

describe('a file', () => {
  it('of the visitor reaches the team with the very bytes', async () => {
    const visitor = await webchat.visitor();
    const bytes = aPng('do site');
    const file = (await visitor.upload('tela.png', 'image/png', bytes)).ok<Schemas['Attachment']>(201);
    expect((await visitor.media(file.id)).bytes.equals(bytes)).toBe(true);
    (await visitor.say('', { attachment_id: file.id })).ok(202);
    const ticket = await ticketOf(ana, visitor.name);
    const message = await messageOf(ana, ticket.id, 'with the file', ({ attachments }) => attachments.length === 1);
    expect(message).toMatchObject({ kind: 'image', attachments: [{ id: file.id, filename: 'tela.png', state: 'ready' }] });
    expect((await ana.media(file.id)).bytes.equals(bytes)).toBe(true);
  });

  it('of the team reaches the visitor with the very bytes', async () => {
    const { visitor, ticket } = await talking();
    const bytes = aPng('da equipe');
    const file = (await ana.upload('manual.png', 'image/png', bytes)).ok<Schemas['Attachment']>(201);
    await reply(ana, ticket.id, { attachment_id: file.id, text: 'Veja' });
    const { data } = await visitor.seeing('the file', (seen) => seen.data.some(({ attachments }) => attachments.length > 0));
    expect(data.at(-1)).toMatchObject({ kind: 'image', text: 'Veja', attachments: [{ id: file.id }] });
    const answer = await visitor.media(file.id);
    expect(answer.bytes.equals(bytes)).toBe(true);
    expect(answer.headers['cross-origin-resource-policy']).toBe('cross-origin');
  });

  it('is not for another visitor, nor is a whispered one for anybody outside', async () => {
    const { visitor, ticket } = await talking();
    const stranger = await webchat.visitor();
    const shown = (await ana.upload('a.png', 'image/png', aPng('mostrado'))).ok<Schemas['Attachment']>(201);
    const secret = (await ana.upload('b.png', 'image/png', aPng('sussurrado'))).ok<Schemas['Attachment']>(201);
    await reply(ana, ticket.id, { attachment_id: shown.id });
    await whisper(ana, ticket.id, { attachment_id: secret.id });
    await until('the file shown', async () => (await visitor.media(shown.id)).status === 200);
    (await stranger.media(shown.id)).refused(404, 'not_found');
    (await visitor.media(secret.id)).refused(404, 'not_found');
    const own = (await visitor.upload('c.png', 'image/png', aPng('minha'))).ok<Schemas['Attachment']>(201);
    (await stranger.media(own.id)).refused(404, 'not_found');
    (await stranger.say('', { attachment_id: own.id })).refused(404, 'attachment_unknown', 'attachment_id');
  });

  it('that lies is refused', async () => {
    const visitor = await webchat.visitor();
    (await visitor.upload('x.png', 'image/png', HTML)).refused(415, 'file_kind_mismatch');
  });

  it('larger than the widget takes is refused by the edge, readably', async () => {
    const visitor = await webchat.visitor();
    const answer = await visitor.ask('PUT', '/api/v1/widget/uploads?filename=x', Buffer.alloc(0), { 'Content-Type': 'video/mp4', 'Content-Length': String(17 * 1024 * 1024) });
    answer.refused(413, 'body_too_large');
    expect(answer.headers).toHaveProperty('access-control-allow-origin');
  });
});
