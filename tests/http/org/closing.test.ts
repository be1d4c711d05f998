/** What the account says by itself: a welcome once for each new ticket, and the goodbye of the reason, of the account, or of nobody. */
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { messageOf, serving, thread, ticketOf } from '../support/desk.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

type Reason = Schemas['CloseReason'];

let account: Account;
let whatsapp: Whatsapp;
let rafael: Browser;
let ana: Browser;

beforeEach(async () => {
  account = await anAccount();
  [rafael, ana, whatsapp] = await Promise.all([account.as('rafael'), account.as('ana'), aWhatsapp(account)]);
});

const says = async (body: Partial<Schemas['Settings']>) => (await rafael.patch('/api/v1/settings', body)).ok<Schemas['Settings']>();
const aReason = async (more: Partial<Reason> = {}): Promise<Reason> =>
  (await rafael.post('/api/v1/close-reasons', { name: randomUUID(), ...more })).ok<Reason>(201);
const close = (id: number, body: { reason_id?: number; message?: string }) => ana.post(`/api/v1/tickets/${id}/close`, body);
const closedLine = async (id: number) => (await thread(ana, id)).at(-1)?.detail;

describe('settings', () => {
  it('begin silent, with thirty seconds between sends', async () => {
    expect((await rafael.get('/api/v1/settings')).ok()).toEqual({ welcome_text: '', closing_text: '', campaign_interval_s: 30, requires_reason: true });
    (await rafael.patch('/api/v1/settings', { campaign_interval_s: 1 })).refused(400, 'out_of_range', 'campaign_interval_s');
    (await rafael.patch('/api/v1/settings', { closing_text: 'x'.repeat(1001) })).refused(400, 'too_long', 'closing_text');
    (await ana.get('/api/v1/settings')).refused(403, 'permission_denied');
    (await (await account.as('camila')).patch('/api/v1/settings', { closing_text: '' })).refused(403, 'permission_denied');
  });

  it('are what the close dialog is told', async () => {
    await says({ closing_text: 'Até logo!', requires_reason: false });
    expect(await account.catalogue()).toMatchObject({ closing: { text: 'Até logo!', requires_reason: false } });
  });
});

describe('a welcome', () => {
  it('reaches whoever begins, once, whatever they write then', async () => {
    await says({ welcome_text: 'Bem-vindo!' });
    const rita = await whatsapp.customer();
    await rita.say('Oi');
    await rita.say('Alguém aí?');
    const ticket = await ticketOf(ana, rita.name);
    await messageOf(ana, ticket.id, 'two', ({ text }) => text === 'Alguém aí?');
    expect(await rita.texts(1)).toEqual(['Bem-vindo!']);
    expect((await thread(ana, ticket.id)).filter(({ direction }) => direction === 'out')).toHaveLength(1);
  });

  it('is the department’s where it has one, and the channel’s before both', async () => {
    await says({ welcome_text: 'da conta' });
    (await rafael.patch(`/api/v1/departments/${account.departments['Suporte']}`, { welcome_text: 'do setor' })).ok();
    const rita = await whatsapp.customer();
    await rita.say('Oi');
    expect(await rita.texts(1)).toEqual(['do setor']);
    (await rafael.patch(`/api/v1/channels/${whatsapp.id}`, { welcome_text: 'do canal' })).ok();
    const paula = await whatsapp.customer();
    await paula.say('Oi');
    expect(await paula.texts(1)).toEqual(['do canal']);
  });
});

describe('a goodbye', () => {
  it('is the reason’s own, else the account’s', async () => {
    await says({ closing_text: 'Obrigado pelo contato!' });
    const [own, silent] = [await aReason({ message: 'Bom proveito!' }), await aReason()];
    const [rita, paula] = [await whatsapp.customer(), await whatsapp.customer()];
    const [first, second] = [await serving(ana, rita), await serving(ana, paula)];
    (await close(first.id, { reason_id: own.id })).ok();
    (await close(second.id, { reason_id: silent.id })).ok();
    expect(await rita.texts(1)).toEqual(['Bom proveito!']);
    expect(await paula.texts(1)).toEqual(['Obrigado pelo contato!']);
    expect(await closedLine(first.id)).toMatchObject({ event: 'ticket_closed', reason_id: own.id, message: 'sent' });
  });

  it('is shown to whoever closes as this customer would read it', async () => {
    await says({ closing_text: 'Até, {{contact.first_name}}!' });
    const forced = await aReason({ message: 'Guarde o protocolo {{ticket.protocol}}.', forces_message: true });
    const { id, protocol, contact } = await serving(ana, await whatsapp.customer());
    const shown = async (query: string) => (await ana.get(`/api/v1/tickets/${id}/closing${query}`)).ok();
    expect(await shown('')).toEqual({ message: `Até, ${contact.name.split(' ')[0]}!`, is_forced: false });
    expect(await shown(`?reason_id=${forced.id}`)).toEqual({ message: `Guarde o protocolo ${protocol}.`, is_forced: true });
    (await ana.get(`/api/v1/tickets/${id}/closing?reason_id=999999`)).refused(404, 'reason_unknown', 'reason_id');
    expect((await thread(ana, id)).filter(({ direction }) => direction === 'out')).toHaveLength(0);
  });

  it('closing twice says it once', async () => {
    const reason = await aReason({ message: 'Tchau!' });
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    const answers = await Promise.all([1, 2, 3].map(() => close(id, { reason_id: reason.id })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    await rita.texts(1);
    expect((await thread(ana, id)).filter(({ direction }) => direction === 'out')).toHaveLength(1);
  });

  it('that is forced is neither changed nor left out', async () => {
    const forced = await aReason({ message: 'Pague até sexta.', forces_message: true });
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    (await close(id, { reason_id: forced.id, message: 'Deixa pra lá.' })).refused(409, 'closing_message_forced', 'message');
    (await close(id, { reason_id: forced.id, message: '' })).refused(409, 'closing_message_forced', 'message');
    (await close(id, { reason_id: forced.id })).ok();
    expect(await rita.texts(1)).toEqual(['Pague até sexta.']);
    (await rafael.patch(`/api/v1/close-reasons/${forced.id}`, { message: '' })).refused(400, 'required', 'message');
  });

  it('that the channel no longer takes is named in the thread', async () => {
    const reason = await aReason({ message: 'Tchau!' });
    const { id } = await serving(ana, await whatsapp.customer());
    await sql("UPDATE tickets SET window_ends_at = now() - interval '1 minute' WHERE account_id = :'a' AND id = :'id'", { a: account.id, id });
    (await close(id, { reason_id: reason.id })).ok();
    expect(await closedLine(id)).toMatchObject({ message: 'window_closed' });
    expect((await thread(ana, id)).filter(({ direction }) => direction === 'out')).toHaveLength(0);
  });

  it('needs no reason where the account asks for none', async () => {
    await says({ requires_reason: false, closing_text: 'Até!' });
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    expect((await close(id, {})).ok<Schemas['Ticket']>().reason_id).toBeNull();
    expect(await rita.texts(1)).toEqual(['Até!']);
  });
});

describe('reasons', () => {
  it('are kept in order; one that closed a ticket goes out of use, never away', async () => {
    const [a, b] = [await aReason(), await aReason()];
    const list = (await rafael.put('/api/v1/close-reasons', { reason_ids: [b.id, a.id] })).ok<{ data: Reason[] }>().data;
    expect(list.slice(0, 2).map(({ id }) => id)).toEqual([b.id, a.id]);
    const { id } = await serving(ana, await whatsapp.customer());
    (await close(id, { reason_id: a.id })).ok();
    (await rafael.delete(`/api/v1/close-reasons/${a.id}`)).refused(409, 'reason_in_use');
    (await rafael.delete(`/api/v1/close-reasons/${b.id}`)).ok(204);
    (await rafael.patch(`/api/v1/close-reasons/${a.id}`, { is_active: false })).ok();
    const other = await serving(ana, await whatsapp.customer());
    (await close(other.id, { reason_id: a.id })).refused(404, 'reason_unknown', 'reason_id');
    (await rafael.post('/api/v1/close-reasons', { name: a.name })).refused(409, 'reason_name_is_taken');
    (await ana.get('/api/v1/close-reasons')).refused(403, 'permission_denied');
  });
});
