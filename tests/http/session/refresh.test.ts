import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import { Browser } from '../support/browser.ts';
import { lines, sql } from '../support/database.ts';

let account: Account;

beforeAll(async () => {
  account = await anAccount();
});

const session = (browser: Browser): string => browser.cookies.get('__Host-brt')?.split('.')[0] ?? '';

async function signedIn(): Promise<Browser> {
  const browser = new Browser({ account_id: account.id });
  (await browser.signIn(account.email('ana'))).ok();
  return browser;
}

/** As if the token had been traded, and its answer seen to arrive, that long ago. */
const age = (browser: Browser, seconds: number): Promise<string> =>
  sql("UPDATE sessions SET (rotated_at, confirmed_at) = (rotated_at - :'seconds' * interval '1 s', confirmed_at - :'seconds' * interval '1 s') WHERE id = :'id'", {
    seconds,
    id: session(browser),
  });

function copyOf(browser: Browser): Browser {
  const copy = new Browser({ account_id: account.id });
  for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
  return copy;
}

it('trades the refresh token for new cookies of the same session', async () => {
  const ana = await signedIn();
  const before = copyOf(ana);
  (await ana.post('/api/v1/session/refresh')).ok(204);
  expect(ana.cookies.get('__Host-brt')).not.toBe(before.cookies.get('__Host-brt'));
  expect(session(ana)).toBe(session(before));
  (await ana.get('/api/v1/session')).ok();
});

it('lets the access token before this one finish what is on its way, and no older one', async () => {
  const ana = await signedIn();
  const before = copyOf(ana);
  (await ana.post('/api/v1/session/refresh')).ok(204);
  (await before.get('/api/v1/session')).ok();
  (await ana.post('/api/v1/session/refresh')).ok(204);
  (await before.get('/api/v1/session')).refused(401, 'session_unknown');
});

it('gives the other tab an access token when both trade the same one at once', async () => {
  const ana = await signedIn();
  const tab = copyOf(ana);
  (await ana.post('/api/v1/session/refresh')).ok(204);
  const answer = await tab.post('/api/v1/session/refresh');
  answer.ok(204);
  expect((answer.headers['set-cookie'] ?? []).map((line) => line.split('=')[0])).toEqual(['__Host-bat']);
  (await tab.get('/api/v1/session')).ok();
  (await ana.get('/api/v1/session')).ok();
});

it('X097: ends the session when a traded token comes again later, and tells the person that somebody kept a copy', async () => {
  const ana = await signedIn();
  const thief = copyOf(ana);
  (await ana.post('/api/v1/session/refresh')).ok(204);
  (await ana.get('/api/v1/session')).ok();
  await age(ana, 31);
  (await thief.post('/api/v1/session/refresh')).refused(401, 'session_reused');
  (await ana.get('/api/v1/session')).refused(401, 'session_reused');
  (await ana.post('/api/v1/session/refresh')).refused(401, 'session_reused');
  expect(await lines("SELECT template FROM mails WHERE recipient = :'email'", { email: account.email('ana') })).toEqual(['session_reused']);
});

it('trades the token before once more when the answer was lost on its way', async () => {
  const ana = await signedIn();
  const before = copyOf(ana);
  (await ana.post('/api/v1/session/refresh')).ok(204);
  await age(ana, 11);
  (await before.post('/api/v1/session/refresh')).ok(204);
  expect(before.cookies.get('__Host-brt')).not.toBe(ana.cookies.get('__Host-brt'));
  (await before.get('/api/v1/session')).ok();
  (await ana.post('/api/v1/session/refresh')).refused(401, 'session_reused');
});

it('takes a token of long ago for a copy, however often it was traded since', async () => {
  const ana = await signedIn();
  const thief = copyOf(ana);
  for (let round = 0; round < 3; round++) (await ana.post('/api/v1/session/refresh')).ok(204);
  (await thief.post('/api/v1/session/refresh')).refused(401, 'session_reused');
});

it('does not end a session for a token that never was one: its number is no secret', async () => {
  const ana = await signedIn();
  const stranger = new Browser();
  stranger.cookies.set('__Host-brt', `${session(ana)}.${'A'.repeat(43)}`);
  (await stranger.post('/api/v1/session/refresh')).refused(401, 'session_unknown');
  (await ana.get('/api/v1/session')).ok();
});

it('refuses what is no token at all', async () => {
  for (const value of ['', 'x', '.', '1.', '.abc', '99999999999999999999.abc', '-1.abc', '1 OR 1=1.abc']) {
    const browser = new Browser();
    browser.cookies.set('__Host-brt', value);
    const answer = await browser.post('/api/v1/session/refresh');
    expect([answer.status, value]).toEqual([401, value]);
  }
  (await new Browser().post('/api/v1/session/refresh')).refused(401, 'session_missing');
});

it('stops an expired session, cookies or not', async () => {
  const ana = await signedIn();
  await sql("UPDATE sessions SET expires_at = now() - interval '1 s' WHERE id = :'id'", { id: session(ana) });
  (await ana.get('/api/v1/session')).refused(401, 'session_expired');
  (await ana.post('/api/v1/session/refresh')).refused(401, 'session_expired');
});

it('does not believe an access token that was touched', async () => {
  const ana = await signedIn();
  const [head, claims, mac] = ana.cookies.get('__Host-bat')?.split('.') ?? [];
  const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
  const other = Buffer.from(
    JSON.stringify({ ...JSON.parse(Buffer.from(claims ?? '', 'base64url').toString()), sub: '1' }),
  ).toString('base64url');
  for (const token of [
    `${head}.${other}.${mac}`,
    `${none}.${claims}.`,
    `${none}.${claims}.${mac}`,
    `${head}.${claims}`,
    `${head}.${claims}.${mac}A`,
    'x',
    '..',
  ]) {
    const browser = new Browser({ account_id: account.id });
    browser.cookies.set('__Host-bat', token);
    const answer = await browser.get('/api/v1/session');
    expect([answer.status, token]).toEqual([401, token]);
  }
});
