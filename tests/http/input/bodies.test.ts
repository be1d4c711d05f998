/** Bodies that no client of ours sends: each is refused with a word for it, and nobody dies of it. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import { logged } from '../support/alive.ts';
import { type Answer, call } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { serving, type Ticket } from '../support/desk.ts';
import { origin } from '../support/house.ts';
import { aWhatsapp } from '../support/whatsapp.ts';

let account: Account;
let ana: Browser;
let ticket: Ticket;

beforeAll(async () => {
  account = await anAccount();
  ana = await account.as('ana');
  ticket = await serving(ana, await (await aWhatsapp(account)).customer());
});

/** A message whose body is these very bytes. */
function raw(body: Buffer | string, type = 'application/json'): Promise<Answer> {
  return call({
    method: 'POST',
    path: `/api/v1/tickets/${ticket.id}/messages`,
    body,
    headers: { 'Content-Type': type, Origin: origin, Cookie: ana.cookieHeader(), 'Balcao-Account': String(account.id) },
  });
}

const say = (more: Record<string, unknown>): Promise<Answer> =>
  raw(JSON.stringify({ client_key: 'a-key-of-mine', mode: 'reply', ...more }));

const around = (bytes: number[]): Buffer =>
  Buffer.concat([Buffer.from('{"client_key":"a-key-of-mine","mode":"reply","text":"'), Buffer.from(bytes), Buffer.from('"}')]);

const SHAPES: [string, string | Buffer, string][] = [
  ['no JSON', 'client_key=1', 'json_syntax'],
  ['half of it', '{"client_key":"a', 'json_syntax'],
  ['two documents', '{}{}', 'json_syntax'],
  ['a trailing comma', '{"mode":"reply",}', 'json_syntax'],
  ['single quotes', "{'mode':'reply'}", 'json_syntax'],
  ['a comment', '{/* */}', 'json_syntax'],
  ['NaN', '{"attachment_id":NaN}', 'json_syntax'],
  ['a byte order mark', '\uFEFF{}', 'json_syntax'],
  ['a key twice', '{"mode":"reply","mode":"whisper"}', 'json_duplicate_key'],
  ['a nest of 33', '['.repeat(33) + ']'.repeat(33), 'json_depth'],
  ['a nest of 100 000', '['.repeat(100_000), 'json_depth'],
  ['a nest of objects', '{"a":'.repeat(5000) + '1' + '}'.repeat(5000), 'json_depth'],
  ['invalid UTF-8', around([0xff, 0xfe]), 'json_utf8'],
  ['overlong UTF-8', around([0xc0, 0xaf]), 'json_utf8'],
  ['a lone surrogate', '{"text":"\\ud83d"}', 'json_utf8'],
  ['a NUL', '{"text":"a\\u0000b"}', 'json_nul'],
  ['a raw NUL', around([0]), 'json_nul'],
  ['a number beyond all', '{"attachment_id":1e999}', 'json_number'],
  ['an integer beyond all', '{"attachment_id":99999999999999999999}', 'json_number'],
  ['a list', '[]', 'wrong_type'],
  ['null', 'null', 'wrong_type'],
  ['a text', '"oi"', 'wrong_type'],
];

describe('a body that is', () => {
  it.each(SHAPES)('%s', async (_name, body, slug) => {
    const answer = await raw(body);
    answer.refused(400, slug);
    expect(await logged(answer.request_id)).toContain(`slug=${slug}`);
    expect((await ana.get('/healthz')).status).toBe(200);
  });

  it('not said to be JSON', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'text/json', 'application/jsonp']) {
      (await raw('{}', type)).refused(415, 'content_type_not_json');
    }
  });

  it('JSON by a longer name', async () => {
    const answer = await raw(
      JSON.stringify({ client_key: 'charset-key', mode: 'whisper', text: 'x' }),
      'application/json; charset=utf-8',
    );
    expect([201, 415]).toContain(answer.status);
  });

  it('larger than any of ours', async () => {
    const answer = await raw(Buffer.alloc(300 * 1024, 0x20));
    answer.refused(413, 'body_too_large');
    await logged(answer.request_id);
  });
});

const MEMBERS: [string, Record<string, unknown>, string, string][] = [
  ['a member that nobody knows', { text: 'x', urgent: true }, 'unknown_field', 'urgent'],
  ['a mode of tomorrow', { mode: 'shout' }, 'unknown_value', 'mode'],
  ['a number for a text', { text: 7 }, 'wrong_type', 'text'],
  ['a text for a number', { attachment_id: '7' }, 'wrong_type', 'attachment_id'],
  ['a fraction for an id', { attachment_id: 1.5 }, 'wrong_type', 'attachment_id'],
  ['zero for an id', { attachment_id: 0 }, 'wrong_type', 'attachment_id'],
  ['a negative id', { attachment_id: -1 }, 'wrong_type', 'attachment_id'],
  ['an object for a text', { text: { body: 'x' } }, 'wrong_type', 'text'],
  ['a list for a text', { text: ['x'] }, 'wrong_type', 'text'],
  ['a short key', { client_key: '1234567', text: 'x' }, 'too_short', 'client_key'],
  ['a long key', { client_key: 'x'.repeat(65), text: 'x' }, 'too_long', 'client_key'],
  ['no words', { text: '' }, 'message_empty', 'text'],
  ['only space', { text: ' \n\t ' }, 'message_empty', 'text'],
  ['more than the channel takes', { text: 'x'.repeat(4097) }, 'too_long', 'text'],
  ['100 kB of words', { text: 'x'.repeat(100 * 1024) }, 'too_long', 'text'],
  ['control characters', { text: 'a\u0007b' }, 'invalid_text', 'text'],
  ['an answer to what is not there', { text: 'x', quoted_seq: 999 }, 'quoted_unknown', 'quoted_seq'],
];

describe('a member that is', () => {
  it.each(MEMBERS)('%s', async (_name, members, slug, field) => {
    const answer = await say(members);
    answer.refused(400, slug, field);
    expect(await logged(answer.request_id)).toContain(`slug=${slug}`);
  });

  it('missing', async () => {
    (await raw('{}')).refused(400, 'required', 'client_key');
    (await raw('{"client_key":"a-key-of-mine"}')).refused(400, 'required', 'mode');
    (await raw('{"client_key":null,"mode":"reply"}')).refused(400, 'required', 'client_key');
  });

  it('exactly as long as it may be', async () => {
    (await say({ client_key: 'the-longest-text', text: '😀'.repeat(4096) })).ok(201);
  });

  it('an id so large that it is somebody else’s at best', async () => {
    (await say({ attachment_id: 9_007_199_254_740_991 })).refused(404, 'attachment_unknown', 'attachment_id');
    (await raw('{"client_key":"a-key-of-mine","mode":"reply","attachment_id":9223372036854775807}')).refused(
      404,
      'attachment_unknown',
      'attachment_id',
    );
  });
});

it('words that mean something to a database or a page are words', async () => {
  for (const text of [
    "'; DROP TABLE tickets; --",
    '<img src=x onerror=alert(1)>',
    '${7*7} {{7*7}} %s %n',
    '\u202Etxt.exe',
    '{{contact.first_name}} {{ticket.protocol}}',
  ]) {
    const message = (await say({ client_key: `key-${Buffer.from(text).toString('hex').slice(0, 40)}`, text })).ok<{
      text: string;
    }>(201);
    expect(message.text).toBe(text);
  }
});
