/** What belongs to another account does not exist. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { inbound, reply, serving, theTicket, type Ticket, ticketOf } from '../support/desk.ts';
import { aPng } from '../support/files.ts';
import { aWebchat } from '../support/webchat.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

type Page = { data: unknown[] };

let ours: Account;
let theirs: Account;
let stranger: Browser;
let ana: Browser;
let ticket: Ticket;
let whatsapp: Whatsapp;
let file: Schemas['Attachment'];

beforeAll(async () => {
  [theirs, ours] = await Promise.all([anAccount(), anAccount()]);
  whatsapp = await aWhatsapp(theirs);
  ana = await theirs.as('ana');
  ticket = await serving(ana, await whatsapp.customer());
  file = (await ana.upload('x.png', 'image/png', aPng('deles'))).ok(201);
  await reply(ana, ticket.id, { attachment_id: file.id });
  (await ana.put(`/api/v1/tickets/${ticket.id}/draft`, { mode: 'reply', body: 'deles' })).ok(204);
  /* The most powerful person of the other house. */
  stranger = await ours.as('olga');
});

describe('by its number', () => {
  it('nothing is read', async () => {
    const paths = [
      `/api/v1/tickets/${ticket.id}`,
      `/api/v1/tickets/${ticket.id}/messages`,
      `/api/v1/contacts/${ticket.contact.id}`,
      `/api/v1/contacts/${ticket.contact.id}/files`,
      `/api/v1/contacts/${ticket.contact.id}/tickets`,
      `/api/v1/channels/${whatsapp.id}`,
      `/media/${file.id}?account=${ours.id}`,
    ];
    for (const path of paths) {
      const answer = await stranger.get(path);
      if (path.includes('/contacts/') && answer.status === 200) expect(answer.ok<Page>().data).toEqual([]);
      else answer.refused(404, 'not_found');
    }
  });

  it('nothing is done', async () => {
    const to = ours.departments['Suporte'];
    const reason_id = ours.reasons['Resolvido'];
    const acts: [string, string, unknown][] = [
      ['POST', `/api/v1/tickets/${ticket.id}/take`, undefined],
      ['POST', `/api/v1/tickets/${ticket.id}/transfer`, { department_id: to }],
      ['POST', `/api/v1/tickets/${ticket.id}/close`, { reason_id }],
      ['POST', `/api/v1/tickets/${ticket.id}/read`, { seq: 1 }],
      ['POST', `/api/v1/tickets/${ticket.id}/typing`, undefined],
      ['POST', `/api/v1/tickets/${ticket.id}/messages`, { client_key: 'of-a-stranger', mode: 'reply', text: 'x' }],
      ['POST', `/api/v1/tickets/${ticket.id}/messages`, { client_key: 'of-a-stranger', mode: 'whisper', text: 'x' }],
      ['POST', `/api/v1/tickets/${ticket.id}/messages/4/retry`, undefined],
      ['PUT', `/api/v1/tickets/${ticket.id}/draft`, { mode: 'reply', body: 'x' }],
      ['PATCH', `/api/v1/contacts/${ticket.contact.id}`, { name: 'x' }],
      ['PATCH', `/api/v1/channels/${whatsapp.id}`, { name: 'x' }],
      ['POST', `/api/v1/channels/${whatsapp.id}/test`, undefined],
    ];
    for (const [method, path, body] of acts) (await stranger.ask(method, path, body)).refused(404, 'not_found');
    expect(await theTicket(ana, ticket.id)).toMatchObject({ state: 'serving', assignee_id: theirs.members.ana });
  });

  it('nothing of theirs is put to use in our own house', async () => {
    const own = await aWhatsapp(ours);
    const mine = await serving(await ours.as('ana'), await own.customer());
    const bruno = await ours.as('ana');
    (await bruno.post(`/api/v1/tickets/${mine.id}/transfer`, { department_id: theirs.departments['Suporte'] })).refused(
      404,
      'department_unknown',
      'department_id',
    );
    (await bruno.post(`/api/v1/tickets/${mine.id}/transfer`, { assignee_id: theirs.members.bruno })).refused(
      404,
      'member_unknown',
      'assignee_id',
    );
    (await bruno.post(`/api/v1/tickets/${mine.id}/close`, { reason_id: theirs.reasons['Resolvido'] })).refused(
      404,
      'reason_unknown',
      'reason_id',
    );
    (
      await bruno.post(`/api/v1/tickets/${mine.id}/messages`, { client_key: 'their-file', mode: 'reply', attachment_id: file.id })
    ).refused(404, 'attachment_unknown', 'attachment_id');
    (
      await stranger.post('/api/v1/channels', { kind: 'webchat', name: 'x', department_id: theirs.departments['Suporte'] })
    ).refused(404, 'department_unknown', 'department_id');
  });
});

describe('in a list', () => {
  it('nothing is found', async () => {
    const lists = ['waiting', 'serving', 'bot', 'closed'].map((tab) => `/api/v1/tickets?tab=${tab}&limit=100`);
    const searches = [ticket.contact.name, ticket.contact.address].map(
      (q) => `/api/v1/tickets?tab=waiting&q=${encodeURIComponent(q)}`,
    );
    for (const path of [
      ...lists,
      ...searches,
      '/api/v1/channels',
      '/api/v1/drafts',
      `/api/v1/tickets?tab=serving&assignee=${theirs.members.ana}`,
      `/api/v1/tickets?tab=serving&channels=${whatsapp.id}`,
    ]) {
      const seen = JSON.stringify((await stranger.get(path)).ok<Page>().data);
      expect(seen).not.toContain(ticket.contact.name);
      expect(seen).not.toContain('deles');
    }
  });

  it('nothing is counted', async () => {
    const fresh = await anAccount();
    const { as_of: _, ...counts } = (await (await fresh.as('ana')).get('/api/v1/tickets/counts')).ok<Record<string, unknown>>();
    expect(counts).toEqual({ mine: 0, mine_unread: 0, serving: 0, waiting: 0, bot: 0 });
    expect((await fresh.catalogue()).channels).toEqual([]);
  });
});

describe('one customer of two houses', () => {
  it('is two people, with two conversations', async () => {
    const own = await aWhatsapp(ours);
    const [here, there] = [await own.customer(), await whatsapp.customer()];
    const wa_id = '5549988001122';
    const value = (number: string, name: string) => ({
      messaging_product: 'whatsapp',
      metadata: { phone_number_id: number },
      contacts: [{ wa_id, profile: { name } }],
      messages: [
        {
          from: wa_id,
          id: 'wamid.the-same-id-in-both',
          timestamp: String(Math.floor(Date.now() / 1000)),
          type: 'text',
          text: { body: `para ${name}` },
        },
      ],
    });
    await own.webhook('messages', value(own.number, here.name));
    await whatsapp.webhook('messages', value(whatsapp.number, there.name));
    const [ourTicket, theirTicket] = [await ticketOf(await ours.as('ana'), here.name), await ticketOf(ana, there.name)];
    expect((await inbound(await ours.as('ana'), ourTicket.id)).map(({ text }) => text)).toEqual([`para ${here.name}`]);
    expect((await inbound(ana, theirTicket.id)).map(({ text }) => text)).toEqual([`para ${there.name}`]);
  });

  it('in the widget is a visitor of the house whose token it is', async () => {
    const [a, b] = [await aWebchat(ours), await aWebchat(theirs)];
    const [one, other] = [await a.visitor(), await b.visitor()];
    (await one.say('na nossa')).ok(202);
    (await other.say('na deles')).ok(202);
    await one.seeing('its words', ({ data }) => data.length === 1);
    await other.seeing('its words', ({ data }) => data.length === 1);
    const own = (await one.upload('x.png', 'image/png', aPng())).ok<Schemas['Attachment']>(201);
    (await other.media(own.id)).refused(404, 'not_found');
  });
});
