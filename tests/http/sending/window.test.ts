/** Free words only within 24 hours of the customer's last: known before sending, and again at sending. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { inState, messageOf, post, reply, serving, take, theTicket, ticketOf, whisper } from '../support/desk.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

const DAY_S = 24 * 3600;

let account: Account;
let ana: Browser;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  ana = await account.as('ana');
  whatsapp = await aWhatsapp(account);
});
beforeEach(() => whatsapp.faults({}));

const secondsAgo = (seconds: number): string => String(Math.floor(Date.now() / 1000) - seconds);
const close = (id: number): Promise<string> =>
  sql("UPDATE tickets SET window_ends_at = now() - interval '1 s' WHERE id = :'id'", { id });

describe('before sending', () => {
  it('the ticket says until when free words go', async () => {
    const rita = await whatsapp.customer();
    await rita.say('Oi', { timestamp: secondsAgo(3600) });
    const { window_ends_at } = await ticketOf(ana, rita.name);
    const left_s = (Date.parse(window_ends_at ?? '') - Date.now()) / 1000;
    expect(left_s).toBeGreaterThan(DAY_S - 3700);
    expect(left_s).toBeLessThan(DAY_S - 3500);
  });

  it('a reply too late is refused, a whisper is not', async () => {
    const rita = await whatsapp.customer();
    await rita.say('Oi', { timestamp: secondsAgo(DAY_S + 60) });
    const ticket = await ticketOf(ana, rita.name);
    await take(ana, ticket.id);
    (await post(ana, ticket.id, 'reply', 'tarde demais')).refused(409, 'window_closed');
    await whisper(ana, ticket.id, 'janela fechada');
    expect(await rita.received(0)).toEqual([]);
  });

  it('the customer opens it again by writing', async () => {
    const rita = await whatsapp.customer();
    await rita.say('Oi', { timestamp: secondsAgo(DAY_S + 60) });
    const ticket = await ticketOf(ana, rita.name);
    await take(ana, ticket.id);
    await rita.say('Ainda aí?');
    await messageOf(ana, ticket.id, 'that opens it', ({ text }) => text === 'Ainda aí?');
    await reply(ana, ticket.id, 'Sim!');
    expect(await rita.texts()).toEqual(['Sim!']);
  });

  it('an old message that comes late does not shorten it', async () => {
    const rita = await whatsapp.customer();
    await rita.say('agora');
    const ticket = await ticketOf(ana, rita.name);
    await rita.say('atrasada', { timestamp: secondsAgo(7200) });
    await messageOf(ana, ticket.id, 'that is late', ({ text }) => text === 'atrasada');
    expect((await theTicket(ana, ticket.id)).window_ends_at).toBe(ticket.window_ends_at);
  });

  it('a closing message too late is left out, and the ticket closes', async () => {
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    await close(id);
    (await ana.post(`/api/v1/tickets/${id}/close`, { reason_id: account.reasons['Resolvido'] })).ok();
    expect(await rita.received(0)).toEqual([]);
  });

  it('a transfer with a word to the customer too late is refused as a whole', async () => {
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    await close(id);
    (
      await ana.post(`/api/v1/tickets/${id}/transfer`, {
        department_id: account.departments['Vendas'],
        message: 'Vou passar você',
      })
    ).refused(409, 'window_closed');
    expect(await theTicket(ana, id)).toMatchObject({ state: 'serving', department_id: account.departments['Suporte'] });
  });
});

describe('at sending', () => {
  it('what waited until the window closed fails, and says why', async () => {
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    await whatsapp.faults({ answer_429_next: 1 });
    const sent = await reply(ana, id, 'no limite');
    await whatsapp.calls(1, ({ code }) => code === 130429);
    await close(id);
    expect(await inState(ana, sent, 'failed')).toMatchObject({ error_slug: 'window_closed', error_code: null });
    expect(await rita.received(0)).toEqual([]);
  });

  it.each(['sync', 'async'])('the provider has the last word (%s)', async (mode) => {
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    await rita.lastWrote(25 * 3600 * 1000);
    await whatsapp.faults({ refusal_mode: mode });
    const sent = await reply(ana, id, 'tarde');
    expect(await inState(ana, sent, 'failed')).toMatchObject({ error_slug: 'window_closed', error_code: 'WA-131047' });
  });
});
