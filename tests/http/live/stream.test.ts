/** What happens is seen as it happens: in order, once, by those whom it concerns. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import { Browser } from '../support/browser.ts';
import { reply, serving, take, type Ticket, ticketOf, whisper } from '../support/desk.ts';
import { type Stream } from '../support/stream.ts';
import { aWebchat } from '../support/webchat.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

let account: Account;
let ana: Browser;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  ana = await account.as('ana');
  whatsapp = await aWhatsapp(account);
});

const whispers = (stream: Stream, ticket: Ticket): string[] =>
  stream.events.flatMap(({ kind, data }) =>
    kind === 'message.created' &&
    'message' in data &&
    'ticket_id' in data.message &&
    data.message.ticket_id === ticket.id &&
    data.message.direction === 'note'
      ? [data.message.text]
      : [],
  );

describe('a stream', () => {
  it('begins with a greeting that says where it stands, and is no file to keep', async () => {
    const live = await ana.live();
    const [hello] = live.events;
    expect(hello?.id).toMatch(/^\d+-\d+$/);
    expect(hello?.data).toEqual({ cursor: hello?.id });
    live.close();
  });

  it('tells everything in the order in which it happened', async () => {
    const ticket = await serving(ana, await whatsapp.customer());
    const live = await ana.live();
    const texts = Array.from({ length: 20 }, (_, turn) => `sussurro ${turn}`);
    for (const text of texts) await whisper(ana, ticket.id, text);
    await live.next('message.created', ({ message }) => message.text === 'sussurro 19');
    expect(whispers(live, ticket)).toEqual(texts);
    const places = live.events.map(({ id }) => id?.split('-').map(BigInt) ?? []);
    const sorted = [...places].sort(([ax = 0n, ai = 0n], [bx = 0n, bi = 0n]) => Number(ax - bx || ai - bi));
    expect(places).toEqual(sorted);
    live.close();
  });

  it('resumes where it broke off, without a gap and without a repetition', async () => {
    const ticket = await serving(ana, await whatsapp.customer());
    const first = await ana.live();
    for (let turn = 0; turn < 5; turn++) await whisper(ana, ticket.id, `antes ${turn}`);
    await first.next('message.created', ({ message }) => message.text === 'antes 2');
    const after = first.events.find(
      ({ data }) => 'message' in data && 'text' in data.message && data.message.text === 'antes 2',
    )?.id;
    first.close();
    for (let turn = 0; turn < 5; turn++) await whisper(ana, ticket.id, `enquanto ${turn}`);
    const second = await ana.live(after);
    await whisper(ana, ticket.id, 'depois');
    await second.next('message.created', ({ message }) => message.text === 'depois');
    expect(whispers(second, ticket)).toEqual([
      'antes 3',
      'antes 4',
      ...[0, 1, 2, 3, 4].map((turn) => `enquanto ${turn}`),
      'depois',
    ]);
    second.close();
  });

  it('is the same through any number of breaks', async () => {
    const ticket = await serving(ana, await whatsapp.customer());
    let live = await ana.live();
    const seen: string[] = [];
    for (let turn = 0; turn < 6; turn++) {
      await whisper(ana, ticket.id, `quebra ${turn}`);
      await live.next('message.created', ({ message }) => message.text === `quebra ${turn}`);
      seen.push(...whispers(live, ticket));
      const after = live.last_id;
      live.close();
      live = await ana.live(after);
    }
    expect(seen).toEqual([0, 1, 2, 3, 4, 5].map((turn) => `quebra ${turn}`));
    live.close();
  });

  it('says when it can no longer tell what was missed', async () => {
    for (const cursor of ['1-1', 'nonsense', '18446744073709551615-1']) {
      const live = await ana.live(cursor);
      if (cursor !== '18446744073709551615-1') await live.next('reset');
      live.close();
    }
  });

  it('tells of channels, tickets and typing too', async () => {
    const rita = await whatsapp.customer();
    await rita.say('Oi');
    const ticket = await ticketOf(ana, rita.name);
    const live = await (await account.as('camila')).live();
    await take(ana, ticket.id);
    expect((await live.next('ticket.changed', (data) => data.ticket.id === ticket.id)).data.ticket).toMatchObject({
      state: 'serving',
    });
    (await ana.post(`/api/v1/tickets/${ticket.id}/typing`)).ok(204);
    expect((await live.next('typing')).data).toMatchObject({
      ticket_id: ticket.id,
      who: 'member',
      member_id: account.members.ana,
    });
    live.close();
  });

  it('is heard by everybody of the account at the same time', async () => {
    const ticket = await serving(ana, await whatsapp.customer());
    const streams = await Promise.all([ana, ana, await account.as('bruno'), await account.as('camila')].map((one) => one.live()));
    await whisper(ana, ticket.id, 'para todos');
    await Promise.all(streams.map((stream) => stream.next('message.created', ({ message }) => message.text === 'para todos')));
    for (const stream of streams) stream.close();
  });
});

describe('nobody hears', () => {
  it('another account', async () => {
    const other = await anAccount();
    const ours = await other.as('ana');
    const live = await ours.live();
    const ticket = await serving(ana, await whatsapp.customer());
    await whisper(ana, ticket.id, 'só nosso');
    const mine = await serving(ours, await (await aWhatsapp(other)).customer());
    await whisper(ours, mine.id, 'a última');
    await live.next('message.created', ({ message }) => message.text === 'a última');
    const tickets = new Set(
      live.events.flatMap(({ data }) => ('ticket' in data && typeof data.ticket === 'object' ? [data.ticket.id] : [])),
    );
    expect([...tickets]).toEqual([mine.id]);
    expect(JSON.stringify(live.events)).not.toContain('só nosso');
    live.close();
  });

  it('another visitor, and a visitor nothing of the team', async () => {
    const webchat = await aWebchat(account);
    const [visitor, other] = [await webchat.visitor(), await webchat.visitor()];
    (await visitor.say('Oi')).ok(202);
    (await other.say('Oi também')).ok(202);
    const ticket = await take(ana, (await ticketOf(ana, visitor.name)).id);
    const second = await take(ana, (await ticketOf(ana, other.name)).id);
    const streams = [await visitor.live(), await other.live()];
    await whisper(ana, ticket.id, 'entre nós');
    await reply(ana, ticket.id, 'para o primeiro');
    await reply(ana, second.id, 'para o segundo');
    await streams[0]?.next('message', ({ message }) => message.text === 'para o primeiro');
    await streams[1]?.next('message', ({ message }) => message.text === 'para o segundo');
    expect(JSON.stringify(streams[0]?.events)).not.toMatch(/segundo|entre nós/);
    expect(JSON.stringify(streams[1]?.events)).not.toMatch(/primeiro|entre nós/);
    for (const stream of streams) stream.close();
  });

  it('a visitor again who was here before, and misses nothing in between', async () => {
    const webchat = await aWebchat(account);
    const visitor = await webchat.visitor();
    (await visitor.say('Oi')).ok(202);
    const ticket = await take(ana, (await ticketOf(ana, visitor.name)).id);
    const first = await visitor.live();
    await reply(ana, ticket.id, 'primeira');
    const { id } = await first.next('message', ({ message }) => message.text === 'primeira');
    first.close();
    await reply(ana, ticket.id, 'no meio');
    const second = await visitor.live(id);
    await second.next('message', ({ message }) => message.text === 'no meio');
    expect(
      second.events.filter(({ kind, data }) => kind === 'message' && 'message' in data && data.message.text === 'primeira'),
    ).toEqual([]);
    second.close();
  });
});
