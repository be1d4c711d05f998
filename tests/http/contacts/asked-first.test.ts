/** What a new contact is asked before anybody serves them, whether they are saved by themselves, and who decides that. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { until } from '../support/until.ts';
import { aWhatsapp, type Customer, type Whatsapp } from '../support/whatsapp.ts';

let account: Account;
let olga: Browser;
let ana: Browser;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  [olga, ana, whatsapp] = await Promise.all([account.as('olga'), account.as('ana'), aWhatsapp(account)]);
});

const contactRules = (body: object) => olga.patch('/api/v1/settings/contacts', body);
const terms = (body: object) => olga.patch('/api/v1/settings/terms', body);
const quiet = { restriction: 'none', saves_contacts: true, asks_consent: false, asks_birth_date: false, asks_document: false, request_text: '', tries: 3 };

/** The only ticket of somebody, as soon as the house has it in this state. */
async function ticketOf({ wa_id }: Customer, state: string): Promise<Schemas['Ticket']> {
  const id = await until(`a ticket of theirs is ${state}`, async () => Number(await sql("SELECT t.id FROM tickets t WHERE t.account_id = :'a' AND t.contact_address = :'w' AND t.state = :'s'", { a: account.id, w: wa_id ?? '', s: state })) || undefined);
  return (await olga.get(`/api/v1/tickets/${id}`)).ok<Schemas['Ticket']>();
}

const words = (phones: { content: Record<string, unknown> }[]): string[] => phones.map(({ content }) => String(content['body']));

describe('the settings', () => {
  it('are the administrators’ to change, and the terms only a link that is encrypted', async () => {
    (await ana.get('/api/v1/settings/contacts')).refused(403, 'permission_denied');
    (await ana.patch('/api/v1/settings/terms', { is_required: false })).refused(403, 'permission_denied');
    (await terms({ is_required: true, url: '' })).refused(400, 'required', 'url');
    for (const url of ['http://exemplo.org', 'javascript:alert(1)', 'https://', 'https://x y.org', 'https://a@b.org', 'https://{{contact.name}}.org', 'https://semponto']) (await terms({ url })).refused(400, 'url_invalid', 'url');
    (await contactRules({ restriction: 'perhaps' })).refused(400, 'unknown_value', 'restriction');
    (await contactRules({ tries: 0 })).refused(400, 'out_of_range', 'tries');
    (await contactRules({ request_text: 'Olá {{nobody.knows}}' })).refused(400, 'variable_unknown', 'request_text');
  });

  it('keep each wording under a version of its own, and the same one under the same', async () => {
    const one = (await terms({ url: 'https://exemplo.org/termos' })).ok<Schemas['Terms']>();
    expect((await terms({ url: 'https://exemplo.org/termos' })).ok<Schemas['Terms']>().version).toBe(one.version);
    const two = (await terms({ url: 'https://exemplo.org/termos-2' })).ok<Schemas['Terms']>();
    expect(two.version).toBe(one.version + 1);
    expect(two.wording).toContain('https://exemplo.org/termos-2');
  });
});

describe('somebody new', () => {
  it('is asked in order, is heard, and reaches the queue with what they said', async () => {
    (await terms({ url: 'https://exemplo.org/termos', is_required: true })).ok();
    (await contactRules({ ...quiet, restriction: 'approve', asks_consent: true, asks_birth_date: true, asks_document: true, request_text: 'Precisamos de uns dados.' })).ok();
    const rita = await whatsapp.customer();
    await rita.say('Oi');
    expect(words(await rita.received(1))[0]).toContain('https://exemplo.org/termos');
    const ticket = await ticketOf(rita, 'bot');
    expect((await olga.get(`/api/v1/tickets/${ticket.id}/intake`)).ok<Schemas['Intake']>()).toMatchObject({ state: 'asking', missing: ['terms', 'consent', 'birth_date', 'document'] });
    await rita.say('Sim');
    expect(words(await rita.received(2))[1]).toContain('Precisamos de uns dados.');
    await rita.say('sim');
    await rita.received(3);
    await rita.say('25 de dezembro de 1990');
    await rita.received(4);
    await rita.say('529.982.247-25');
    expect(words(await rita.received(5))[4]).toContain('Obrigado');
    await ticketOf(rita, 'waiting');
    const contact = (await olga.get(`/api/v1/contacts/${ticket.contact.id}`)).ok<Schemas['Contact']>();
    expect(contact).toMatchObject({ is_saved: true, birth_on: '1990-12-25' });
    const ledger = (await olga.get(`/api/v1/contacts/${contact.id}/consents`)).ok<{ data: Schemas['ConsentEvent'][] }>().data;
    expect(ledger.map(({ kind, act, source }) => [kind, act, source])).toEqual([
      ['data_storage', 'granted', 'contact'],
      ['terms', 'granted', 'contact'],
    ]);
    for (const { provider_id, wording, seq } of ledger) expect([provider_id, Number(wording) > 0, (seq ?? 0) > 0]).toEqual([expect.stringContaining('wamid'), true, true]);
    (await olga.post(`/api/v1/tickets/${ticket.id}/intake/override`, { reason: 'tarde' })).refused(409, 'intake_over');
    (await terms({ is_required: false })).ok();
    (await contactRules(quiet)).ok();
  });

  it('is let through by who may stop the bot, with a reason, and by nobody else', async () => {
    (await contactRules({ ...quiet, restriction: 'approve', asks_document: true })).ok();
    const rita = await whatsapp.customer();
    await rita.say('Oi');
    await rita.received(1);
    const { id } = await ticketOf(rita, 'bot');
    (await ana.post(`/api/v1/tickets/${id}/intake/override`, { reason: 'x' })).refused(403, 'permission_denied');
    (await olga.post(`/api/v1/tickets/${id}/intake/override`, { reason: ' ' })).refused(400, 'required', 'reason');
    expect((await olga.post(`/api/v1/tickets/${id}/intake/override`, { reason: 'Cliente antigo' })).ok<Schemas['Ticket']>().state).toBe('waiting');
    expect((await olga.get(`/api/v1/tickets/${id}/intake`)).ok<Schemas['Intake']>()).toMatchObject({ state: 'overridden', reason: 'Cliente antigo' });
    (await contactRules(quiet)).ok();
  });

  it('is in the conversation only when nobody is saved by themselves, until somebody saves them', async () => {
    (await contactRules({ ...quiet, saves_contacts: false })).ok();
    const rita = await whatsapp.customer();
    await rita.say('Oi');
    const { contact } = await ticketOf(rita, 'waiting');
    const listed = async (query: string): Promise<number[]> => (await olga.get(`/api/v1/contacts?${query}`)).ok<Schemas['ContactPage']>().data.map(({ id }) => id);
    expect(await listed('order=newest')).not.toContain(contact.id);
    expect(await listed(`q=${encodeURIComponent(rita.name)}`)).not.toContain(contact.id);
    expect(await listed('state=unsaved')).toContain(contact.id);
    expect((await olga.post(`/api/v1/contacts/${contact.id}/save`)).ok<Schemas['Contact']>().is_saved).toBe(true);
    expect(await listed('order=newest')).toContain(contact.id);
    expect(await listed('state=unsaved')).not.toContain(contact.id);
    (await contactRules(quiet)).ok();
  });
});
