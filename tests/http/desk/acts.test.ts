/** What people do with tickets beside answering them: tags, snoozing, reopening, classifying, watching over. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { lines, sql } from '../support/database.ts';
import { messageOf, serving, take, theTicket, thread, type Ticket, ticketsOf } from '../support/desk.ts';
import { until } from '../support/until.ts';
import { aWhatsapp, type Customer, type Whatsapp } from '../support/whatsapp.ts';

type Tag = Schemas['Tag'];

let account: Account;
let whatsapp: Whatsapp;
let olga: Browser;
let ana: Browser;
let bruno: Browser;

const ids = async (query: string, who = ana): Promise<number[]> =>
  (await who.get(`/api/v1/tickets?limit=100&${query}`)).ok<Schemas['TicketPage']>().data.map(({ id }) => id);
const aTag = async (name: string = randomUUID()): Promise<Tag> => (await ana.post('/api/v1/tags', { name })).ok(201);
const mine = async (customer?: Customer): Promise<Ticket> => serving(ana, customer ?? (await whatsapp.customer()));
const said = async (id: number): Promise<unknown[]> =>
  (await thread(ana, id)).map(({ detail }) => (detail as { event?: string } | null)?.event).filter((event) => event !== undefined);
const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();
const HOUR = 3_600_000;

beforeAll(async () => {
  account = await anAccount();
  [olga, ana, bruno] = await Promise.all([account.as('olga'), account.as('ana'), account.as('bruno')]);
  whatsapp = await aWhatsapp(account);
});

describe('a tag', () => {
  it('is made in a conversation, put on it, and every screen is told', async () => {
    const { id } = await mine();
    const live = await bruno.live();
    const name = randomUUID();
    const tag = await aTag(name);
    await live.next('catalogue.changed');
    const ticket = (await ana.post(`/api/v1/tickets/${id}/tags`, { tag_id: tag.id })).ok<Ticket>();
    expect(ticket.tag_ids).toEqual([tag.id]);
    const event = await live.next('ticket.changed', ({ ticket: told }) => told.id === id && told.tag_ids.length > 0);
    expect(event.data.ticket.tag_ids).toEqual([tag.id]);
    expect(await said(id)).toContain('ticket_tagged');
    expect(await ids(`tab=serving&tag=${tag.id}`)).toEqual([id]);
    expect((await account.catalogue()).tags.find((one) => one.id === tag.id)).toMatchObject({ name, is_active: true });
    (await ana.delete(`/api/v1/tickets/${id}/tags/${tag.id}`)).ok();
    expect(await ids(`tab=serving&tag=${tag.id}`)).toEqual([]);
    live.close();
  });

  it('has a name of its own, whatever the case', async () => {
    const { name } = await aTag();
    expect((await ana.post('/api/v1/tags', { name: name.toUpperCase() })).refused(409, 'tag_name_is_taken', 'name').slug).toBe('tag_name_is_taken');
  });

  it('is put on one message, and on the person', async () => {
    const { id, contact } = await mine();
    const { id: tag_id } = await aTag();
    expect((await ana.post(`/api/v1/tickets/${id}/messages/2/tags`, { tag_id })).ok<Schemas['Message']>().tag_ids).toEqual([tag_id]);
    expect((await thread(ana, id)).find(({ seq }) => seq === 2)?.tag_ids).toEqual([tag_id]);
    (await ana.post(`/api/v1/contacts/${contact.id}/tags`, { tag_id })).ok(204);
    expect((await ana.get(`/api/v1/contacts/${contact.id}/tags`)).ok()).toEqual({ data: [tag_id] });
    const { data } = (await olga.get('/api/v1/tags')).ok<{ data: { tag: Tag; messages: number; contacts: number }[] }>();
    expect(data.find(({ tag }) => tag.id === tag_id)).toMatchObject({ messages: 1, contacts: 1, tickets: 0 });
  });

  it('merged into another is gone at once, and what carried it follows', async () => {
    const [from, into] = [await aTag(), await aTag()];
    const { id } = await mine();
    (await ana.post(`/api/v1/tickets/${id}/tags`, { tag_id: from.id })).ok();
    (await olga.post(`/api/v1/tags/${from.id}/merge`, { tag_id: into.id })).ok(204);
    (await ana.post(`/api/v1/tickets/${id}/tags`, { tag_id: from.id })).refused(404, 'tag_unknown', 'tag_id');
    await until('the links moved', async () => (await theTicket(ana, id)).tag_ids.includes(into.id));
    expect((await theTicket(ana, id)).tag_ids).toEqual([into.id]);
    expect(await ids(`tab=serving&tag=${into.id}`)).toEqual([id]);
  });

  it('is kept by those who manage it', async () => {
    const { id } = await aTag();
    (await ana.patch(`/api/v1/tags/${id}`, { color: 'ok' })).refused(403, 'permission_denied');
    expect((await olga.patch(`/api/v1/tags/${id}`, { color: 'ok', is_active: false })).ok<Tag>()).toMatchObject({ color: 'ok', is_active: false });
    (await olga.patch(`/api/v1/tags/${id}`, { color: '#f00' })).refused(400, 'unknown_value', 'color');
  });
});

describe('when somebody is there again', () => {
  it('follows the hours of the ticket’s department, and is nothing where it keeps none', async () => {
    const olga = await account.as('olga');
    const ticket = await mine();
    const openings = async (): Promise<unknown> => (await ana.get(`/api/v1/tickets/${ticket.id}/openings`)).ok();
    expect(await openings()).toEqual({ next_at: null, later_day_at: null });

    /* Open on one day of the week only, the one after tomorrow in São Paulo (UTC-3). */
    const day = new Date(Date.now() - 3 * HOUR + 48 * HOUR);
    const { periods } = (await olga.post('/api/v1/hours/periods', {
      name: 'Um dia só', keeps_holidays: false, exceptions: [], week: [{ day: day.getUTCDay(), from_min: 510, until_min: 1080 }],
    })).ok<Schemas['Hours']>(201);
    const id = ticket.department_id;
    (await olga.put('/api/v1/hours/followers', { departments: [{ id, period_id: periods.at(-1)?.id }] })).ok();
    const opens = `${day.toISOString().slice(0, 10)}T11:30:00.000Z`;
    expect(await openings()).toEqual({ next_at: expect.stringMatching(opens.slice(0, 16)), later_day_at: expect.stringMatching(opens.slice(0, 16)) });
    (await olga.put('/api/v1/hours/followers', { departments: [{ id, period_id: null }] })).ok();
  });
});

describe('a snoozed ticket', () => {
  it('is out of the lists and counters, and comes back by itself with a mark', async () => {
    const { id } = await mine();
    (await ana.post(`/api/v1/tickets/${id}/snooze`, { until: inMs(1200) })).ok();
    expect(await ids('tab=serving')).not.toContain(id);
    expect(await ids('tab=serving&snoozed=true')).toContain(id);
    await until('it is back', async () => (await ids('tab=serving')).includes(id));
    const ticket = await theTicket(ana, id);
    expect(ticket).toMatchObject({ snoozed_until: null, unread_count: expect.any(Number) as number });
    expect(ticket.woken_at).not.toBeNull();
    expect((await ids('tab=serving'))[0]).toBe(id);
    (await ana.post(`/api/v1/tickets/${id}/read`, { seq: ticket.last_seq })).ok(204);
    expect((await theTicket(ana, id)).woken_at).toBeNull();
  });

  it("is woken by the customer's word, and its timer lets it be", async () => {
    const customer = await whatsapp.customer();
    const { id } = await mine(customer);
    (await ana.post(`/api/v1/tickets/${id}/snooze`, { until: inMs(HOUR) })).ok();
    await customer.say('e aí?');
    await until('it is back', async () => (await ids('tab=serving')).includes(id));
    expect((await theTicket(ana, id)).woken_at).not.toBeNull();
    const timer = (): Promise<string> => sql("SELECT count(*) FROM jobs WHERE account_id = :'a' AND kind = 'ticket.wake' AND subject_id = :'id'", { a: account.id, id });
    expect(await timer()).toBe('1');
    await sql("UPDATE lanes SET run_at = now() WHERE (queue, lane) IN (SELECT queue, lane FROM jobs WHERE account_id = :'a' AND kind = 'ticket.wake' AND subject_id = :'id')", { a: account.id, id });
    await until('its timer came', async () => (await timer()) === '0');
    expect(await said(id)).not.toContain('snooze_over');
  });

  it('is snoozed into the future only, and woken by hand', async () => {
    const { id } = await mine();
    (await ana.post(`/api/v1/tickets/${id}/snooze`, { until: inMs(-1000) })).refused(400, 'until_past', 'until');
    (await ana.post(`/api/v1/tickets/${id}/snooze`, { until: inMs(400 * 24 * HOUR) })).refused(400, 'until_far', 'until');
    (await ana.post(`/api/v1/tickets/${id}/snooze`, { until: inMs(HOUR) })).ok();
    expect((await ana.delete(`/api/v1/tickets/${id}/snooze`)).ok<Ticket>().snoozed_until).toBeNull();
    expect(await said(id)).toEqual(expect.arrayContaining(['ticket_snoozed', 'snooze_over']));
  });
});

describe('a closed ticket', () => {
  it('is opened again, unless the customer is being served already: then it says where', async () => {
    const customer = await whatsapp.customer();
    const { id } = await mine(customer);
    (await ana.post(`/api/v1/tickets/${id}/close`, { reason_id: account.reasons['Resolvido'] })).ok();
    expect((await ana.post(`/api/v1/tickets/${id}/reopen`)).ok<Ticket>()).toMatchObject({
      state: 'serving', assignee_id: account.members.ana, closed_at: null,
    });
    (await ana.post(`/api/v1/tickets/${id}/reopen`)).refused(409, 'not_closed');
    (await ana.post(`/api/v1/tickets/${id}/close`, { reason_id: account.reasons['Resolvido'] })).ok();
    await customer.say('de novo');
    const other = await until('another ticket', async () => (await ticketsOf(ana, customer.name)).find((one) => one.id !== id));
    const refused = (await ana.post(`/api/v1/tickets/${id}/reopen`)).refused(409, 'one_live_ticket');
    expect(refused).toMatchObject({ ticket_id: other.id, protocol: other.protocol });
  });
});

it('a ticket is classified by type and reason, and found by them', async () => {
  const { id } = await mine();
  const type = (await olga.post('/api/v1/ticket-types', { name: randomUUID() })).ok<{ id: number }>(201);
  const reason_id = account.reasons['Engano'] ?? 0;
  (await ana.post(`/api/v1/tickets/${id}/classify`, { type_id: type.id, reason_id })).ok();
  expect(await theTicket(ana, id)).toMatchObject({ type_id: type.id, reason_id });
  expect(await ids(`tab=serving&type=${type.id}`)).toEqual([id]);
  expect(await ids(`tab=serving&reason=${reason_id}`)).toContain(id);
  expect((await ana.post(`/api/v1/tickets/${id}/classify`, { type_id: null })).ok<Ticket>()).toMatchObject({ type_id: null, reason_id });
  (await ana.post(`/api/v1/tickets/${id}/classify`, { type_id: 'x' })).refused(400, 'wrong_type', 'type_id');
  await messageOf(ana, id, 'of what it was about', ({ detail }) => (detail as { event?: string } | null)?.event === 'ticket_classified');
});

it('a favourite is one member\'s own', async () => {
  const { id } = await mine();
  (await ana.put(`/api/v1/tickets/${id}/favourite`, {})).ok(204);
  (await ana.put(`/api/v1/tickets/${id}/favourite`, {})).ok(204);
  expect(await ids('tab=serving&favourite=true')).toEqual([id]);
  expect(await ids('tab=serving&favourite=true', bruno)).toEqual([]);
  expect((await ana.get('/api/v1/favourites')).ok()).toEqual({ data: [id] });
  (await ana.delete(`/api/v1/tickets/${id}/favourite`)).ok(204);
  expect((await ana.get('/api/v1/favourites')).ok()).toEqual({ data: [] });
});

it('what was read is marked unread again', async () => {
  const { id, last_seq } = await mine();
  (await ana.post(`/api/v1/tickets/${id}/read`, { seq: last_seq })).ok(204);
  expect((await ana.post(`/api/v1/tickets/${id}/unread`)).ok<Ticket>().unread_count).toBe(1);
  expect(await ids('tab=serving&unread=true')).toContain(id);
});

describe('who watches over', () => {
  const trail = (id: number): Promise<string[]> =>
    lines("SELECT action FROM audit_events WHERE account_id = :'a' AND subject_kind = 'ticket' AND subject_id = :'id' ORDER BY id", { a: account.id, id });

  it('peeks without a mark, and the trail knows', async () => {
    const { id } = await mine();
    const before = await theTicket(ana, id);
    expect((await olga.post(`/api/v1/tickets/${id}/peek`)).ok<Ticket>().id).toBe(id);
    expect(await theTicket(ana, id)).toEqual(before);
    expect(await trail(id)).toContain('ticket.peeked');
    (await ana.post(`/api/v1/tickets/${id}/peek`)).refused(403, 'permission_denied');
  });

  it('takes over and hands back to whom it was taken from', async () => {
    const { id } = await mine();
    expect(await take(olga, id)).toMatchObject({ assignee_id: account.members.olga, taken_from_id: account.members.ana });
    expect((await olga.post(`/api/v1/tickets/${id}/hand-back`)).ok<Ticket>()).toMatchObject({ assignee_id: account.members.ana, taken_from_id: null });
    (await olga.post(`/api/v1/tickets/${id}/hand-back`)).refused(409, 'not_holder');
    expect(await said(id)).toContain('ticket_handed_back');
    expect(await trail(id)).toEqual(expect.arrayContaining(['ticket.taken', 'ticket.handed_back']));
  });
});
