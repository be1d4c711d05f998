/** What an account knows of its contacts: fields of its own, groups, consent, registrations. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { inState, reply, serving } from '../support/desk.ts';
import { until } from '../support/until.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

type Contact = Schemas['Contact'];
type Ledger = { data: Schemas['ConsentEvent'][]; next: string | null };

let account: Account;
let olga: Browser;
let ana: Browser;
let whatsapp: Whatsapp;

const create = async (body: object): Promise<Contact> => (await olga.post('/api/v1/contacts', body)).ok<Contact>(201);

beforeAll(async () => {
  account = await anAccount();
  [olga, ana, whatsapp] = await Promise.all([account.as('olga'), account.as('ana'), aWhatsapp(account)]);
});

describe('fields of the account’s own', () => {
  it('are read by their kind, kept as it is written, and refused by their name', async () => {
    const field = async (body: object): Promise<number> => (await olga.post('/api/v1/contact-fields', body)).ok<{ id: number }>(201).id;
    const [plan, since, size, vip] = [
      await field({ name: 'Plano', kind: 'choice', choices: ['Fibra', 'Rádio'] }),
      await field({ name: 'Cliente desde', kind: 'date' }),
      await field({ name: 'Velocidade', kind: 'number' }),
      await field({ name: 'VIP', kind: 'flag' }),
    ];
    const rita = await create({
      name: 'Rita',
      fields: [
        { field_id: plan, value: 'fibra' },
        { field_id: since, value: '27/11/2020' },
        { field_id: size, value: '1.000,5' },
        { field_id: vip, value: 'sim' },
      ],
    });
    expect(rita.fields).toEqual([
      { field_id: plan, value: 'Fibra' },
      { field_id: since, value: '2020-11-27' },
      { field_id: size, value: '1000.5' },
      { field_id: vip, value: 'true' },
    ]);
    const path = `/api/v1/contacts/${rita.id}`;
    (await ana.patch(path, { fields: [] })).refused(404, 'not_found');
    (await olga.patch(path, { fields: [{ field_id: since, value: 'ontem' }] })).refused(400, 'value_invalid', `fields.${since}`);
    (await olga.patch(path, { fields: [{ field_id: 900_000_000, value: 'x' }] })).refused(404, 'field_unknown', 'fields');
    expect((await olga.patch(path, { fields: [{ field_id: plan, value: null }] })).ok<Contact>().fields).toHaveLength(3);

    (await olga.patch(`/api/v1/contact-fields/${since}`, { is_required: true, name: 'Desde' })).ok(204);
    (await olga.post('/api/v1/contacts', { name: 'Sem data' })).refused(400, 'required', `fields.${since}`);
    (await olga.patch(path, { fields: [{ field_id: since, value: null }] })).refused(400, 'required', `fields.${since}`);
    (await olga.delete(`/api/v1/contact-fields/${since}`)).ok(204);
    expect((await olga.get(path)).ok<Contact>().fields).toHaveLength(2);
    (await olga.post('/api/v1/contact-fields', { name: 'Plano', kind: 'text' })).refused(409, 'field_name_is_taken');
    (await olga.post('/api/v1/contact-fields', { name: 'Cor', kind: 'choice' })).refused(400, 'required', 'choices');
    (await olga.post('/api/v1/contact-fields', { name: 'Cor', kind: 'colour' })).refused(400, 'unknown_value', 'kind');
    (await ana.post('/api/v1/contact-fields', { name: 'Cor', kind: 'text' })).refused(403, 'permission_denied');
  });
});

describe('groups', () => {
  it('count who is in them, narrow the list, and go without their contacts', async () => {
    const people = [await create({ name: 'Um' }), await create({ name: 'Dois' })];
    const ids = people.map(({ id }) => id);
    const group = (await olga.post('/api/v1/contact-groups', { name: 'Condomínio' })).ok<Schemas['ContactGroup']>(201);
    const path = `/api/v1/contact-groups/${group.id}`;
    expect((await olga.post(`${path}/add`, { contact_ids: ids })).ok()).toMatchObject({ member_count: 2 });
    expect((await olga.post(`${path}/add`, { contact_ids: ids })).ok()).toMatchObject({ member_count: 2 });
    const page = (await olga.get(`/api/v1/contacts?group_id=${group.id}`)).ok<Schemas['ContactPage']>();
    expect([page.count, page.data.map(({ id }) => id)]).toEqual([2, ids.toReversed()]);
    expect((await olga.post(`${path}/remove`, { contact_ids: [ids[0]] })).ok()).toMatchObject({ member_count: 1 });
    expect((await olga.get(`/api/v1/contacts/${ids[1] ?? 0}`)).ok<Contact>().group_ids).toEqual([group.id]);
    const stranger = await anAccount();
    const theirs = (await (await stranger.as('olga')).post('/api/v1/contacts', { name: 'Alheio' })).ok<Contact>(201);
    (await olga.post(`${path}/add`, { contact_ids: [theirs.id] })).refused(404, 'contact_unknown', 'contact_ids');
    (await olga.post('/api/v1/contact-groups', { name: 'Condomínio' })).refused(409, 'contact_group_name_is_taken');
    (await olga.delete(path)).ok(204);
    (await olga.get(`/api/v1/contacts/${ids[1] ?? 0}`)).ok();
  });
});

describe('consent', () => {
  it('X149: nothing leaves to whoever wrote /bloquear, until consent is recorded anew; the message is the proof', async () => {
    const rita = await whatsapp.customer();
    const ticket = await serving(ana, rita);
    const path = `/api/v1/contacts/${ticket.contact.id}`;
    const post = (text: string) => ana.post(`/api/v1/tickets/${ticket.id}/messages`, { mode: 'reply', client_key: `chave-${text}`, text });
    const waiting = (await post('antes')).ok<Schemas['Message']>(201);
    await inState(ana, waiting, 'delivered');
    await rita.say('/Bloquear');
    await until('withdrawn', async () => (await ana.get(path)).ok<Contact>().consent === 'withdrawn' || undefined);
    (await post('depois')).refused(409, 'opted_out');
    (await ana.post(`/api/v1/tickets/${ticket.id}/messages`, { mode: 'whisper', client_key: 'chave-nota', text: 'não insista' })).ok(201);
    const ledger = (await ana.get(`${path}/consents`)).ok<Ledger>();
    expect(ledger.data).toMatchObject([{ kind: 'messages', act: 'withdrawn', source: 'contact', channel_id: whatsapp.id, wording: '/bloquear', ticket_id: ticket.id, member_id: null }]);
    expect(ledger.data[0]?.seq).toBeGreaterThan(1);
    (await ana.post(`${path}/consents`, { kind: 'messages', act: 'granted', wording: 'termos-2026-11', note: 'por telefone', ticket_id: ticket.id, seq: 2 })).ok(201);
    const after = (await post('de novo')).ok<Schemas['Message']>(201);
    await inState(ana, after, 'delivered');
    expect((await olga.get('/api/v1/contacts?consent=granted')).ok<Schemas['ContactPage']>().data.map(({ id }) => id)).toContain(ticket.contact.id);
  });

  it('a failed one is not tried again', async () => {
    const ticket = await serving(ana, await whatsapp.customer());
    const sent = await reply(ana, ticket.id, 'fica parada');
    await inState(ana, sent, 'delivered');
    (await ana.post(`/api/v1/contacts/${ticket.contact.id}/consents`, { kind: 'messages', act: 'withdrawn' })).ok(201);
    await sql("UPDATE messages SET state = 'failed', error_slug = 'provider_error' WHERE account_id = :'a' AND ticket_id = :'t' AND seq = :'s'", { a: account.id, t: ticket.id, s: sent.seq });
    (await ana.post(`/api/v1/tickets/${ticket.id}/messages/${sent.seq}/retry`)).refused(409, 'opted_out');
  });

  it('is only ever added to, and proves by messages of theirs alone', async () => {
    const rita = await create({ name: 'Rita do termo' });
    const path = `/api/v1/contacts/${rita.id}/consents`;
    for (const act of ['granted', 'withdrawn', 'granted']) (await olga.post(path, { kind: 'terms', act })).ok(201);
    const page = (await olga.get(`${path}?limit=2`)).ok<Ledger>();
    const rest = (await olga.get(`${path}?limit=2&after=${page.next ?? ''}`)).ok<Ledger>();
    expect([...page.data, ...rest.data].map(({ act }) => act)).toEqual(['granted', 'withdrawn', 'granted']);
    expect((await olga.get(`/api/v1/contacts/${rita.id}`)).ok<Contact>().consent).toBe('none');
    const ticket = await serving(ana, await whatsapp.customer());
    (await olga.post(path, { kind: 'terms', act: 'granted', ticket_id: ticket.id, seq: 1 })).refused(404, 'message_unknown', 'seq');
    (await olga.post(path, { kind: 'terms', act: 'granted', channel_id: 1 })).refused(404, 'channel_unknown', 'channel_id');
    (await olga.post(path, { kind: 'everything', act: 'granted' })).refused(400, 'unknown_value', 'kind');
    for (const statement of ["UPDATE consent_events SET act = 'granted'", 'DELETE FROM consent_events']) {
      await expect(sql(`SET ROLE balcao_api; SELECT set_config('balcao.account', '${account.id}', false); ${statement} WHERE account_id = ${account.id}`)).rejects.toThrow(/permission denied/);
    }
  });
});

describe('registrations', () => {
  it('are one for each document, tied to several contacts, masked, and not shown to whoever sees none of these', async () => {
    const [mother, son] = [await create({ name: 'Mãe' }), await create({ name: 'Filho' })];
    const document = '12.ABC.345/01DE-35';
    const [first] = (await olga.post(`/api/v1/contacts/${mother.id}/customers`, { document, name: 'Padaria' })).ok<{ data: Schemas['Customer'][] }>(201).data;
    const [again] = (await olga.post(`/api/v1/contacts/${son.id}/customers`, { document: document.toLowerCase() })).ok<{ data: Schemas['Customer'][] }>(201).data;
    expect(again).toMatchObject({ id: first?.id, kind: 'company', document, name: 'Padaria' });
    (await olga.post(`/api/v1/contacts/${son.id}/customers`, { document: '529.982.247-24', name: 'X' })).refused(400, 'document_invalid', 'document');
    (await olga.post(`/api/v1/contacts/${son.id}/customers`, { document: '111.444.777-35' })).refused(400, 'required', 'name');
    const path = `/api/v1/customers/${first?.id ?? 0}`;
    expect((await olga.patch(path, { birth_on: '01/02/1990', city: 'Chapecó', street: 'Rua A, 1', phone: '+55 49 3322-0417' })).ok()).toMatchObject({ birth_on: '1990-02-01', phone: '554933220417' });
    (await olga.patch(path, { birth_on: '31/02/1990' })).refused(400, 'date_invalid', 'birth_on');
    (await ana.get(path)).refused(404, 'not_found');

    await sql("UPDATE groups SET masks = 31 WHERE account_id = :'a' AND builtin = 'manager'", { a: account.id });
    const camila = await account.as('camila');
    expect((await camila.get(path)).ok()).toMatchObject({ document: '••.ABC.345/••••-••', birth_on: '••/••/1990', street: '', city: 'Chapecó' });
    (await camila.patch(path, { birth_on: '1991-01-01' })).refused(403, 'field_masked', 'birth_on');
    (await olga.delete(`/api/v1/contacts/${son.id}/customers/${first?.id ?? 0}`)).ok();
    (await olga.delete(`/api/v1/contacts/${son.id}/customers/${first?.id ?? 0}`)).refused(404, 'not_found');
    const trail = await sql("SELECT string_agg(detail, ' ') FROM audit_events WHERE account_id = :'a' AND subject_kind = 'customer'", { a: account.id });
    for (const said of ['Padaria', '12ABC', '1990', '3322']) expect(trail).not.toContain(said);
  });
});
