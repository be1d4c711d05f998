/** What colleagues say to one another: told to the two and to nobody else, once, with its files; and notices to groups. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount, type Who } from '../support/account.ts';
import type { Answer, Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { lines, sql } from '../support/database.ts';
import { aPng } from '../support/files.ts';
import type { Stream } from '../support/stream.ts';
import { aToken, stepUp } from '../support/token.ts';

type Chat = Schemas['Chat'];
type Message = Schemas['ChatMessage'];
type Page = { data: Message[]; has_older: boolean; has_newer: boolean };

let account: Account;
let [ana, bruno, olga, fabiana]: Browser[] = [];

beforeAll(async () => {
  account = await anAccount();
  [ana, bruno, olga, fabiana] = await Promise.all((['ana', 'bruno', 'olga', 'fabiana'] as const).map((who) => account.as(who)));
});

const opened = async (by: Browser | undefined, who: Who): Promise<Chat> =>
  (await by!.post('/api/v1/chats', { member_id: account.members[who] })).ok<Chat>();
const say = (by: Browser | undefined, chat: number, text: string, client_key: string = randomUUID()): Promise<Answer> =>
  by!.post(`/api/v1/chats/${chat}/messages`, { client_key, text });
const said = async (by: Browser | undefined, chat: number, text: string): Promise<Message> => (await say(by, chat, text)).ok<Message>(201);
const upload = async (by: Browser | undefined, name: string): Promise<Schemas['Attachment']> =>
  (await by!.ask('PUT', `/api/v1/chats/uploads?filename=${name}`, aPng(name), { 'Content-Type': 'image/png' })).ok<Schemas['Attachment']>(201);
const unread = async (by: Browser | undefined, chat: number): Promise<number> => {
  const { data } = (await by!.get('/api/v1/chats/unread')).ok<{ data: { chat_id: number; last_seq: number; read_seq: number }[] }>();
  return data.filter(({ chat_id }) => chat_id === chat).reduce((sum, { last_seq, read_seq }) => sum + last_seq - read_seq, 0);
};
const textsOf = (stream: Stream): string[] =>
  stream.events.flatMap(({ data }) => ('message' in data && 'chat_id' in data.message ? [String(data.message.text)] : []));

describe('a chat of two', () => {
  it('is one, whoever opens it, and shown once something was said', async () => {
    const chat = await opened(ana, 'bruno');
    expect((await opened(bruno, 'ana')).id).toBe(chat.id);
    const listed = async (): Promise<number[]> => (await bruno!.get('/api/v1/chats')).ok<{ data: Chat[] }>().data.map(({ id }) => id);
    expect(await listed()).not.toContain(chat.id);
    await said(ana, chat.id, 'Oi, Bruno');
    const [first] = (await bruno!.get('/api/v1/chats?q=an%C3%A1')).ok<{ data: Chat[] }>().data;
    expect(first).toMatchObject({ id: chat.id, kind: 'pair', name: 'Ana de Teste', last: { text: 'Oi, Bruno' } });
    expect((await bruno!.get('/api/v1/chats?q=ninguem')).ok<{ data: Chat[] }>().data).toEqual([]);
    (await ana!.post('/api/v1/chats', { member_id: account.members.ana })).refused(404, 'member_unknown', 'member_id');
  });

  it('says what is sent again under its key once', async () => {
    const { id } = await opened(ana, 'bruno');
    const key = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => say(ana, id, 'Uma vez', key)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
    expect(new Set(answers.map(({ text }) => (JSON.parse(text) as Message).seq)).size).toBe(1);
    expect(await lines('SELECT seq FROM chat_messages WHERE client_key = :\'k\'', { k: key })).toHaveLength(1);
  });

  it('gives every message of many at once a place of its own', async () => {
    const { id } = await opened(ana, 'fabiana');
    const seqs = (await Promise.all(Array.from({ length: 12 }, (_, n) => said(n % 2 ? ana : fabiana, id, `n ${n}`)))).map(({ seq }) => seq);
    expect(seqs.sort((x, y) => x - y)).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
  });

  it('pages both ways without a gap', async () => {
    const { id } = await opened(ana, 'camila');
    for (let n = 1; n <= 23; n++) await said(ana, id, `n ${n}`);
    const seen: number[] = [];
    for (let before = ''; ; ) {
      const page = (await ana!.get(`/api/v1/chats/${id}/messages?limit=10${before}`)).ok<Page>();
      seen.unshift(...page.data.map(({ seq }) => seq));
      if (!page.has_older) break;
      before = `&before=${page.data[0]?.seq}`;
    }
    expect(seen).toEqual(Array.from({ length: 23 }, (_, n) => n + 1));
    const newer = (await ana!.get(`/api/v1/chats/${id}/messages?limit=10&after=5`)).ok<Page>();
    expect([newer.data[0]?.seq, newer.data.at(-1)?.seq, newer.has_older, newer.has_newer]).toEqual([6, 15, true, true]);
  });

  it('counts what is unread by how far each has come', async () => {
    const { id } = await opened(ana, 'rafael');
    const rafael = await account.as('rafael');
    await said(ana, id, 'um');
    const { seq } = await said(ana, id, 'dois');
    expect([await unread(ana, id), await unread(rafael, id)]).toEqual([0, 2]);
    (await rafael.post(`/api/v1/chats/${id}/read`, { seq: seq - 1 })).ok(204);
    expect(await unread(rafael, id)).toBe(1);
    await said(rafael, id, 'respondo');
    expect([await unread(ana, id), await unread(rafael, id)]).toEqual([1, 0]);
    expect((await ana!.get(`/api/v1/chats/${id}`)).ok<Chat>()).toMatchObject({ other_read_seq: 3, read_seq: 2 });
  });
});

describe('live', () => {
  it('goes to the two, to every screen of theirs, and to nobody else', async () => {
    const { id } = await opened(ana, 'bruno');
    const streams = await Promise.all([ana, ana, bruno, olga, await account.as('camila')].map((who) => who!.live()));
    const [mine, mineToo, his, owners, managers] = streams as [Stream, Stream, Stream, Stream, Stream];
    const { id: elsewhere } = await opened(olga, 'camila');
    await said(ana, id, 'só nós dois');
    (await bruno!.post(`/api/v1/chats/${id}/typing`, {})).ok(204);
    (await bruno!.post(`/api/v1/chats/${id}/read`, { seq: 9999 })).ok(204);
    for (const stream of [mine, mineToo, his]) await stream.next('chat.message', ({ message }) => message.text === 'só nós dois');
    await mine.next('chat.typing', ({ member_id }) => member_id === account.members.bruno);
    await mine.next('chat.read', ({ member_id }) => member_id === account.members.bruno);
    /* What comes after it proves that it did not come. */
    await said(olga, elsewhere, 'depois');
    for (const stream of [owners, managers]) {
      await stream.next('chat.message', ({ message }) => message.text === 'depois');
      expect(textsOf(stream)).toEqual(['depois']);
      expect(stream.events.filter(({ kind }) => kind === 'chat.read' || kind === 'chat.typing')).toEqual([]);
    }
    for (const stream of streams) stream.close();
  });

  it('replays to who was away what was theirs, and nothing else', async () => {
    const { id } = await opened(ana, 'bruno');
    const [his, owners] = [await bruno!.live(), await olga!.live()];
    const [from, ownersFrom] = [his.last_id, owners.last_id];
    his.close();
    owners.close();
    await said(ana, id, 'enquanto fora');
    const { id: elsewhere } = await opened(olga, 'camila');
    await said(await account.as('camila'), elsewhere, 'para a dona');
    const again = await bruno!.live(from);
    await again.next('chat.message', ({ message }) => message.text === 'enquanto fora');
    expect(textsOf(again)).toEqual(['enquanto fora']);
    const ownersAgain = await olga!.live(ownersFrom);
    await ownersAgain.next('chat.message', ({ message }) => message.text === 'para a dona');
    expect(textsOf(ownersAgain)).toEqual(['para a dona']);
    again.close();
    ownersAgain.close();
  });

  it('reaches who sees no tickets, and tells them nothing of the account', async () => {
    const { id } = await opened(ana, 'fabiana');
    const hers = await fabiana!.live();
    (await olga!.post('/api/v1/tags', { name: randomUUID() })).ok(201);
    await said(ana, id, 'boleto do Rui?');
    await hers.next('chat.message', ({ message }) => message.text === 'boleto do Rui?');
    expect(hers.events.map(({ kind }) => kind).filter((kind) => kind !== 'hello')).toEqual(['chat.message']);
    hers.close();
  });

  it('is told to nobody who may not use the chat any more', async () => {
    const { id } = await opened(ana, 'bruno');
    await sql("UPDATE memberships SET group_id = (SELECT id FROM groups WHERE account_id = :'a' AND builtin = 'integrator') WHERE id = :'m'", {
      a: account.id, m: account.members.bruno,
    });
    const { seq } = await said(ana, id, 'ainda aí?');
    expect(await lines("SELECT user_id FROM account_event WHERE account_id = :'a' AND kind = 'chat.message' AND payload LIKE '%ainda aí?%'", { a: account.id })).toHaveLength(1);
    (await bruno!.get(`/api/v1/chats/${id}`)).refused(403, 'permission_denied');
    await sql("UPDATE memberships SET group_id = (SELECT id FROM groups WHERE account_id = :'a' AND builtin = 'agent') WHERE id = :'m'", {
      a: account.id, m: account.members.bruno,
    });
    expect((await bruno!.get(`/api/v1/chats/${id}/messages`)).ok<Page>().data.at(-1)?.seq).toBe(seq);
  });
});

describe('files', () => {
  it('are for the two, sent once, and shown by no other address', async () => {
    const { id } = await opened(fabiana, 'ana');
    const file = await upload(fabiana, 'nota.png');
    const post = { client_key: randomUUID(), attachment_id: file.id };
    (await ana!.post(`/api/v1/chats/${id}/messages`, { ...post, client_key: randomUUID() })).refused(404, 'attachment_unknown', 'attachment_id');
    const message = (await fabiana!.post(`/api/v1/chats/${id}/messages`, post)).ok<Message>(201);
    expect(message.attachment).toMatchObject({ filename: 'nota.png', kind: 'image' });
    (await fabiana!.post(`/api/v1/chats/${id}/messages`, { ...post, client_key: randomUUID() })).refused(404, 'attachment_unknown', 'attachment_id');
    const bytes = (who: Browser | undefined): Promise<Answer> => who!.get(`/media/chats/${file.id}?account=${account.id}`);
    expect((await bytes(ana)).status).toBe(200);
    (await bytes(olga)).refused(404, 'not_found');
    (await bytes(bruno)).refused(404, 'not_found');
    (await ana!.media(file.id)).refused(404, 'not_found');
  });
});

describe('an internal group', () => {
  it('is told notices that its people read and nobody answers, and says who has read', async () => {
    const members = [account.members.ana, account.members.fabiana];
    const name = `Plantão ${randomUUID()}`;
    const group = (await olga!.post('/api/v1/internal-groups', { name, member_ids: members })).ok<Schemas['InternalGroup']>(201);
    (await olga!.post('/api/v1/internal-groups', { name })).refused(409, 'internal_group_name_is_taken');
    const [hers, his] = [await ana!.live(), await bruno!.live()];
    const notice = { client_key: randomUUID(), text: 'Fibra rompida no centro' };
    (await olga!.post(`/api/v1/internal-groups/${group.id}/notices`, notice)).ok(201);
    (await olga!.post(`/api/v1/internal-groups/${group.id}/notices`, notice)).ok(200);
    await hers.next('chat.message', ({ message }) => message.text === notice.text);
    const { id: elsewhere } = await opened(olga, 'bruno');
    await said(olga, elsewhere, 'depois do aviso');
    await his.next('chat.message', ({ message }) => message.text === 'depois do aviso');
    expect(textsOf(his)).toEqual(['depois do aviso']);
    const listed = (await ana!.get('/api/v1/chats')).ok<{ data: Chat[] }>().data.find(({ id }) => id === group.id);
    expect(listed).toMatchObject({ kind: 'group', name, member_count: 2, last: { text: notice.text } });
    (await say(ana, group.id, 'ok')).refused(409, 'chat_is_notices');
    (await bruno!.get(`/api/v1/chats/${group.id}`)).refused(404, 'not_found');
    (await olga!.get(`/api/v1/chats/${group.id}`)).refused(404, 'not_found');
    (await ana!.post(`/api/v1/chats/${group.id}/read`, { seq: 1 })).ok(204);
    const [told] = (await olga!.get(`/api/v1/internal-groups/${group.id}/notices`)).ok<{ data: { read_count: number; unread_member_ids: number[] }[] }>().data;
    expect(told).toMatchObject({ read_count: 1, unread_member_ids: [account.members.fabiana] });
    for (const stream of [hers, his]) stream.close();
  });

  it('follows its departments', async () => {
    const department = account.departments['Suporte'] ?? 0;
    const group = (await olga!.post('/api/v1/internal-groups', { name: randomUUID(), department_ids: [department] })).ok<Schemas['InternalGroup']>(201);
    expect(group.member_count).toBe(3); // camila, ana and bruno serve there
    await sql("DELETE FROM department_members WHERE account_id = :'a' AND department_id = :'d' AND member_id = :'m'", {
      a: account.id, d: department, m: account.members.bruno,
    });
    (await bruno!.get(`/api/v1/chats/${group.id}`)).refused(404, 'not_found');
    (await ana!.get(`/api/v1/chats/${group.id}`)).ok();
    (await ana!.get('/api/v1/internal-groups')).refused(403, 'permission_denied');
  });
});

describe('an export', () => {
  it('is for whoever holds it and has proved who they are, with a reason that stays in the trail', async () => {
    const { id } = await opened(ana, 'bruno');
    await said(ana, id, 'Linha um\nLinha dois');
    const wish = {
      member_a: account.members.ana, member_b: account.members.bruno,
      from: '2020-01-01T00:00:00Z', until: new Date(Date.now() + 60_000).toISOString(),
      format: 'text', reason: 'Ofício 12/2026 da 3ª vara',
    };
    const camila = await account.as('camila');
    (await camila.post('/api/v1/chats/export', wish)).refused(403, 'permission_denied');
    (await olga!.post('/api/v1/chats/export', wish)).refused(403, 'step_up_required');
    await stepUp(olga!);
    (await olga!.post('/api/v1/chats/export', { ...wish, reason: 'porque' })).refused(400, 'too_short', 'reason');
    const file = await olga!.post('/api/v1/chats/export', wish);
    file.ok();
    expect(file.text).toContain('Ana de Teste: Linha um\n    Linha dois\n');
    const [row] = await lines("SELECT detail FROM audit_events WHERE account_id = :'a' AND action = 'chat.exported'", { a: account.id });
    expect(row).toContain(wish.reason);
    expect(row).not.toContain('Linha');
    const json = await olga!.post('/api/v1/chats/export', { ...wish, format: 'jsonl' });
    expect(json.text.trim().split('\n').map((line) => (JSON.parse(line) as { text: string }).text)).toContain('Linha um\nLinha dois');
  });
});

describe('a program', () => {
  it('of nobody talks to nobody, and none exports', async () => {
    const service = await aToken(account, { kind: 'service', permissions: ['chat.use'] });
    (await service.post('/api/v1/chats', { member_id: account.members.ana })).refused(403, 'token_not_allowed');
    expect((await service.get('/api/v1/chats')).ok<{ data: Chat[] }>().data).toEqual([]);
  });
});

describe('a long history', () => {
  it('is a range of an index, however one pages', async () => {
    const { id } = await opened(ana, 'bruno');
    await sql(`INSERT INTO chat_messages (account_id, chat_id, seq, author_id, body, created_at)
      SELECT ${account.id}, ${id}, 1000 + n, ${account.members.ana}, 'velha ' || n, now() FROM generate_series(1, 20000) n; ANALYZE chat_messages`);
    const plan = (await lines(`EXPLAIN SELECT * FROM chat_messages m WHERE m.account_id = ${account.id} AND m.chat_id = ${id} AND m.seq < 15000 ORDER BY m.seq DESC LIMIT 51`)).join('\n');
    expect(plan).toMatch(/Index Scan Backward using chat_messages_pkey/);
    expect(plan).not.toMatch(/Sort|Seq Scan/);
  });
});
