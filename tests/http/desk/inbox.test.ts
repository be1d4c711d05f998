/** What people at the counter look at: tabs, filters, search, counters, drafts, contacts. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { inbound, messageOf, reply, serving, take, theTicket, thread, type Ticket, ticketOf, whisper } from '../support/desk.ts';
import { aPng } from '../support/files.ts';
import { aWebchat } from '../support/webchat.ts';
import { aWhatsapp, type Customer, type Whatsapp } from '../support/whatsapp.ts';

type Page = Schemas['TicketPage'];

let account: Account;
let ana: Browser;
let bruno: Browser;
let whatsapp: Whatsapp;
let people: Customer[];

const list = async (query: string, who = ana): Promise<Ticket[]> => (await who.get(`/api/v1/tickets?${query}`)).ok<Page>().data;

beforeAll(async () => {
  account = await anAccount();
  [ana, bruno] = await Promise.all([account.as('ana'), account.as('bruno')]);
  whatsapp = await aWhatsapp(account);
  people = await Promise.all(Array.from({ length: 9 }, () => whatsapp.customer()));
  for (const person of people) {
    await person.say(`sou ${person.name}`);
    await ticketOf(ana, person.name);
  }
});

describe('a tab', () => {
  it('shows the newest first, and pages without gaps or repetitions', async () => {
    const seen: number[] = [];
    let path = '/api/v1/tickets?tab=waiting&limit=4';
    for (;;) {
      const { data, next } = (await ana.get(path)).ok<Page>();
      expect(data.length).toBeLessThanOrEqual(4);
      seen.push(...data.map(({ id }) => id));
      if (next === null) break;
      path = `/api/v1/tickets?tab=waiting&limit=4&after=${encodeURIComponent(next)}`;
    }
    const whole = await list('tab=waiting&limit=100');
    expect(seen).toEqual(whole.map(({ id }) => id));
    const times = whole.map(({ last_activity_at }) => last_activity_at);
    expect([...times].sort().reverse()).toEqual(times);
  });

  it('turns around', async () => {
    const newest = await list('tab=waiting&limit=100');
    const oldest = await list('tab=waiting&limit=100&order=oldest');
    expect(oldest.map(({ id }) => id)).toEqual(newest.map(({ id }) => id).reverse());
    const { next } = (await ana.get('/api/v1/tickets?tab=waiting&limit=2&order=oldest')).ok<Page>();
    const second = await list(`tab=waiting&limit=2&order=oldest&after=${encodeURIComponent(next ?? '')}`);
    expect(second.map(({ id }) => id)).toEqual(oldest.slice(2, 4).map(({ id }) => id));
  });

  it('holds what is in its state', async () => {
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    expect((await list('tab=serving')).map((ticket) => ticket.id)).toContain(id);
    expect((await list('tab=waiting')).map((ticket) => ticket.id)).not.toContain(id);
    (await ana.post(`/api/v1/tickets/${id}/close`, { reason_id: account.reasons['Engano'] })).ok();
    expect((await list('tab=closed')).map((ticket) => ticket.id)).toContain(id);
    expect((await list('tab=serving')).map((ticket) => ticket.id)).not.toContain(id);
  });
});

describe('a filter', () => {
  it('by department, channel, person or unread shows only those', async () => {
    const webchat = await aWebchat(account, {}, { department_id: account.departments['Vendas'] });
    const visitor = await webchat.visitor();
    (await visitor.say('pelo site')).ok(202);
    const site = await ticketOf(ana, visitor.name);
    const ids = async (query: string): Promise<number[]> => (await list(`${query}&limit=100`)).map(({ id }) => id);

    expect(await ids(`tab=waiting&departments=${account.departments['Vendas']}`)).toEqual([site.id]);
    expect(await ids(`tab=waiting&departments=${account.departments['Suporte']}`)).not.toContain(site.id);
    expect(await ids(`tab=waiting&departments=${account.departments['Suporte']},${account.departments['Vendas']}`)).toContain(site.id);
    expect(await ids(`tab=waiting&channels=${webchat.channel.id}`)).toEqual([site.id]);
    await take(bruno, site.id);
    expect(await ids(`tab=serving&assignee=${account.members.bruno}`)).toEqual([site.id]);
    expect(await ids('tab=serving&assignee=me')).not.toContain(site.id);
    expect((await list('tab=serving&assignee=me', bruno)).map(({ id }) => id)).toEqual([site.id]);
    (await bruno.post(`/api/v1/tickets/${site.id}/read`, { seq: site.last_seq })).ok(204);
    expect(await ids('tab=serving&unread=true')).not.toContain(site.id);
  });
});

describe('a search', () => {
  const found = async (q: string): Promise<string[]> => (await list(`tab=waiting&q=${encodeURIComponent(q)}`)).map(({ contact }) => contact.name);

  it('finds part of a name, a protocol, a phone, in every tab', async () => {
    const [rita] = people;
    const ticket = await ticketOf(ana, rita?.name ?? '');
    expect(await found(rita?.name ?? '')).toEqual([rita?.name]);
    expect(await found(rita?.name.slice(3) ?? '')).toContain(rita?.name);
    expect(await found((rita?.name ?? '').toUpperCase())).toEqual([rita?.name]);
    expect(await found(ticket.protocol)).toEqual([rita?.name]);
    expect(await found(rita?.wa_id?.slice(-8) ?? '')).toEqual([rita?.name]);
  });

  it('minds no accents', async () => {
    const jose = await whatsapp.customer({ name: 'José Antônio Açaí' });
    await jose.say('Oi');
    await ticketOf(ana, jose.name);
    expect(await found('jose antonio acai')).toEqual([jose.name]);
    expect(await found('AÇAÍ')).toEqual([jose.name]);
  });

  it('finds nothing where there is nothing', async () => {
    expect(await found('zzzzzz')).toEqual([]);
    expect(await found('%')).toEqual([]);
  });
});

it('counters say what is where', async () => {
  const fresh = await anAccount();
  const own = await aWhatsapp(fresh);
  const member = await fresh.as('ana');
  const tickets = [await serving(member, await own.customer()), await serving(member, await own.customer())];
  const waiting = await own.customer();
  await waiting.say('espero');
  await ticketOf(member, waiting.name);
  (await member.post(`/api/v1/tickets/${tickets[0]?.id}/read`, { seq: tickets[0]?.last_seq })).ok(204);
  expect((await member.get('/api/v1/tickets/counts')).ok()).toMatchObject({ mine: 2, mine_unread: 1, serving: 2, waiting: 1, bot: 0 });
  expect((await (await fresh.as('bruno')).get('/api/v1/tickets/counts')).ok()).toMatchObject({ mine: 0, mine_unread: 0, serving: 2 });
  const { departments, members } = await fresh.catalogue();
  expect(departments.find(({ name }) => name === 'Suporte')).toMatchObject({ waiting: 1 });
  expect(members.find(({ id }) => id === fresh.members.ana)).toMatchObject({ serving: 2 });
});

describe('the thread', () => {
  it('is read in windows, from either side', async () => {
    const { id } = await serving(ana, await whatsapp.customer());
    for (let turn = 0; turn < 12; turn++) await whisper(ana, id, `nota ${turn}`);
    const whole = await thread(ana, id);
    type Window = { data: Schemas['Message'][]; has_older: boolean; has_newer: boolean };
    const window = async (query: string): Promise<Window> => (await ana.get(`/api/v1/tickets/${id}/messages?${query}`)).ok<Window>();

    const last = await window('limit=5');
    expect(last).toMatchObject({ has_older: true, has_newer: false });
    expect(last.data).toEqual(whole.slice(-5));
    const before = await window(`limit=5&before=${last.data[0]?.seq}`);
    expect(before).toMatchObject({ has_older: true, has_newer: true });
    expect(before.data).toEqual(whole.slice(-10, -5));
    const first = await window('limit=5&after=0');
    expect(first).toMatchObject({ has_older: false, has_newer: true });
    expect(first.data).toEqual(whole.slice(0, 5));
    expect(await window(`after=${whole.at(-1)?.seq}`)).toMatchObject({ data: [], has_newer: false });
  });

  it('shows what an answer answers', async () => {
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    const [asked] = await inbound(ana, id);
    const sent = await reply(ana, id, { text: 'Sobre isto', quoted_seq: asked?.seq ?? 0 });
    expect(sent.quoted_seq).toBe(asked?.seq);
    await messageOf(ana, id, 'delivered', ({ seq, state }) => seq === sent.seq && state === 'delivered');
    const [call] = await whatsapp.calls(1, ({ request }) => JSON.stringify(request).includes('Sobre isto'));
    expect(call?.request).toHaveProperty('context.message_id');
  });
});

describe('a draft', () => {
  it('is kept for its writer, and gone once said', async () => {
    const { id } = await serving(ana, await whatsapp.customer());
    const drafts = async (who: Browser) =>
      (await who.get('/api/v1/drafts')).ok<{ data: { ticket_id: number; mode: string; body: string }[] }>().data.filter(({ ticket_id }) => ticket_id === id);
    (await ana.put(`/api/v1/tickets/${id}/draft`, { mode: 'reply', body: 'Bom dia, qu' })).ok(204);
    (await ana.put(`/api/v1/tickets/${id}/draft`, { mode: 'whisper', body: 'será que' })).ok(204);
    (await ana.put(`/api/v1/tickets/${id}/draft`, { mode: 'reply', body: 'Bom dia, qual o CPF?' })).ok(204);
    expect(await drafts(ana)).toMatchObject([{ mode: 'reply', body: 'Bom dia, qual o CPF?' }, { mode: 'whisper', body: 'será que' }]);
    expect(await drafts(bruno)).toEqual([]);
    await reply(ana, id, 'Bom dia, qual o CPF?');
    expect(await drafts(ana)).toMatchObject([{ mode: 'whisper' }]);
    (await ana.put(`/api/v1/tickets/${id}/draft`, { mode: 'whisper', body: '' })).ok(204);
    expect(await drafts(ana)).toEqual([]);
  });
});

describe('a contact', () => {
  it('has all its tickets and files, newest first', async () => {
    const rita = await whatsapp.customer();
    const first = await serving(ana, rita);
    const file = (await ana.upload('um.png', 'image/png', aPng('um'))).ok<Schemas['Attachment']>(201);
    await reply(ana, first.id, { attachment_id: file.id });
    (await ana.post(`/api/v1/tickets/${first.id}/close`, { reason_id: account.reasons['Engano'] })).ok();
    await rita.send({ type: 'document', document: { sample: true, filename: 'dois.pdf' } });
    const second = await ticketOf(ana, rita.name);
    await messageOf(ana, second.id, 'with its file', ({ attachments }) => attachments[0]?.state === 'ready');

    const tickets = (await ana.get(`/api/v1/contacts/${second.contact.id}/tickets`)).ok<Page>();
    expect(tickets.data.map(({ id }) => id)).toEqual([second.id, first.id]);
    const half = (await ana.get(`/api/v1/contacts/${second.contact.id}/tickets?limit=1`)).ok<Page>();
    const rest = (await ana.get(`/api/v1/contacts/${second.contact.id}/tickets?limit=1&after=${encodeURIComponent(half.next ?? '')}`)).ok<Page>();
    expect([...half.data, ...rest.data].map(({ id }) => id)).toEqual([second.id, first.id]);
    expect(rest.next).toBeNull();
    const files = (await ana.get(`/api/v1/contacts/${second.contact.id}/files`)).ok<{ data: Schemas['Attachment'][] }>();
    expect(files.data.map(({ filename }) => filename)).toEqual(['dois.pdf', 'um.png']);
  });

  it('is edited by members, and absent members stay', async () => {
    const { contact } = await serving(ana, await whatsapp.customer());
    const path = `/api/v1/contacts/${contact.id}`;
    expect((await ana.patch(path, { notes: 'Prefere à tarde', email: 'rita@exemplo.com' })).ok()).toMatchObject({ name: contact.name, notes: 'Prefere à tarde' });
    expect((await ana.patch(path, { name: 'Dona Rita' })).ok()).toMatchObject({ name: 'Dona Rita', notes: 'Prefere à tarde', email: 'rita@exemplo.com' });
    (await ana.patch(path, { name: '' })).refused(400, 'required', 'name');
    (await ana.patch(path, { email: 'no-at' })).refused(400, 'email_invalid', 'email');
    (await ana.patch(path, { notes: 'x'.repeat(4001) })).refused(400, 'too_long', 'notes');
    expect((await theTicket(ana, (await list(`tab=serving&q=${encodeURIComponent('Dona Rita')}`))[0]?.id ?? 0)).contact.name).toBe('Dona Rita');
  });
});
