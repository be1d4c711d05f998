/** What people at the counter look at: tabs, filters, search, counters. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { serving, take, theTicket, type Ticket, ticketOf } from '../support/desk.ts';
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
    expect(await ids(`tab=waiting&departments=${account.departments['Suporte']},${account.departments['Vendas']}`)).toContain(
      site.id,
    );
    expect(await ids(`tab=waiting&channels=${webchat.channel.id}`)).toEqual([site.id]);
    await take(bruno, site.id);
    expect(await ids(`tab=serving&assignee=${account.members.bruno}`)).toEqual([site.id]);
    expect(await ids('tab=serving&assignee=me')).not.toContain(site.id);
    expect((await list('tab=serving&assignee=me', bruno)).map(({ id }) => id)).toEqual([site.id]);
    expect(await ids('tab=serving&unread=true')).toContain(site.id);
    (await bruno.post(`/api/v1/tickets/${site.id}/read`, { seq: (await theTicket(bruno, site.id)).last_seq })).ok(204);
    expect(await ids('tab=serving&unread=true')).not.toContain(site.id);
  });
});

describe('a search', () => {
  const found = async (q: string): Promise<string[]> =>
    (await list(`tab=waiting&q=${encodeURIComponent(q)}`)).map(({ contact }) => contact.name);

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
  expect((await member.get('/api/v1/tickets/counts')).ok()).toMatchObject({
    mine: 2,
    mine_unread: 1,
    serving: 2,
    waiting: 1,
    bot: 0,
  });
  expect((await (await fresh.as('bruno')).get('/api/v1/tickets/counts')).ok()).toMatchObject({
    mine: 0,
    mine_unread: 0,
    serving: 2,
  });
  const { departments, members } = await fresh.catalogue();
  expect(departments.find(({ name }) => name === 'Suporte')).toMatchObject({ waiting: 1 });
  expect(members.find(({ id }) => id === fresh.members.ana)).toMatchObject({ serving: 2 });
});
