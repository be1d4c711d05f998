/** What a bot sends and asks for besides words, through both networks; and what it hears that nobody else is to read. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import { call, type Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { lines, sql } from '../support/database.ts';
import { aFlow, type Document, greeting, publish } from '../support/flows.ts';
import { until } from '../support/until.ts';
import { aWebchat, type Visitor, type VisitorMessage } from '../support/webchat.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

const PAPER = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
const TYPES: Record<string, string> = { location: 'location', image: 'file', text: 'text' };
const AT = { v: 1, position: { x: 0, y: 0 } };

let account: Account;
let rafael: Browser;
let whatsapp: Whatsapp;
let sha256: string;
let file_id: number;

/** One card before a person goes on. */
const before = (key: string, card: object, more: object = {}): Document =>
  greeting(account, {
    key, name: key, channels: ['webchat', 'whatsapp'], start: 'faz',
    cards: [
      { id: 'faz', ...AT, ...card },
      { id: 'para', ...AT, type: 'transfer', settings: { target: 'department', department: `department:${account.departments['Vendas']}`, hours: 'ignore' } },
    ],
    connectors: [{ from: 'faz', outlet: 'next', to: 'para' }],
    ...more,
  });
const awaiting = (key: string, validator: string, more: object = {}): Document =>
  before(key, { type: 'question', settings: { expect: 'await', validator, text: 'Onde você está?', store: 'flow.onde', ...more } },
    { variables: [{ name: 'flow.onde', type: TYPES[validator], label: 'Onde' }] });

/** A page of its own on which this flow answers. */
async function aPageWith(document: Document): Promise<Visitor> {
  const page = await aWebchat(account);
  await begins(document, page.channel.id);
  return page.visitor();
}
async function begins(document: Document, channel_id: number): Promise<void> {
  const flow = await aFlow(rafael, document);
  await publish(rafael, flow, 'Nada depois lê o que é respondido.');
  const { starts } = (await rafael.get('/api/v1/flow-starts')).ok<{ starts: { kind: string; flow_id: number; channel_id: number }[] }>();
  const others = starts.filter((start) => start.channel_id !== channel_id).map(({ kind, flow_id, channel_id: id }) => ({ kind, flow_id, channel_id: id }));
  (await rafael.put('/api/v1/flow-starts', { starts: [...others, { kind: 'channel', flow_id: flow.id, channel_id }] })).ok();
}

const fromBot = async (visitor: Visitor, count: number): Promise<VisitorMessage[]> =>
  (await visitor.seeing(`${count} from the bot`, ({ data }) => data.filter(({ from }) => from === 'bot').length >= count)).data.filter(({ from }) => from === 'bot');
/** Where the person of this name is, as their flow understood it. */
const placeOf = (name: string): Promise<string> =>
  until(`${name} is somewhere`, async () =>
    (await sql("SELECT v->>'value' FROM tickets t JOIN flow_runs r ON r.account_id = t.account_id AND r.ticket_id = t.id, json_array_elements(r.state::json->'variables') v WHERE t.account_id = :'a' AND t.contact_name = :'n' AND v->>'name' = 'flow.onde'", { a: account.id, n: name })) || undefined);

beforeAll(async () => {
  account = await anAccount();
  rafael = await account.as('rafael');
  whatsapp = await aWhatsapp(account);
  const media = await rafael.ask('PUT', '/api/v1/flow-media/uploads?filename=tabela%20de%20pre%C3%A7os.pdf', PAPER, { 'Content-Type': 'application/pdf' });
  sha256 = media.ok<Schemas['FlowMedia']>(201).sha256;
  file_id = Number(await sql("SELECT attachment_id FROM flow_files WHERE account_id = :'a' AND sha256 = :'s'", { a: account.id, s: sha256 }));
});

describe('a file that the page does not take', () => {
  it('is a link that opens without a session, and nothing but that file', async () => {
    await sql("UPDATE attachments SET size_bytes = 17 * 1024 * 1024 WHERE account_id = :'a' AND id = :'f'", { a: account.id, f: file_id });
    const visitor = await aPageWith(before('arquivo', { type: 'send_file', settings: { file: `file:${sha256}`, caption: 'A tabela' } }));
    (await visitor.say('Oi')).ok(202);
    const [said] = await fromBot(visitor, 1);
    expect(said?.kind).toBe('text');
    const [, path, id, link] = /(\/media\/(\d+)\?link=(\S+))$/.exec(said?.text ?? '') ?? [];
    expect(said?.text.startsWith('A tabela\n\ntabela de preços.pdf\nhttp')).toBe(true);

    const answer = await call({ method: 'GET', path: path ?? '' });
    expect(answer.status).toBe(200);
    expect(answer.bytes.equals(PAPER)).toBe(true);
    expect(answer.headers['content-disposition']).toMatch(/^attachment; .*filename\*=UTF-8''tabela/);
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    (await call({ method: 'GET', path: `/media/${Number(id) - 1}?link=${link}` })).refused(404, 'not_found');
    (await call({ method: 'GET', path: `/media/${id}?link=${link?.slice(0, -2)}` })).refused(404, 'not_found');

    await sql("UPDATE attachments SET is_hidden = true WHERE account_id = :'a' AND id = :'f'", { a: account.id, f: id ?? '' });
    (await call({ method: 'GET', path: path ?? '' })).refused(404, 'not_found');
  });
});

describe('where somebody is', () => {
  it('comes by a button of the page', async () => {
    const visitor = await aPageWith(awaiting('lugar', 'location'));
    (await visitor.say('Oi')).ok(202);
    expect((await fromBot(visitor, 1))[0]).toMatchObject({ kind: 'question', question: { style: 'location', options: [] } });
    const told = (location: object) => visitor.ask('POST', '/api/v1/widget/messages', { client_key: randomUUID(), location });
    (await told({ latitude: 91, longitude: 0 })).refused(400, 'location_invalid', 'location');
    (await told({ latitude: '1', longitude: 0 })).refused(400, 'location_invalid', 'location');
    (await told({ latitude: -27.1004, longitude: -52.6152 })).ok(202);
    expect(await placeOf(visitor.name)).toBe('-27.100400,-52.615200');
    expect((await visitor.conversation()).data.find(({ kind }) => kind === 'location')).toMatchObject({ from: 'visitor', text: '' });
  });

  it("comes by WhatsApp's own request", async () => {
    await begins(awaiting('lugar-zap', 'location'), whatsapp.id);
    const rita = await whatsapp.customer();
    await rita.say('Oi');
    const [asked] = await rita.received(1);
    expect(asked).toMatchObject({ type: 'interactive', content: { type: 'location_request_message', body: { text: 'Onde você está?' }, action: { name: 'send_location' } } });
    await rita.send({ type: 'location', location: { latitude: -27.1004, longitude: -52.6152 } });
    expect(await placeOf(rita.name)).toBe('-27.100400,-52.615200');
  });

  it('a file is asked for by a picker of the page', async () => {
    const visitor = await aPageWith(awaiting('foto', 'image'));
    (await visitor.say('Oi')).ok(202);
    expect((await fromBot(visitor, 1))[0]).toMatchObject({ question: { style: 'file', accepts: 'image', options: [] } });
  });
});

describe('a sensitive answer', () => {
  it('is in no table, not even in the body that brought it', async () => {
    const secret = `segredo${randomUUID().slice(0, 8)}`;
    const visitor = await aPageWith(awaiting('senha', 'text', { sensitive: true }));
    (await visitor.say('Oi')).ok(202);
    await fromBot(visitor, 1);
    const since = await sql('SELECT pg_snapshot_xmin(pg_current_snapshot())');
    (await visitor.say(secret)).ok(202);
    await fromBot(visitor, 2);
    expect((await visitor.conversation()).data.findLast(({ from }) => from === 'visitor')?.text).toBe('•••••');
    const tables = await until('nothing of it rests', async () => {
      const found = await lines(
        `SET xmlbinary = hex; SELECT c.oid::regclass FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
          AND lower(query_to_xml(format('SELECT * FROM %s WHERE xmin::text::bigint >= %s', c.oid::regclass, :'since'), true, true, '')::text)
            ~ (:'s' || '|' || encode(:'s'::bytea, 'hex'))`,
        { s: secret, since },
      );
      return found.length === 0 ? found : undefined;
    });
    expect(tables).toEqual([]);
  });
});
