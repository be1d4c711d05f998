/** A push service that is worth testing against refuses what the real ones refuse. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { type Bench, startBench } from './testing.ts';

let bench: Bench;
let endpoint: string;
let id: string;
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });

beforeEach(async () => {
  bench = await startBench();
  ({ endpoint, id } = (await bench.ask('POST', '/push', { key: keyOf(pair.publicKey) })) as { endpoint: string; id: string });
});
afterEach(() => bench.close());

const text = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
function keyOf(key: KeyObject): string {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]).toString('base64url');
}

function vapid(changes: object = {}, { privateKey, publicKey } = pair, alg = 'ES256'): string {
  const now_s = Math.floor(Date.now() / 1000);
  const said = `${text({ typ: 'JWT', alg })}.${text({ aud: bench.lab.origin, exp: now_s + 3600, sub: 'mailto:a@example.org', ...changes })}`;
  const signature = sign('sha256', Buffer.from(said), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  return `vapid t=${said}.${signature}, k=${keyOf(publicKey)}`;
}

const post = async (headers: Record<string, string> = {}, body?: string): Promise<[number, string]> => {
  const answer = await fetch(endpoint, { method: 'POST', headers: { TTL: '60', Authorization: vapid(), ...headers }, ...(body === undefined ? {} : { body }) });
  return [answer.status, (await answer.text()).trim()];
};

test('what a sender that is known may send is taken, empty as it is', async () => {
  expect(await post({ Urgency: 'high', Topic: 'abc_-9' })).toEqual([201, '']);
  expect(await bench.ask('GET', `/push/${id}`)).toMatchObject({ attempts: 1, taken: [{ ttl: 60, urgency: 'high', topic: 'abc_-9', bytes: 0 }] });
});

test('a sender must say who it is, to this service, for a day at most, with the key of the subscription', async () => {
  const now_s = Math.floor(Date.now() / 1000);
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const wrong: [string, string][] = [
    ['no vapid authorization', 'Bearer x'],
    ['not ES256', vapid({}, pair, 'HS256')],
    ['the signature is wrong', vapid().replace(/k=.*/, `k=${keyOf(other.publicKey)}`)],
    ['for https://elsewhere.example, not for', vapid({ aud: 'https://elsewhere.example' })],
    ['expired', vapid({ exp: now_s - 1 })],
    ['good for more than a day', vapid({ exp: now_s + 25 * 3600 })],
    ['nobody to write to', vapid({ sub: 'me' })],
    ['subscribed with another key', vapid({}, other)],
  ];
  for (const [why, authorization] of wrong) {
    const [status, said] = await post({ Authorization: authorization });
    expect([status, said]).toEqual([403, expect.stringContaining(why)]);
  }
});

test('headers and payload are held to the standard', async () => {
  expect(await post({ TTL: 'soon' })).toEqual([400, 'TTL is missing']);
  expect(await post({ Urgency: 'now' })).toEqual([400, 'no such urgency']);
  expect((await post({ Topic: 'x'.repeat(33) }))[0]).toBe(400);
  expect(await post({}, 'in the clear')).toEqual([400, 'a payload must be encrypted']);
  expect((await post({ 'Content-Encoding': 'aes128gcm' }, 'x'.repeat(4097)))[0]).toBe(413);
});

test('faults: patience, a browser that is gone, one that never was', async () => {
  await bench.ask('PUT', `/push/${id}/faults`, { status: 429, retry_after_s: 1, times: 1 });
  expect((await post())[0]).toBe(429);
  expect((await post())[0]).toBe(201);
  await bench.ask('DELETE', `/push/${id}`);
  expect((await post())[0]).toBe(410);
  endpoint = endpoint.replace(id, 'nobody');
  expect((await post())[0]).toBe(404);
});
