/** The address book: who is in it, who sees whom, how somebody is found, added, described and taken out. */
import { randomInt } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { lines, sql } from '../support/database.ts';
import { serving, ticketsOf } from '../support/desk.ts';
import { steppedUp } from '../support/step-up.ts';
import { until } from '../support/until.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

type Contact = Schemas['Contact'];
type Page = Schemas['ContactPage'];

let account: Account;
let olga: Browser;
let ana: Browser;
let whatsapp: Whatsapp;

const aPhone = (): string => `55499${randomInt(80_000_000, 99_999_999)}`;
const create = async (by: Browser, body: object): Promise<Contact> => (await by.post('/api/v1/contacts', body)).ok<Contact>(201);
const book = async (by: Browser, query = ''): Promise<Page> => (await by.get(`/api/v1/contacts?${query}`)).ok<Page>();
const find = async (by: Browser, q: string): Promise<number[]> => (await book(by, `q=${encodeURIComponent(q)}`)).data.map(({ id }) => id);

beforeAll(async () => {
  account = await anAccount();
  [olga, ana, whatsapp] = await Promise.all([account.as('olga'), account.as('ana'), aWhatsapp(account)]);
  olga = await steppedUp(olga);
});

describe('the list', () => {
  it('goes page by page in each of its orders, and misses and repeats nobody', async () => {
    const camila = await anAccount();
    const owner = await camila.as('olga');
    const names = ['Ágata', 'bruno', 'Célia', 'Dário', 'Élida'];
    for (const name of names) await create(owner, { name });
    for (const order of ['activity', 'name', 'newest']) {
      const whole = await book(owner, `order=${order}`);
      expect(whole.count).toBe(names.length);
      const seen: number[] = [];
      for (let after: string | null = ''; after !== null; ) {
        const page: Page = await book(owner, `order=${order}&limit=2${after === '' ? '' : `&after=${after}`}`);
        seen.push(...page.data.map(({ id }) => id));
        after = page.next;
      }
      expect(seen).toEqual(whole.data.map(({ id }) => id));
      expect(new Set(seen).size).toBe(names.length);
    }
    expect((await book(owner, 'order=name')).data.map(({ name }) => name)).toEqual(names);
    (await owner.get('/api/v1/contacts?order=email')).refused(400, 'unknown_value', 'order');
    (await owner.get('/api/v1/contacts?after=x')).refused(400, 'cursor_invalid', 'after');
  });

  it('shows an agent whom they serve and whom they wrote down, counts no more, and hides the rest as absent', async () => {
    const other = await anAccount();
    const [owner, agent, channel] = await Promise.all([other.as('olga'), other.as('ana'), aWhatsapp(other)]);
    await sql("UPDATE groups SET scope = 'own' WHERE account_id = :'a' AND builtin = 'agent'", { a: other.id });
    const served = (await serving(agent, await channel.customer())).contact.id;
    const own = (await create(agent, { name: 'Anotado por mim' })).id;
    const hidden = (await create(owner, { name: 'De outra pessoa', email: 'outra@exemplo.org' })).id;
    for (const order of ['activity', 'name', 'newest']) {
      const page = await book(agent, `order=${order}`);
      expect(page.data.map(({ id }) => id).sort()).toEqual([served, own].sort());
      expect(page.count).toBe(2);
    }
    expect(await find(agent, 'outra pessoa')).toEqual([]);
    expect(await find(agent, 'outra@exemplo.org')).toEqual([]);
    (await agent.get(`/api/v1/contacts/${hidden}`)).refused(404, 'not_found');
    (await agent.patch(`/api/v1/contacts/${hidden}`, { notes: 'x' })).refused(404, 'not_found');
    expect(await find(owner, 'outra pessoa')).toEqual([hidden]);
  });

  it('is searched by part of a name without accents, by a phone however written, by the whole of an e-mail and a document', async () => {
    const phone = aPhone();
    const joao = await create(olga, { name: 'João Conceição', phone, email: 'Joao.C@Exemplo.org' });
    const short = phone.slice(2);
    for (const q of ['conceicao', 'JOÃO', `+55 (${short.slice(0, 2)}) ${short.slice(2)}`, short, `${short.slice(0, 2)} ${short.slice(3)}`, phone.slice(-5), 'joao.c@exemplo.org']) {
      expect(await find(olga, q), q).toContain(joao.id);
    }
    expect(await find(olga, 'joao.c@exemplo')).toEqual([]);
    (await olga.post(`/api/v1/contacts/${joao.id}/customers`, { document: '529.982.247-25', name: 'João Conceição' })).ok(201);
    expect(await find(olga, '529.982.247-25')).toContain(joao.id);
    expect(await find(olga, '52998224725')).toContain(joao.id);
    expect(await find(olga, '529.982.247')).toEqual([]);
    expect(await find(olga, "'; SELECT set_config('balcao.account', '1', true) --")).toEqual([]);
    expect(await find(olga, '%')).toEqual([]);
  });

  it('X037, X040: a mask hides phones and names that are phones, from order and search too', async () => {
    const phone = aPhone();
    const hers = await create(olga, { name: phone, phone });
    await sql("UPDATE groups SET masks = 3 WHERE account_id = :'a' AND builtin = 'manager'", { a: account.id });
    const camila = await account.as('camila');
    const line = (await book(camila, `q=${phone}`)).data.find(({ id }) => id === hers.id);
    expect(line).toMatchObject({ name: expect.stringContaining('•••••') as string, phone: expect.stringContaining('•••••') as string });
    expect(await find(camila, phone.slice(-6))).not.toContain(hers.id);
    (await camila.get('/api/v1/contacts?order=name')).refused(400, 'field_masked', 'order');
    expect(JSON.stringify(await book(camila))).not.toContain(phone);
    await sql("UPDATE groups SET masks = 0 WHERE account_id = :'a' AND builtin = 'manager'", { a: account.id });
  });
});

describe('a contact', () => {
  it('is created with what is known, and a phone that somebody has leads to them', async () => {
    const phone = aPhone();
    const made = await create(ana, { name: 'Rita Nova', phone: `(${phone.slice(2, 4)}) ${phone.slice(5)}`.replace('(', '+55 ('), email: 'rita@exemplo.org', notes: 'à tarde' });
    expect(made).toMatchObject({ name: 'Rita Nova', email: 'rita@exemplo.org', notes: 'à tarde', consent: 'none', blocked: null, deleted: null });
    expect(made.identities).toMatchObject([{ kind: 'phone', address: phone, is_verified: false }]);
    expect((await ana.post('/api/v1/contacts', { name: 'Outra', phone })).refused(409, 'identity_taken', 'phone').contact_id).toBe(made.id);
    (await ana.post('/api/v1/contacts', { name: ' ' })).refused(400, 'required', 'name');
    (await ana.post('/api/v1/contacts', { name: 'X', phone: '12' })).refused(400, 'phone_invalid', 'phone');
    (await ana.post('/api/v1/contacts', { name: 'X', email: 'x' })).refused(400, 'email_invalid', 'email');
    expect(await sql("SELECT count(*) FROM contacts WHERE account_id = :'a' AND name IN ('Outra', 'X')", { a: account.id })).toBe('0');
  });

  it('gains and loses ways in, but none that a conversation hangs on; whoever writes by one is found', async () => {
    const rita = await whatsapp.customer();
    const { contact } = await serving(ana, rita);
    const path = `/api/v1/contacts/${contact.id}`;
    const [first] = (await ana.get(path)).ok<Contact>().identities;
    (await ana.delete(`${path}/identities/${first?.id ?? 0}`)).refused(409, 'identity_in_use');
    const phone = aPhone();
    const two = (await ana.post(`${path}/identities`, { kind: 'phone', address: phone })).ok<Contact>(201);
    const second = two.identities.find(({ address }) => address === phone);
    expect((await ana.patch(`${path}/identities/${second?.id ?? 0}`, { is_verified: true })).ok<Contact>().identities).toContainEqual({ ...second, is_verified: true });
    (await ana.post(`${path}/identities`, { kind: 'visitor', address: 'x' })).refused(400, 'unknown_value', 'kind');
    const away = (await ana.delete(`${path}/identities/${second?.id ?? 0}`)).ok<Contact>();
    expect(away.identities.map(({ id }) => id)).toEqual(two.identities.map(({ id }) => id).filter((id) => id !== second?.id));
    (await ana.delete(`${path}/identities/${second?.id ?? 0}`)).refused(404, 'not_found');
  });

  it('is deleted as a mark, out of every list, and is back when restored', async () => {
    const gone = await create(olga, { name: 'Vai Embora' });
    expect((await olga.post(`/api/v1/contacts/${gone.id}/delete`, { reason: 'duplicado' })).ok<Contact>().deleted).toMatchObject({ reason: 'duplicado', by: account.members.olga, merged_into: null });
    expect(await find(olga, 'Vai Embora')).toEqual([]);
    expect((await book(olga, 'state=deleted')).data.map(({ id }) => id)).toContain(gone.id);
    (await ana.get('/api/v1/contacts?state=deleted')).refused(403, 'permission_denied');
    (await olga.get(`/api/v1/contacts/${gone.id}`)).ok();
    (await olga.post(`/api/v1/contacts/${gone.id}/restore`)).ok();
    (await olga.post(`/api/v1/contacts/${gone.id}/restore`)).refused(409, 'contact_not_deleted');
    expect(await find(olga, 'Vai Embora')).toEqual([gone.id]);
  });

  it('who writes again is no longer deleted; who is being served cannot be', async () => {
    const rita = await whatsapp.customer();
    const ticket = await serving(ana, rita);
    const path = `/api/v1/contacts/${ticket.contact.id}`;
    (await olga.post(`${path}/delete`, {})).refused(409, 'contact_has_live_ticket');
    (await ana.post(`/api/v1/tickets/${ticket.id}/close`, { reason_id: account.reasons['Engano'] })).ok();
    (await olga.post(`${path}/delete`, {})).ok();
    await rita.say('voltei');
    await until('back', async () => (await olga.get(path)).ok<Contact>().deleted === null || undefined);
  });

  it('tells other open screens by its number alone', async () => {
    const stream = await ana.live();
    const made = await create(olga, { name: 'Nome que não viaja' });
    const event = await stream.next('contact.changed', ({ contact_id }) => contact_id === made.id);
    expect(event.data).toEqual({ contact_id: made.id });
    stream.close();
  });

  it('what the trail says of its ways in is sealed', async () => {
    const phone = aPhone();
    const made = await create(olga, { name: 'Selado' });
    (await olga.post(`/api/v1/contacts/${made.id}/identities`, { kind: 'phone', address: phone })).ok(201);
    const rows = await lines("SELECT detail FROM audit_events WHERE account_id = :'a' AND subject_kind = 'contact' AND subject_id = :'c' AND detail IS NOT NULL", { a: account.id, c: made.id });
    expect(rows.join()).toContain('enc:');
    expect(rows.join()).not.toContain(phone);
  });
});

describe('blocked', () => {
  it('what they write is kept once, opens no ticket and rings nobody, until they are let in again', async () => {
    const rita = await whatsapp.customer();
    const ticket = await serving(ana, rita);
    const path = `/api/v1/contacts/${ticket.contact.id}`;
    (await ana.post(`/api/v1/tickets/${ticket.id}/close`, { reason_id: account.reasons['Engano'] })).ok();
    (await ana.post(`${path}/block`, {})).refused(403, 'permission_denied');
    (await olga.post(`${path}/block`, { reason: 'ofensas' })).ok();
    await rita.say('um');
    await rita.say('dois');
    await until('both kept', async () => (await olga.get(path)).ok<Contact>().blocked?.kept_messages === 2 || undefined);
    const kept = (await olga.get(`${path}/blocked-messages`)).ok<{ data: { text: string }[] }>();
    expect(kept.data.map(({ text }) => text)).toEqual(['dois', 'um']);
    expect(await sql("SELECT count(*) FROM tickets WHERE account_id = :'a' AND contact_id = :'c' AND state <> 'closed'", { a: account.id, c: ticket.contact.id })).toBe('0');
    expect((await book(olga, 'state=blocked')).data.map(({ id }) => id)).toEqual([ticket.contact.id]);
    (await olga.post(`${path}/unblock`)).ok();
    await rita.say('três');
    await until('another ticket', async () => (await ticketsOf(ana, rita.name)).some(({ id }) => id !== ticket.id) || undefined);
  });
});
