import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Config } from './api';
import { createChat } from './chat';
import { fieldsToAsk } from './details';
import type { Identity } from './identity';
import { Refusal } from './refusal';
import { createShelf } from './storage';
import { FakeServer, config, message } from './testing/fake-server';
import { FakeSource } from './testing/fake-source';
import { memoryStorage } from './testing/memory-storage';

const ana: Identity = { identifier: '42', hash: 'aa', name: 'Ana' };
const beto: Identity = { identifier: '43', hash: 'bb', name: 'Beto' };

let server: FakeServer;
let local: Storage;
let isOnline: boolean;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-20T12:00:00Z') });
  FakeSource.opened = [];
  server = new FakeServer();
  local = memoryStorage();
  isOnline = true;
  vi.spyOn(navigator, 'onLine', 'get').mockImplementation(() => isOnline);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A page load. */
async function visit(identity: Identity | null = null, looks: Partial<Config> = {}) {
  const tab = memoryStorage();
  const chat = createChat({
    client: server.client,
    config: config(looks),
    shelf: createShelf('t:', () => local),
    visit: createShelf('t:', () => tab),
    identity,
    page: () => 'https://loja.exemplo/',
    openSource: (url) => new FakeSource(url),
  });
  chat.start();
  await vi.advanceTimersByTimeAsync(0);
  return chat;
}

const soon = () => vi.advanceTimersByTimeAsync(0);
const goOnline = (next: boolean) => {
  isOnline = next;
  dispatchEvent(new Event(next ? 'online' : 'offline'));
};

describe('a stranger', () => {
  it('costs the server nothing until the first word', async () => {
    const chat = await visit();
    chat.open();
    await soon();
    expect(server.entered).toEqual([]);
    expect(server.asked).toEqual([]);
    expect(FakeSource.opened).toEqual([]);

    chat.send('Oi');
    await soon();
    expect(server.entered).toHaveLength(1);
    expect(server.posts.map(({ text }) => text)).toEqual(['Oi']);
    expect(FakeSource.opened).toHaveLength(1);
  });

  it('finds the conversation again after a reload', async () => {
    (await visit()).send('Oi');
    await soon();
    const [post] = server.posts;
    server.thread = [
      message({ from: 'visitor', client_key: post?.client_key ?? '' }),
      message({ text: 'Olá' }),
    ];
    server.state = 'open';
    server.unread = 1;

    const chat = await visit();
    expect(server.entered).toHaveLength(1);
    expect(chat.store.get()).toMatchObject({ unread: 1, ticket: 'open', outgoing: [] });
    expect(chat.store.get().messages).toHaveLength(2);
    expect(server.receipts).toEqual([{ id: server.thread[1]?.id, state: 'delivered' }]);

    chat.open();
    await soon();
    expect(server.receipts.at(-1)).toEqual({ id: server.thread[1]?.id, state: 'read' });
    expect(chat.store.get().unread).toBe(0);
  });

  it('types without a network, and everything goes out in order when it is back', async () => {
    const chat = await visit();
    goOnline(false);
    chat.send('um');
    chat.send('dois');
    await soon();
    expect(chat.store.get().outgoing.map(({ state }) => state)).toEqual(['waiting', 'waiting']);
    expect(server.posts).toEqual([]);

    goOnline(true);
    await soon();
    expect(server.posts.map(({ text }) => text)).toEqual(['um', 'dois']);
  });

  it('reads upwards, page by page', async () => {
    (await visit()).send('Oi');
    await soon();
    server.thread = Array.from({ length: 95 }, () => message());
    const chat = await visit();
    expect(chat.store.get()).toMatchObject({ hasOlder: true });
    chat.loadOlder();
    chat.loadOlder(); // while the first is on its way
    await soon();
    expect(chat.store.get().messages).toHaveLength(80);
    chat.loadOlder();
    await soon();
    expect(chat.store.get().messages).toEqual(server.thread);
    expect(chat.store.get().hasOlder).toBe(false);
  });

  it('starts anew when the server has forgotten the token', async () => {
    (await visit()).send('Oi');
    await soon();
    server.unknownTokens.add('token-1');
    const chat = await visit();
    expect(chat.store.get()).toMatchObject({ token: null, messages: [] });
    chat.send('De volta');
    await soon();
    expect(server.posts.at(-1)?.text).toBe('De volta');
    expect(chat.store.get().token).toBe('token-2');
  });
});

describe('a person the page names', () => {
  it('sees nothing of the one before, and sends nothing in their name', async () => {
    const chat = await visit(ana);
    chat.send('sou a Ana');
    await soon();
    server.thread = [message()];
    await visit(ana);
    chat.reload();
    await soon();
    expect(chat.store.get().messages).toHaveLength(1);
    goOnline(false);
    chat.send('segredo');

    server.thread = [];
    chat.identify(beto);
    expect(chat.store.get()).toMatchObject({ token: null, messages: [], outgoing: [], unread: 0 });
    goOnline(true);
    await soon();
    expect(server.posts.map(({ text }) => text)).toEqual(['sou a Ana']);
    chat.send('sou o Beto');
    await soon();
    expect(server.entered.map(({ identifier }) => identifier)).toEqual(['42', '43']);
  });

  it('does not hear the stream of the one before', async () => {
    const chat = await visit(ana);
    chat.send('sou a Ana');
    await soon();
    const ofAna = FakeSource.last;
    ofAna.accept('1-1');
    chat.identify(beto);
    expect(ofAna.readyState).toBe(2);
    ofAna.tell('message', { message: message() }, '1-2');
    expect(chat.store.get().messages).toEqual([]);
    chat.send('sou o Beto');
    await soon();
    expect(FakeSource.last.url).toBe('/live/widget?token=token-2&cursor=');
  });

  it('tells the team what they have read, whatever the one before had', async () => {
    const [ofBeto, ofAna] = [message(), message()];
    server.thread = [ofAna];
    server.state = 'open';
    const chat = await visit(ana);
    chat.open();
    await soon();
    server.thread = [ofBeto];
    chat.identify(beto);
    await soon();
    expect(server.receipts.map(({ id }) => id)).toEqual([ofAna.id, ofBeto.id]);
  });

  it('takes along what was typed before logging in', async () => {
    const chat = await visit();
    goOnline(false);
    chat.send('antes de entrar');
    chat.identify(ana);
    goOnline(true);
    await soon();
    expect(server.entered.map(({ identifier }) => identifier)).toEqual(['42']);
    expect(server.posts.map(({ text }) => text)).toEqual(['antes de entrar']);
  });

  it('finds their conversation on a new device when the panel opens', async () => {
    server.thread = [message()];
    server.state = 'open';
    const chat = await visit(ana);
    expect(server.entered).toEqual([]);
    chat.open();
    await soon();
    expect(chat.store.get().messages).toHaveLength(1);
  });
});

describe('replies', () => {
  async function talking() {
    const chat = await visit();
    chat.send('Oi');
    await soon();
    server.state = 'open';
    FakeSource.last.accept();
    await soon();
    return chat;
  }

  it('are counted while the panel is closed, and read when it opens', async () => {
    const chat = await talking();
    const reply = message();
    FakeSource.last.tell('message', { message: reply }, '1-1');
    FakeSource.last.tell('message', { message: reply }, '1-1'); // told twice, counted once
    await soon();
    expect(chat.store.get().unread).toBe(1);
    expect(server.receipts).toEqual([{ id: reply.id, state: 'delivered' }]);
    chat.open();
    await soon();
    expect(chat.store.get().unread).toBe(0);
    expect(server.receipts.at(-1)).toEqual({ id: reply.id, state: 'read' });
  });

  it('are not read while the reader is further up', async () => {
    const chat = await talking();
    chat.open();
    chat.sees(false);
    FakeSource.last.tell('message', { message: message() }, '1-1');
    await soon();
    expect(chat.store.get().unread).toBe(1);
    chat.sees(true);
    expect(chat.store.get().unread).toBe(0);
  });

  it('end the dots', async () => {
    const chat = await talking();
    FakeSource.last.tell('typing', {});
    expect(chat.store.get().isTyping).toBe(true);
    FakeSource.last.tell('message', { message: message() }, '1-1');
    expect(chat.store.get().isTyping).toBe(false);
    FakeSource.last.tell('typing', {});
    await vi.advanceTimersByTimeAsync(6100);
    expect(chat.store.get().isTyping).toBe(false);
  });

  it('take over from the outgoing one when the server shows it', async () => {
    const chat = await talking();
    const client_key = server.posts[0]?.client_key ?? '';
    expect(chat.store.get().outgoing).toHaveLength(1);
    FakeSource.last.tell('message', { message: message({ from: 'visitor', client_key }) }, '1-1');
    expect(chat.store.get().outgoing).toEqual([]);
    expect(chat.store.get().messages).toHaveLength(1);
  });

  it('come again from the start after a reset', async () => {
    const chat = await talking();
    FakeSource.last.tell('message', { message: message() }, '1-1');
    server.thread = [message(), message()];
    FakeSource.last.tell('reset', {});
    await soon();
    expect(chat.store.get().messages).toEqual(server.thread);
  });

  it('start again seamlessly after the ticket was closed', async () => {
    const chat = await talking();
    FakeSource.last.tell('ticket', { state: 'closed' }, '1-1');
    expect(chat.store.get().ticket).toBe('closed');
    chat.send('Mais uma coisa');
    await soon();
    const client_key = server.posts[1]?.client_key ?? '';
    FakeSource.last.tell('message', { message: message({ from: 'visitor', client_key }) }, '1-2');
    expect(chat.store.get().ticket).toBe('open');
    expect(server.entered).toHaveLength(1);
  });

  it('arrive by asking when there is no stream', async () => {
    const chat = await talking();
    FakeSource.last.refuse();
    await soon();
    server.thread = [message()];
    await vi.advanceTimersByTimeAsync(20_100);
    expect(chat.store.get().messages).toHaveLength(1);
  });
});

describe('writing', () => {
  it('is told at most every four seconds, and only to a server that knows us', async () => {
    const chat = await visit();
    chat.typed();
    await soon();
    expect(server.typed).toBe(0);
    chat.send('Oi');
    await vi.advanceTimersByTimeAsync(4100);
    for (let i = 0; i < 10; i += 1) chat.typed();
    await soon();
    expect(server.typed).toBe(1);
  });

  it('waits out a 429 and loses nothing', async () => {
    const chat = await visit();
    server.refusals.push(null, new Refusal('rate_limited', 429, undefined, 5));
    chat.send('um');
    chat.send('dois');
    await vi.advanceTimersByTimeAsync(4000);
    expect(server.posts).toEqual([]);
    expect(chat.store.get().quiet_until).toBeGreaterThan(Date.now());
    expect(chat.store.get().isStale).toBe(false);
    await vi.advanceTimersByTimeAsync(1100);
    expect(server.posts.map(({ text }) => text)).toEqual(['um', 'dois']);
  });

  it('sends each file as a message, the words with the first', async () => {
    const chat = await visit();
    chat.stage([new File(['a'], 'a.pdf'), new File(['b'], 'b.pdf')]);
    chat.send('os dois laudos');
    await soon();
    expect(server.uploads).toEqual(['a.pdf', 'b.pdf']);
    expect(server.posts).toMatchObject([
      { text: 'os dois laudos', attachment_id: 1 },
      { attachment_id: 2 },
    ]);
    expect(chat.store.get().staged).toEqual([]);
  });

  it('says which file is too large, and keeps the others', async () => {
    const chat = await visit(null, { file_max_bytes: 3 });
    chat.stage([new File(['abcd'], 'grande.pdf'), new File(['ab'], 'bom.pdf')]);
    expect(chat.store.get().notice).toEqual({ slug: 'file_too_large', name: 'grande.pdf' });
    expect(chat.store.get().staged.map(({ file }) => file.name)).toEqual(['bom.pdf']);
  });
});

describe('the questions before the first message', () => {
  const prechat: Config['prechat'] = [
    { name: 'name', required: true },
    { name: 'email', required: true },
  ];

  it('come first, go along with the entrance, and are not asked again', async () => {
    const chat = await visit(null, { prechat });
    expect(fieldsToAsk(chat.store.get())).toHaveLength(2);
    chat.tellDetails({ name: 'Ana', email: 'ana@empresa.com' });
    chat.send('Oi');
    await soon();
    expect(server.entered[0]).toMatchObject({ name: 'Ana', email: 'ana@empresa.com' });
    expect(fieldsToAsk((await visit(null, { prechat })).store.get())).toEqual([]);
  });

  it('leave out what the page already told', async () => {
    const chat = await visit({ name: 'Ana' }, { prechat });
    expect(fieldsToAsk(chat.store.get()).map(({ name }) => name)).toEqual(['email']);
  });

  it('come back when the server refuses an answer, and the message waits for them', async () => {
    const chat = await visit(null, { prechat });
    chat.tellDetails({ name: 'Ana', email: 'ana@x.yz' });
    server.refusals.push(new Refusal('field_invalid', 422, 'email'));
    chat.send('Oi');
    await soon();
    expect(chat.store.get().detailsFault).toEqual({ field: 'email', slug: 'field_invalid' });
    expect(chat.store.get().outgoing.map(({ state }) => state)).toEqual(['waiting']);
    chat.tellDetails({ name: 'Ana', email: 'ana@empresa.com' });
    await soon();
    expect(server.posts.map(({ text }) => text)).toEqual(['Oi']);
  });
});
