/** Abuse of rows, files and bytes, by whoever is in or writes from outside. Of coming in: door.test.ts. */
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { beforeAll, expect } from 'vitest';

import { call, type Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { aPng } from '../support/files.ts';
import { house, origin } from '../support/house.ts';
import { cut, refusedStream } from '../support/stream.ts';
import { until } from '../support/until.ts';
import { withoutRequest } from '../matrix/cells.ts';
import { aTwin, type Ticket, type Twin } from '../matrix/twins.ts';
import { BACKEND, type Case, triesAll } from './table.ts';

const ABSENT = 900_000_000_000;

let a: Twin;
let b: Twin;
let owner: Browser;

beforeAll(async () => {
  [a, b] = [await aTwin(), await aTwin()];
  owner = a.as('owner');
}, 120_000);

const first = (twin: Twin): Ticket => ticketOf(twin, () => true);
function ticketOf(twin: Twin, fits: (ticket: Ticket) => boolean): Ticket {
  const found = twin.tickets.find(fits);
  if (found === undefined) throw new Error('no such ticket');
  return found;
}

/** Bytes as they are: what no client library lets one send. The whole answer, as text. */
function raw(head: string[], body: Buffer | string = ''): Promise<string> {
  const { hostname, port } = new URL(house.url);
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(port), hostname, () => {
      socket.write(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), Buffer.from(body)]));
    });
    let said = '';
    socket.on('data', (chunk) => (said += chunk.toString('latin1')));
    socket.on('close', () => resolve(said));
    socket.on('error', (error) => (said === '' ? reject(error) : resolve(said)));
    socket.setTimeout(10_000, () => socket.destroy(new Error('no answer')));
  });
}

const hostOf = (): string => new URL(house.url).host;
const asOwner = (): string[] => [`Host: ${hostOf()}`, 'Connection: close', `Cookie: ${owner.cookieHeader()}`, `Origin: ${origin}`];

async function upload(who: Browser, name: string, type: string, bytes: Buffer): Promise<Schemas['Attachment']> {
  return (await who.upload(name, type, bytes)).ok<Schemas['Attachment']>(201);
}

const log = (name: string): string => readFileSync(`${house.var}/log/${name}.log`, 'latin1');

const CASES: Case[] = [
  {
    id: 'X001', attack: "another account's ticket",
    try: async () => {
      const [foreign, absent] = [await owner.get(`/api/v1/tickets/${first(b).id}`), await owner.get(`/api/v1/tickets/${ABSENT}`)];
      foreign.refused(404, 'not_found');
      expect(withoutRequest(foreign)).toBe(withoutRequest(absent));
    },
  },
  {
    id: 'X002', attack: "writing into another account's contact",
    try: async () => {
      const row = () => sql(`SELECT to_jsonb(c) FROM contacts c WHERE account_id = ${b.id} AND id = ${first(b).contact_id}`);
      const before = await row();
      (await owner.patch(`/api/v1/contacts/${first(b).contact_id}`, { name: 'x' })).refused(404, 'not_found');
      expect(await row()).toBe(before);
    },
  },
  {
    id: 'X003', attack: 'naming an account that is not mine',
    try: async () => {
      (await owner.ask('GET', '/api/v1/account', undefined, { 'Balcao-Account': String(b.id) })).refused(404, 'account_unknown');
    },
  },
  {
    id: 'X004', attack: 'an account in a body',
    try: async () => {
      (await owner.patch(`/api/v1/contacts/${first(a).contact_id}`, { notes: 'x', account_id: b.id })).refused(400, 'unknown_field', 'account_id');
    },
  },
  {
    id: 'X005', attack: 'a cursor of another account',
    /* A cursor is a place in time and gives no right: it is not sealed, and need not be. */
    try: async () => {
      const { next } = (await b.as('owner').get('/api/v1/tickets?tab=waiting&limit=2')).ok<{ next: string }>();
      const page = await owner.get(`/api/v1/tickets?tab=waiting&after=${next}`);
      expect(page.ok<{ data: { id: number }[] }>().data.every(({ id }) => a.tickets.some((ticket) => ticket.id === id))).toBe(true);
      expect(page.text).not.toContain(b.mark);
    },
  },
  { id: 'X006', attack: 'a transfer to a foreign department', tried: ['matrix/named.test.ts', 'one of another account is one that does not exist'] },
  {
    id: 'X007', attack: 'a file of another account',
    try: async () => {
      const answer = await owner.media(first(b).attachment_id);
      answer.refused(404, 'not_found');
      expect(answer.headers['x-accel-redirect']).toBeUndefined();
    },
  },
  { id: 'X008', attack: 'an export made by a colleague', not_yet: 'there are no exports' },
  {
    id: 'X009', attack: 'the stream of another account',
    try: async () => {
      (await refusedStream(`/live?account=${b.id}`, { Cookie: owner.cookieHeader() })).refused(404, 'not_found');
    },
  },
  { id: 'X010', attack: 'a file whose bytes somebody else has', tried: ['files/both-ways.test.ts', 'two files with the same bytes are two files'] },
  {
    id: 'X011', attack: 'a row that points at a foreign contact',
    try: async () => {
      await expect(
        sql(`UPDATE tickets SET contact_id = ${first(b).contact_id} WHERE account_id = ${a.id} AND id = ${first(a).id}`),
      ).rejects.toThrow(/foreign key constraint "ticket_has_contact"/);
    },
  },
  {
    id: 'X012', attack: 'the e-mail of a contact of another account',
    try: async () => {
      const email = `p1@${b.mark}.exemplo`;
      expect((await owner.patch(`/api/v1/contacts/${first(a).contact_id}`, { email })).ok()).toMatchObject({ email });
    },
  },
  {
    id: 'X013', attack: 'the protocol of another account in the search',
    try: async () => {
      const { protocol } = (await b.as('owner').get(`/api/v1/tickets/${first(b).id}`)).ok<{ protocol: string }>();
      expect((await owner.get(`/api/v1/tickets?tab=waiting&q=${protocol}`)).ok()).toEqual({ data: [], next: null });
    },
  },
  { id: 'X014', attack: 'a statement with no account', tried: ['tenancy/fence.test.ts', 'one that never named an account is our bug'] },
  {
    id: 'X015', attack: 'SQL in what is searched for',
    try: async () => {
      const q = encodeURIComponent(`'; SELECT set_config('balcao.account', '${b.id}', false); --`);
      expect((await owner.get(`/api/v1/tickets?tab=waiting&q=${q}`)).ok()).toEqual({ data: [], next: null });
    },
  },
  { id: 'X016', attack: "a replay of another account's webhook delivery", not_yet: 'there are no webhooks of customers' },
  { id: 'X017', attack: 'a job whose subject is of another account', not_yet: 'base/jobs_test.c shows that subject_unknown dies; no kind of job asks for it by name' },
  { id: 'X018', attack: 'a report user that sets the account', not_yet: 'there are no database users of customers' },
  { id: 'X019', attack: 'a partition instead of its table', tried: ['tenancy/fence.test.ts', 'a month is no way around the fence'] },
  {
    id: 'X020', attack: 'the API becoming somebody else, or going around the fence',
    try: async () => {
      for (const text of ['SET ROLE balcao_owner', 'SET ROLE balcao_operator', 'CREATE TEMP TABLE tickets (id int)', 'TRUNCATE tickets', 'CREATE TABLE x (id int)'])
        await expect(sql(text, {}, 'DB_API')).rejects.toThrow(/permission denied/);
      await expect(sql(`SET balcao.account = '${a.id}'; COPY tickets FROM '/etc/passwd'`, {}, 'DB_API')).rejects.toThrow(/must be superuser/);
      await expect(sql(`SET balcao.account = '${a.id}'; COPY close_reasons FROM STDIN`, {}, 'DB_API')).rejects.toThrow(/row-level security/);
    },
  },
  { id: 'X021', attack: "another department's ticket by its address", tried: ['matrix/reading.test.ts', 'shows what the rules show, to each'] },
  { id: 'X022', attack: 'a word that only others have', tried: ['matrix/lists.test.ts', 'find by name or protocol only what they hold'] },
  { id: 'X023', attack: 'a count against its list', tried: ['matrix/lists.test.ts', 'count what they hold'] },
  { id: 'X024', attack: 'an export by an agent', not_yet: 'there are no exports' },
  { id: 'X025', attack: 'a ticket that moved out of sight', tried: ['matrix/told.test.ts', 'a conversation that moves out of sight is gone'] },
  { id: 'X026', attack: 'the picture in a note one cannot see', tried: ['webchat/files.test.ts', 'nor is a whispered one for anybody outside'] },
  { id: 'X027', attack: 'a mention of somebody out of scope', not_yet: 'there are no mentions' },
  { id: 'X028', attack: 'an invitation without tickets.invite', tried: ['people/reveal.test.ts', 'X028'] },
  {
    id: 'X029', attack: 'a reader whose invitation was taken back',
    try: async () => {
      const ticket = ticketOf(a, (one) => one.readers.includes('own') && one.holder !== 'own' && one.department !== 'cobranca');
      const own = a.as('own');
      (await own.get(`/api/v1/tickets/${ticket.id}`)).ok();
      const stream = await own.live();
      await cut(stream, () => sql(`DELETE FROM ticket_readers WHERE account_id = ${a.id} AND ticket_id = ${ticket.id} AND member_id = ${a.members.own}`));
      (await own.get(`/api/v1/tickets/${ticket.id}`)).refused(404, 'not_found');
    },
  },
  {
    id: 'X030', attack: 'a ticket for somebody who lacks its channel',
    try: async () => {
      const ticket = ticketOf(a, (one) => one.state === 'serving' && one.channel === 'loja');
      (await owner.post(`/api/v1/tickets/${ticket.id}/transfer`, { assignee_id: a.members.narrow })).refused(409, 'agent_lacks_channel', 'assignee_id');
    },
  },
  {
    id: 'X031', attack: 'two who take at once',
    try: async () => {
      const ticket = ticketOf(a, (one) => one.state === 'waiting' && one.department === 'suporte' && one.channel === 'site');
      const answers = await Promise.all([a.as('agent'), a.as('colleague')].map((who) => who.post(`/api/v1/tickets/${ticket.id}/take`)));
      const [won, lost] = answers.map(({ status }) => status).sort();
      /* At the very same moment it is taken; a moment later it is a colleague's, and not theirs to see. */
      expect([won, [404, 409].includes(lost ?? 0)]).toEqual([200, true]);
      (await a.as('narrow').post(`/api/v1/tickets/${ticket.id}/take`)).refused(409, 'ticket_taken');
    },
  },
  { id: 'X032', attack: 'the past in a confidential department', tried: ['matrix/rules.ts', '!ticket.is_confidential'] },
  { id: 'X033', attack: 'many at once, some out of scope', not_yet: 'there are no acts in bulk' },
  { id: 'X034', attack: 'a row behind a report, out of scope', not_yet: 'there are no reports' },
  {
    id: 'X061', attack: 'an unpaid account',
    try: async () => {
      await sql(`UPDATE accounts SET state = 'suspended' WHERE id = ${b.id}`);
      (await b.as('owner').get('/api/v1/tickets?tab=waiting')).refused(402, 'account_suspended');
      (await refusedStream(`/live?account=${b.id}`, { Cookie: b.as('owner').cookieHeader() })).refused(402, 'account_suspended');
      await sql(`UPDATE accounts SET state = 'active' WHERE id = ${b.id}`);
      (await b.as('owner').get('/api/v1/tickets?tab=waiting')).ok();
    },
  },
  { id: 'X108', attack: 'a form of another site', tried: ['session/origin.test.ts', 'never takes a form, which any site may send'] },
  {
    id: 'X109', attack: 'a file in a page of another site',
    try: async () => {
      (await owner.media(first(a).attachment_id, { 'Sec-Fetch-Site': 'cross-site' })).refused(403, 'origin_refused');
      const path = `/media/${first(a).attachment_id}?account=${a.id}`;
      (await call({ method: 'GET', path, headers: { 'Sec-Fetch-Site': 'cross-site' } })).refused(403, 'origin_refused');
    },
  },
  { id: 'X110', attack: 'a preflight from elsewhere', tried: ['session/origin.test.ts', 'no CORS on the API of members'] },
  { id: 'X111', attack: 'the widget on a page that is not listed', tried: ['webchat/entering.test.ts', 'are those listed, letter for letter'] },
  { id: 'X112', attack: "another visitor's conversation", tried: ['webchat/entering.test.ts', 'that was touched opens nothing'], note: 'a conversation has no number to guess: the token is all that names it' },
  { id: 'X113', attack: 'a hash of an identity, wrong or stripped', tried: ['webchat/entering.test.ts', 'needs the right hash'] },
  {
    id: 'X114', attack: 'records of FastCGI in a body',
    try: async () => {
      /* A begin, parameters naming another script, an end of parameters. */
      const record = (type: number, content: Buffer): Buffer => Buffer.concat([Buffer.from([1, type, 0, 1, 0, content.length, 0, 0]), content]);
      const forged = Buffer.concat([record(1, Buffer.from([0, 1, 0, 0, 0, 0, 0, 0])), record(4, Buffer.from('\x0b\x08DOCUMENT_URI/metrics')), record(4, Buffer.alloc(0))]);
      const answer = await owner.ask('POST', `/api/v1/tickets/${first(a).id}/read`, forged, { 'Content-Type': 'application/json' });
      expect([answer.status, /json_/.test(answer.text)]).toEqual([400, true]);
      (await owner.get('/api/v1/session')).ok();
    },
  },
  {
    id: 'X115', attack: 'two lengths of one body',
    try: async () => {
      const said = await raw(
        [`POST /api/v1/tickets/${first(a).id}/read HTTP/1.1`, ...asOwner(), 'Content-Type: application/json', 'Content-Length: 6', 'Transfer-Encoding: chunked'],
        '0\r\n\r\nGET /metrics HTTP/1.1\r\n\r\n',
      );
      expect(said).toMatch(/^HTTP\/1\.1 400 /);
      expect(said.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    },
  },
  {
    id: 'X116', attack: 'two accounts in one request',
    try: async () => {
      const said = await raw([`GET /api/v1/account HTTP/1.1`, ...asOwner(), `Balcao-Account: ${a.id}`, `Balcao-Account: ${b.id}`]);
      expect(said).not.toContain(b.mark);
      expect(said).toMatch(/^HTTP\/1\.1 400 [^]*header_repeated/);
    },
  },
  {
    id: 'X117', attack: 'a head of 40 kB, a body of 9 MB',
    try: async () => {
      expect((await owner.get('/api/v1/session', { 'X-Long': 'x'.repeat(40_000) })).status).toBe(431);
      const answer = await owner.ask('PATCH', `/api/v1/contacts/${first(a).contact_id}`, Buffer.alloc(9_000_000, 32), { 'Content-Type': 'application/json' });
      expect(answer.status).toBe(413);
    },
  },
  { id: 'X118', attack: 'JSON that is deep, doubled, no number, NUL', tried: ['input/bodies.test.ts', 'a nest of 100 000'] },
  { id: 'X119', attack: 'ids that are none', tried: ['matrix/world.ts', 'MALFORMED'], note: '404 like any id that names nothing: a fourth answer would only tell more' },
  { id: 'X120', attack: 'a page or a program called a picture', tried: ['files/upload.test.ts', 'of a picture that is a program is a document'], note: 'kept, and only ever downloaded' },
  {
    id: 'X121', attack: 'SVG with a script',
    try: async () => {
      const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
      const { id } = await upload(a.as('agent'), 'x.svg', 'image/svg+xml', svg);
      const answer = await a.as('agent').media(id);
      answer.ok();
      expect(answer.headers['content-disposition']).toMatch(/^attachment;/);
      expect(answer.headers['content-type']).toBe('application/octet-stream');
      expect(answer.headers['content-security-policy']).toContain('sandbox');
    },
  },
  {
    id: 'X122', attack: 'a picture of 60 000 × 60 000',
    try: async () => {
      const huge = aPng('huge');
      huge.writeUInt32BE(60_000, 16);
      huge.writeUInt32BE(60_000, 20);
      /* Nothing of ours ever decodes a picture, so it is bytes like any others. */
      const { id } = await upload(a.as('agent'), 'x.png', 'image/png', huge);
      expect((await a.as('agent').media(id)).bytes).toEqual(huge);
    },
  },
  { id: 'X123', attack: 'names that are paths, turn around or never end', tried: ['files/upload.test.ts', "describe('a name'"] },
  { id: 'X124', attack: 'a table that unpacks for ever; entities of XML', not_yet: 'nothing reads XLSX or XML' },
  {
    id: 'X125', attack: 'a playlist called a film',
    try: async () => {
      const list = Buffer.from('#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:1/x.ts\n');
      (await a.as('agent').upload('x.mp4', 'video/mp4', list)).refused(415, 'file_kind_mismatch');
    },
  },
  { id: 'X126', attack: 'an upload cut half way', tried: ['files/upload.test.ts', 'that breaks off half way leaves nothing behind'] },
  {
    id: 'X138', attack: 'escape codes in a User-Agent',
    try: async () => {
      const word = `agente-${a.mark}`;
      const body = JSON.stringify({ email: `nobody@${a.mark}.exemplo`, password: 'x' });
      const said = await raw(
        ['POST /api/v1/session HTTP/1.1', `Host: ${hostOf()}`, 'Connection: close', `Origin: ${origin}`, 'Content-Type: application/json', `Content-Length: ${body.length}`, `User-Agent: ${word}\x1b[2J\x1b]0;x\x07`],
        body,
      );
      expect(said).toMatch(/^HTTP\/1\.1 (401|400) /);
      await until('the line of the log', () => log('nginx-access').includes('/api/v1/session'));
      for (const name of ['api', 'nginx-access']) expect([name, /[\x00-\x08\x0b-\x1f]/.test(log(name))]).toEqual([name, false]);
    },
  },
  { id: 'X139', attack: 'markup and links in a message', tried: ['input/bodies.test.ts', 'words that mean something to a database or a page are words'] },
  { id: 'X140', attack: 'a database that is broken', tried: [`${BACKEND}/base/http_tx_test.c`, 'a_database_that_is_away_tells_strangers_a_word_and_the_number_of_the_request'] },
  {
    id: 'X141', attack: 'doors that are only for this host',
    try: async () => {
      const from = '127.0.9.9';
      for (const path of ['/metrics', '/readyz', '/.git/config', '/.env'])
        expect([path, (await call({ method: 'GET', path, from })).status]).toEqual([path, 404]);
    },
  },
];

triesAll(CASES, ['X001-X034', 'X061', 'X108-X126', 'X138-X141']);
