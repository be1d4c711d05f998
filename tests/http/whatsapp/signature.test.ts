/** Only the provider is believed; what anybody else sends is kept as evidence and refused. */
import { createHmac, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import { call, type Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { ticketsOf } from '../support/desk.ts';
import { until } from '../support/until.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

let account: Account;
let ana: Browser;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  ana = await account.as('ana');
  whatsapp = await aWhatsapp(account);
});

function aBody(name: string): string {
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '1',
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { phone_number_id: whatsapp.number },
              contacts: [{ wa_id: '5549988887777', profile: { name } }],
              messages: [
                { from: '5549988887777', id: `wamid.${name}`, timestamp: '1795132800', type: 'text', text: { body: 'x' } },
              ],
            },
          },
        ],
      },
    ],
  });
}

const deliver = (body: string | Buffer, headers: Record<string, string> = {}) =>
  call({ method: 'POST', path: whatsapp.hook, body, headers: { 'Content-Type': 'application/json', ...headers } });

const sign = (body: string | Buffer, secret = whatsapp.secret): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

/** How the ledger keeps the body that holds this word. */
const kept = (word: string): Promise<string> =>
  until(`the kept body of ${word}`, () =>
    sql(
      "SELECT verdict || ' ' || state || ' ' || coalesce(why, '-') FROM inbound_events WHERE channel_id = :'id' AND position(convert_to(:'word', 'UTF8') IN body) > 0",
      { id: whatsapp.id, word },
    ).then((line) => line || undefined),
  );

describe('a delivery', () => {
  it('without a signature is refused, and kept as such', async () => {
    const name = randomUUID();
    (await deliver(aBody(name))).refused(401, 'signature_invalid');
    expect(await kept(name)).toBe('missing rejected signature_invalid');
    expect(await ticketsOf(ana, name)).toEqual([]);
  });

  it.each([
    ['of another secret', (body: string) => sign(body, 'not-the-secret')],
    ['of another body', () => sign('{}')],
    ['cut short', (body: string) => sign(body).slice(0, -2)],
    ['without its prefix', (body: string) => sign(body).slice('sha256='.length)],
    ['of an older kind', (body: string) => `sha1=${createHmac('sha1', 'x').update(body).digest('hex')}`],
    ['that is empty', () => ''],
    ['that is no hex', () => `sha256=${'z'.repeat(64)}`],
  ])('with a signature %s is refused, and kept as such', async (_name, signature) => {
    const name = randomUUID();
    const body = aBody(name);
    (await deliver(body, { 'X-Hub-Signature-256': signature(body) })).refused(401, 'signature_invalid');
    expect(await kept(name)).toMatch(/^(invalid|missing) rejected signature_invalid$/);
    expect(await ticketsOf(ana, name)).toEqual([]);
  });

  it('that is signed rightly is kept before the answer, and not read again by the answer', async () => {
    const name = randomUUID();
    const body = aBody(name);
    const answer = await deliver(body, { 'X-Hub-Signature-256': sign(body) });
    answer.ok();
    expect(await kept(name)).toMatch(/^valid (pending|done) -$/);
  });

  it('is judged by its bytes: the same JSON written otherwise is another body', async () => {
    const body = aBody(randomUUID());
    (await deliver(`${body} `, { 'X-Hub-Signature-256': sign(body) })).refused(401, 'signature_invalid');
  });

  it.each([
    ['no JSON', 'nonsense'],
    ['another provider', '{"object":"instagram","entry":[]}'],
    ['invalid UTF-8', Buffer.concat([Buffer.from('{"object":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')])],
    ['a very deep nest', '['.repeat(20_000)],
    ['nothing', ''],
  ])('that is signed but %s is answered, kept and called unreadable', async (_name, body) => {
    const before = await sql("SELECT coalesce(max(id), 0) FROM inbound_events WHERE channel_id = :'id'", { id: whatsapp.id });
    (await deliver(body, { 'X-Hub-Signature-256': sign(body) })).ok();
    const row = await sql(
      "SELECT verdict || ' ' || state || ' ' || left(why, 11) FROM inbound_events WHERE channel_id = :'id' AND id > :'before'",
      { id: whatsapp.id, before },
    );
    expect(row).toBe('valid unreadable unreadable_');
  });

  it('through the wrong door is not for us', async () => {
    const body = aBody(randomUUID());
    const other = await call({
      method: 'POST',
      path: '/hooks/nobody-has-this-token',
      body,
      headers: { 'X-Hub-Signature-256': sign(body) },
    });
    other.refused(404, 'channel_unknown');
  });
});

describe('the challenge', () => {
  const ask = (query: Record<string, string>) => call({ method: 'GET', path: `${whatsapp.hook}?${new URLSearchParams(query)}` });
  const right = () => ({
    'hub.mode': 'subscribe',
    'hub.verify_token': whatsapp.channel.verify_token,
    'hub.challenge': '1158201444',
  });

  it('is answered with its own text', async () => {
    const answer = await ask(right());
    expect(answer.ok()).toBeUndefined();
    expect(answer.text).toBe('1158201444');
    expect(answer.headers['content-type']).toMatch(/^text\/plain/);
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });

  it('is refused without the right token', async () => {
    (await ask({ ...right(), 'hub.verify_token': 'guess' })).refused(403, 'verify_token_wrong');
    (await ask({ ...right(), 'hub.verify_token': '' })).refused(403, 'verify_token_wrong');
    (await ask({ ...right(), 'hub.mode': 'unsubscribe' })).refused(403, 'verify_token_wrong');
    (await ask({})).refused(403, 'verify_token_wrong');
  });

  it('never comes back as a page', async () => {
    const answer = await ask({ ...right(), 'hub.challenge': '<script>alert(1)</script>' });
    if (answer.status === 200) expect(answer.headers['content-type']).toMatch(/^text\/plain/);
    else expect(answer.status).toBeGreaterThanOrEqual(400);
  });
});

it('a switched off channel has no door', async () => {
  const own = await aWhatsapp(account);
  const rafael = await account.as('rafael');
  (await rafael.patch(`/api/v1/channels/${own.id}`, { is_active: false })).ok<Schemas['Channel']>();
  const body = aBody(randomUUID());
  (await call({ method: 'POST', path: own.hook, body, headers: { 'X-Hub-Signature-256': sign(body, own.secret) } })).refused(
    404,
    'channel_unknown',
  );
});
