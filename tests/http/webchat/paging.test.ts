/** The conversation on the page: read back, read up, and going on after its end. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Browser } from '../support/browser.ts';
import { inState, reply, take, type Ticket, ticketOf } from '../support/desk.ts';
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
      (await visitor.ask('GET', `/api/v1/widget/messages?before=${encodeURIComponent(cursor)}`)).refused(
        400,
        'cursor_invalid',
        'before',
      );
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
