/** Two tickets that are one story: who may make them one, who reads the chapter, and all of it taken back. */
import { randomUUID } from 'node:crypto';

import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Answer, Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { lines, sql } from '../support/database.ts';
import { inbound, messageOf, post, serving, take, theTicket, thread, type Ticket } from '../support/desk.ts';
import { aPng } from '../support/files.ts';
import { until } from '../support/until.ts';
import { aWhatsapp, type Customer, type Whatsapp } from '../support/whatsapp.ts';

type Pair = { source: Ticket; target: Ticket };
type Two = { here: Ticket; other: Ticket; first: Customer; second: Customer };

let account: Account;
let whatsapp: Whatsapp;
let olga: Browser;
let camila: Browser;
let ana: Browser;
let bruno: Browser;

const merge = (who: Browser, source: number, into_id: number): Promise<Answer> => who.post(`/api/v1/tickets/${source}/merge`, { into_id });
const unmerge = (who: Browser, source: number): Promise<Answer> => who.post(`/api/v1/tickets/${source}/unmerge`);
const chapter = (who: Browser, id: number, of: number): Promise<Answer> => who.get(`/api/v1/tickets/${id}/messages?chapter=${of}&limit=100`);
const events = async (who: Browser, id: number): Promise<unknown[]> =>
  (await thread(who, id)).map(({ detail }) => (detail as { event?: string } | null)?.event).filter((event) => event !== undefined);
const trail = async (id: number): Promise<string[]> =>
  (await lines("SELECT action FROM audit_events WHERE account_id = :'a' AND subject_kind = 'ticket' AND subject_id = :'t' ORDER BY id", { a: account.id, t: id }));

/** One person with two phones: Ana serves the first, Bruno the second. */
async function two(): Promise<Two> {
  const [first, second] = [await whatsapp.customer(), await whatsapp.customer()];
  const here = await serving(ana, first);
  const other = await serving(bruno, second);
  (await olga.post(`/api/v1/contacts/${here.contact.id}/merge`, { contact_id: other.contact.id })).ok();
  return { here, other, first, second };
}

beforeAll(async () => {
  account = await anAccount();
  [olga, camila, ana, bruno] = await Promise.all([account.as('olga'), account.as('camila'), account.as('ana'), account.as('bruno')]);
  whatsapp = await aWhatsapp(account);
});

describe('merging', () => {
  it('ends the one without a word to the customer, and everybody sees it at once', async () => {
    const { here, other, second } = await two();
    const [of, live] = [await bruno.live(), await ana.live()];
    const pair = (await merge(camila, other.id, here.id)).ok<Pair>();
    expect(pair.source).toMatchObject({ id: other.id, state: 'closed', merged_into: here.id, merged_ids: [] });
    expect(pair.target).toMatchObject({ id: here.id, state: 'serving', merged_into: null, merged_ids: [other.id] });
    await of.next('ticket.changed', ({ ticket }) => ticket.id === other.id && ticket.merged_into === here.id);
    await live.next('ticket.changed', ({ ticket }) => ticket.id === here.id && ticket.merged_ids.includes(other.id));
    for (const stream of [of, live]) stream.close();
    expect(await events(ana, here.id)).toContain('ticket_joined');
    expect(await events(bruno, other.id)).toContain('ticket_merged');
    expect(await trail(other.id)).toEqual(expect.arrayContaining(['ticket.closed', 'ticket.merged']));
    expect(await trail(here.id)).toContain('ticket.joined');
    (await post(bruno, other.id, 'reply', 'Ainda aí?')).refused(409, 'ticket_closed');
    expect(await second.received(0)).toEqual([]);
    (await bruno.post(`/api/v1/tickets/${other.id}/reopen`)).refused(409, 'ticket_merged');
  });

  it('leaves the number of the one in the other\'s hands: nobody is offered it as free', async () => {
    const { here, other } = await two();
    (await merge(camila, other.id, here.id)).ok();
    const { data } = (await ana.get(`/api/v1/contacts/${here.contact.id}/ways`)).ok<{ data: { identity_id: number; standing: string; ticket_id: number | null }[] }>();
    expect(data.map(({ standing, ticket_id }) => [standing, ticket_id])).toEqual([['live', here.id], ['live', here.id]]);
    for (const { identity_id } of data) {
      const wish = { client_key: randomUUID(), contact_id: here.contact.id, channel_id: whatsapp.id, identity_id, text: 'Oi' };
      (await ana.post('/api/v1/tickets', wish)).refused(409, 'one_live_ticket');
    }
  });

  it('is for whoever may, and sees both', async () => {
    const { here, other } = await two();
    (await merge(ana, other.id, here.id)).refused(403, 'permission_denied');
    (await merge(camila, other.id, 900_000_000_000)).refused(404, 'ticket_unknown', 'into_id');
    (await merge(camila, 900_000_000_000, here.id)).refused(404, 'not_found');
    (await merge(camila, here.id, here.id)).refused(400, 'ticket_is_itself', 'into_id');
    await sql("UPDATE tickets SET department_id = :'d' WHERE account_id = :'a' AND id = :'t'", { a: account.id, t: here.id, d: account.departments['Antigo'] ?? 0 });
    (await merge(camila, other.id, here.id)).refused(404, 'ticket_unknown', 'into_id');
    (await merge(camila, here.id, other.id)).refused(404, 'not_found');
    (await merge(olga, other.id, here.id)).ok();
  });

  it('of two that cross, both ways at once, happens one way', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { here, other } = await two();
      const answers = await Promise.all([merge(camila, other.id, here.id), merge(olga, here.id, other.id)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(await sql("SELECT count(*) FROM tickets WHERE account_id = :'a' AND id IN (:'x', :'y') AND merged_into IS NOT NULL", { a: account.id, x: here.id, y: other.id })).toBe('1');
    }
  });

  it('asked again, at once or later, is one merge', async () => {
    const { here, other } = await two();
    const answers = await Promise.all([merge(camila, other.id, here.id), merge(camila, other.id, here.id), merge(olga, other.id, here.id)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    (await merge(camila, other.id, here.id)).ok();
    expect((await theTicket(ana, here.id)).merged_ids).toEqual([other.id]);
    expect((await events(ana, here.id)).filter((event) => event === 'ticket_joined')).toHaveLength(1);
  });
});

describe('a chapter', () => {
  it('is read, files and all, by whoever sees the whole, who does not thereby see the ticket', async () => {
    const { here, other, second } = await two();
    const bytes = aPng('no capítulo');
    await second.send({ type: 'image', image: { data_base64: bytes.toString('base64'), mime_type: 'image/png' } });
    const withFile = await messageOf(bruno, other.id, 'with a picture', ({ attachments }) => attachments.some(({ state }) => state === 'ready'));
    const file = withFile.attachments[0]?.id ?? 0;
    /* Both confidential: who serves somebody sees their past, but not of this kind. */
    await sql("UPDATE tickets SET is_confidential = true WHERE account_id = :'a' AND id IN (:'t', :'h')", { a: account.id, t: other.id, h: here.id });
    await sql("UPDATE tickets SET department_id = :'d', assignee_id = :'o' WHERE account_id = :'a' AND id = :'t'", {
      a: account.id, t: other.id, d: account.departments['Antigo'] ?? 0, o: account.members.olga,
    });
    (await ana.get(`/api/v1/tickets/${other.id}`)).refused(404, 'not_found');
    (await chapter(ana, here.id, other.id)).refused(404, 'not_found');
    (await ana.media(file)).refused(404, 'not_found');

    (await merge(olga, other.id, here.id)).ok();
    const said = (await chapter(ana, here.id, other.id)).ok<{ data: Schemas['Message'][] }>().data;
    expect(said.map(({ seq }) => seq)).toEqual((await thread(olga, other.id)).map(({ seq }) => seq));
    expect(said.every(({ ticket_id }) => ticket_id === other.id)).toBe(true);
    expect((await ana.media(file)).status).toBe(200);
    expect((await ana.get(`/api/v1/tickets/${here.id}/chapters`)).ok<{ data: Ticket[] }>().data.map(({ id }) => id)).toEqual([other.id]);
    for (const path of ['', '/messages', '/chapters']) (await ana.get(`/api/v1/tickets/${other.id}${path}`)).refused(404, 'not_found');
    (await post(ana, other.id, 'whisper', 'por fora')).refused(404, 'not_found');
    (await unmerge(camila, other.id)).refused(404, 'not_found');

    (await unmerge(olga, other.id)).ok();
    (await chapter(ana, here.id, other.id)).refused(404, 'not_found');
    (await ana.media(file)).refused(404, 'not_found');
  });

  it('of a ticket that one does not see, or of another, is none', async () => {
    const { here, other } = await two();
    const stranger = await serving(ana, await whatsapp.customer());
    (await merge(camila, other.id, here.id)).ok();
    (await chapter(ana, stranger.id, other.id)).refused(404, 'not_found');
    (await chapter(ana, here.id, stranger.id)).refused(404, 'not_found');
    await sql("UPDATE tickets SET department_id = :'d', assignee_id = :'o' WHERE account_id = :'a' AND id = :'t'", {
      a: account.id, t: here.id, d: account.departments['Antigo'] ?? 0, o: account.members.olga,
    });
    (await chapter(ana, here.id, other.id)).refused(404, 'not_found');
    (await ana.get(`/api/v1/tickets/${here.id}/chapters`)).refused(404, 'not_found');
  });

  it('shows a phone as masked as everywhere', async () => {
    const { here, other, second } = await two();
    (await merge(camila, other.id, here.id)).ok();
    const shown = async (): Promise<string | undefined> =>
      (await ana.get(`/api/v1/tickets/${here.id}/chapters`)).ok<{ data: Ticket[] }>().data[0]?.contact.address;
    expect(await shown()).toBe(`+${second.wa_id ?? ''}`);
    await sql("UPDATE groups SET masks = 1 WHERE account_id = :'a' AND builtin = 'agent'", { a: account.id });
    expect(await shown()).toContain('•');
    await sql("UPDATE groups SET masks = 0 WHERE account_id = :'a' AND builtin = 'agent'", { a: account.id });
  });

  it('is in no list, no count and no queue of live ones', async () => {
    const { here, other } = await two();
    const listed = async (tab: string): Promise<number[]> =>
      (await camila.get(`/api/v1/tickets?tab=${tab}&limit=100`)).ok<Schemas['TicketPage']>().data.map(({ id }) => id);
    const count = async (): Promise<number> => (await camila.get('/api/v1/tickets/counts')).ok<{ serving: number }>().serving;
    const before = await count();
    (await merge(camila, other.id, here.id)).ok();
    expect(await count()).toBe(before - 1);
    expect(await listed('serving')).not.toContain(other.id);
    expect(await listed('closed')).toContain(other.id);
  });

  it('is still found by what was said in it, where it was said', async () => {
    const { here, other, second } = await two();
    await second.say('quadriciclo azul');
    await messageOf(bruno, other.id, 'with the word', ({ text }) => text === 'quadriciclo azul');
    (await merge(camila, other.id, here.id)).ok();
    const found = await until('it is indexed', async () =>
      (await camila.get('/api/v1/search?q=quadriciclo')).ok<{ data: Schemas['MessageFound'][] }>().data[0]);
    expect(found.message.ticket_id).toBe(other.id);
  });
});

describe('what the customer writes next', () => {
  it('comes to the whole, and the answer leaves from there', async () => {
    const { here, other, first, second } = await two();
    (await merge(camila, other.id, here.id)).ok();
    await second.say('E agora?');
    const heard = await messageOf(ana, here.id, 'of the other phone', ({ text }) => text === 'E agora?');
    expect(heard.direction).toBe('in');
    expect(await events(ana, here.id)).toContain('ticket_heard');
    expect((await inbound(bruno, other.id)).some(({ text }) => text === 'E agora?')).toBe(false);
    (await post(ana, here.id, 'reply', 'Aqui estou')).ok(201);
    await until('it is on the first phone', async () => (await first.texts()).includes('Aqui estou') || undefined);
    expect(await second.received(0)).toEqual([]);
    (await olga.post('/api/v1/tickets', { client_key: `fora-${other.id}-${here.id}`, channel_id: whatsapp.id, contact_id: here.contact.id, identity_id: await identityOf(second), text: 'Oi' }))
      .refused(409, 'one_live_ticket');
  });

  it('while they are made one is lost nowhere and opens nothing', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { here, other, first, second } = await two();
      const texts = Array.from({ length: 8 }, (_, n) => `dito ${round} ${n}`);
      await Promise.all([merge(camila, other.id, here.id), ...texts.map((text, n) => (n % 2 === 0 ? first : second).say(text))]);
      const said = await until('all of it', async () => {
        const rows = await lines("SELECT body FROM messages WHERE account_id = :'a' AND ticket_id IN (:'x', :'y') AND body LIKE 'dito%'", { a: account.id, x: here.id, y: other.id });
        return rows.length >= texts.length ? rows : undefined;
      });
      expect(said.sort()).toEqual(texts);
      expect(await sql("SELECT count(*) FROM tickets WHERE account_id = :'a' AND contact_id = :'c' AND state <> 'closed'", { a: account.id, c: here.contact.id })).toBe('1');
    }
  });
});

const identityOf = async (customer: Customer): Promise<number> =>
  Number(await sql("SELECT id FROM contact_identities WHERE account_id = :'a' AND address = :'w'", { a: account.id, w: customer.wa_id ?? '' }));

describe('undoing', () => {
  it('gives back hands and place, and is told', async () => {
    const { here, other } = await two();
    (await merge(camila, other.id, here.id)).ok();
    const live = await bruno.live();
    const back = (await unmerge(camila, other.id)).ok<Pair>();
    expect(back.source).toMatchObject({ state: 'serving', assignee_id: other.assignee_id, assigned_at: other.assigned_at, queued_at: other.queued_at, closed_at: null, merged_into: null });
    expect(back.target.merged_ids).toEqual([]);
    await live.next('ticket.changed', ({ ticket }) => ticket.id === other.id && ticket.state === 'serving');
    live.close();
    (await post(bruno, other.id, 'reply', 'De volta')).ok(201);
    expect(await events(bruno, other.id)).toContain('ticket_unmerged');
    expect(await events(ana, here.id)).toContain('ticket_parted');
    expect(await trail(other.id)).toContain('ticket.unmerged');
    (await unmerge(camila, other.id)).ok();
    (await unmerge(camila, here.id)).refused(409, 'not_merged');
  });

  it('is refused while they are served anew, and says where', async () => {
    const { here, other, second } = await two();
    (await merge(camila, other.id, here.id)).ok();
    (await ana.post(`/api/v1/tickets/${here.id}/close`, { reason_id: account.reasons['Engano'] })).ok();
    await second.say('Voltei');
    const fresh = await until('a new ticket', async () => {
      const id = await sql("SELECT id FROM tickets WHERE account_id = :'a' AND identity_id = :'i' AND state <> 'closed'", { a: account.id, i: await identityOf(second) });
      return id === '' ? undefined : Number(id);
    });
    const problem = (await unmerge(camila, other.id)).refused(409, 'one_live_ticket');
    expect(problem.ticket_id).toBe(fresh);
    await take(ana, fresh);
  });
});
