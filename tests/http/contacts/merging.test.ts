/** Two that are one: found, merged, undone, and all of it while they write. */
import { randomInt } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { lines, sql } from '../support/database.ts';
import { serving } from '../support/desk.ts';
import { until } from '../support/until.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

type Contact = Schemas['Contact'];
type Pairs = { data: { contact: Schemas['ContactSketch']; other: Schemas['ContactSketch']; reasons: string[] }[]; next: string | null };

let account: Account;
let olga: Browser;
let ana: Browser;
let whatsapp: Whatsapp;

const create = async (body: object): Promise<number> => (await olga.post('/api/v1/contacts', body)).ok<Contact>(201).id;
const contact = async (id: number): Promise<Contact> => (await olga.get(`/api/v1/contacts/${id}`)).ok<Contact>();
const pairsOf = async (id: number): Promise<Pairs['data']> => (await olga.get(`/api/v1/contacts/${id}/duplicates`)).ok<Pairs>().data;

beforeAll(async () => {
  account = await anAccount();
  [olga, ana, whatsapp] = await Promise.all([account.as('olga'), account.as('ana'), aWhatsapp(account)]);
});

describe('suggestions', () => {
  it('say why: another spelling of a phone, the same e-mail, the same document, a close name', async () => {
    const end = String(randomInt(80_000_000, 99_999_999));
    const first = await create({ name: 'Marina Duarte', phone: `55499${end}`, email: 'marina@exemplo.org' });
    const short = await create({ name: 'M. D.', phone: `49 9${end}` });
    const mail = await create({ name: 'Outra', email: 'MARINA@exemplo.org' });
    const close = await create({ name: 'Marina Duarte Alves', phone: `55478${randomInt(1000, 9999)}${end.slice(-4)}` });
    const spouse = await create({ name: 'Cônjuge' });
    for (const id of [first, spouse]) (await olga.post(`/api/v1/contacts/${id}/customers`, { document: '529.982.247-25', name: 'Marina' })).ok(201);

    const why = Object.fromEntries((await pairsOf(first)).map(({ other, reasons }) => [other.id, reasons]));
    expect(why).toEqual({ [short]: ['phone'], [mail]: ['email'], [close]: ['name'], [spouse]: ['document'] });
    const all = (await olga.get('/api/v1/contact-duplicates')).ok<Pairs>();
    expect(all.next).toBeNull();
    expect(all.data.map((pair) => [pair.contact.id, pair.other.id])).toEqual(expect.arrayContaining([[spouse, first], [close, first], [mail, first], [short, first]]));

    (await olga.post('/api/v1/contact-duplicates/dismiss', { contact_id: first, other_id: mail })).ok(204);
    expect((await pairsOf(first)).map(({ other }) => other.id)).not.toContain(mail);
    (await ana.get('/api/v1/contact-duplicates')).refused(403, 'permission_denied');
  });
});

describe('a merge', () => {
  it('keeps live tickets of both apart, and is undone', async () => {
    const [rita, tia] = [await whatsapp.customer(), await whatsapp.customer()];
    const [one, two] = [await serving(ana, rita), await serving(ana, tia)];
    (await olga.post(`/api/v1/contacts/${one.contact.id}/merge`, { contact_id: two.contact.id })).ok();
    expect((await olga.get(`/api/v1/contacts/${one.contact.id}/tickets`)).ok<Schemas['TicketPage']>().data.map(({ id }) => id)).toEqual([two.id, one.id]);
    expect((await contact(two.contact.id)).deleted).toMatchObject({ merged_into: one.contact.id });
    (await olga.post(`/api/v1/contacts/${two.contact.id}/restore`)).refused(409, 'contact_not_deleted');
    (await olga.post(`/api/v1/contacts/${one.contact.id}/merge`, { contact_id: two.contact.id })).refused(409, 'contact_deleted');
    (await olga.post(`/api/v1/contacts/${one.contact.id}/merge`, { contact_id: one.contact.id })).refused(400, 'contact_is_itself', 'contact_id');

    const [merge] = (await olga.get(`/api/v1/contacts/${one.contact.id}/merges`)).ok<{ data: Schemas['ContactMerge'][] }>().data;
    const undone = (await olga.post(`/api/v1/contact-merges/${merge?.id ?? 0}/undo`)).ok<{ left: object }>();
    expect(undone.left).toEqual({ identities: 0, values: 0, email: false, notes: false, consent: false });
    expect((await olga.get(`/api/v1/tickets/${two.id}`)).ok<Schemas['Ticket']>().contact).toMatchObject({ id: two.contact.id, name: tia.name });
    expect((await contact(two.contact.id)).deleted).toBeNull();
    (await olga.post(`/api/v1/contact-merges/${merge?.id ?? 0}/undo`)).refused(409, 'merge_undone');
  });

  it('while both write loses no message and leaves every ticket with the owner of its way in', async () => {
    const people = await Promise.all(Array.from({ length: 4 }, () => whatsapp.customer()));
    const tickets = [];
    for (const person of people) tickets.push(await serving(ana, person));
    const ids = tickets.map((ticket) => ticket.contact.id);
    const texts = people.flatMap((_, who) => Array.from({ length: 10 }, (__, n) => ({ who, text: `dito ${who} ${n}` })));
    const [kept = 0, ...others] = ids;
    const talking = Promise.all(texts.map(({ who, text }) => people[who]?.say(text)));
    const merging = (async () => {
      for (const other of others) (await olga.post(`/api/v1/contacts/${kept}/merge`, { contact_id: other })).ok();
    })();
    await Promise.all([talking, merging]);
    await until('every message', async () =>
      (await lines("SELECT body FROM messages m JOIN tickets t ON t.account_id = m.account_id AND t.id = m.ticket_id WHERE m.account_id = :'a' AND t.contact_id = :'c' AND m.direction = 'in' AND m.body LIKE 'dito%'", { a: account.id, c: kept })).length === texts.length || undefined);
    expect(await sql("SELECT count(*) FROM tickets t JOIN contact_identities i ON i.account_id = t.account_id AND i.id = t.identity_id WHERE t.account_id = :'a' AND t.contact_id <> i.contact_id", { a: account.id })).toBe('0');
    expect(await sql("SELECT count(*) FROM contact_identities i JOIN contacts c ON c.account_id = i.account_id AND c.id = i.contact_id WHERE i.account_id = :'a' AND c.merged_into IS NOT NULL", { a: account.id })).toBe('0');
  });

  it('of one pair both ways at once happens once', async () => {
    const [one, two] = [await create({ name: 'Um' }), await create({ name: 'Dois' })];
    const answers = await Promise.all([
      olga.post(`/api/v1/contacts/${one}/merge`, { contact_id: two }),
      olga.post(`/api/v1/contacts/${two}/merge`, { contact_id: one }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});
