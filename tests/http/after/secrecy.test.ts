/**
 * What nobody may read in a log: everything people said and were called while all the other files ran, and what was
 * planted here on the ways it could take. And nobody may read it out of the processes either.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import { call } from '../support/answer.ts';
import { Browser } from '../support/browser.ts';
import { lines } from '../support/database.ts';
import { messageOf, reply, serving } from '../support/desk.ts';
import { house } from '../support/house.ts';
import { until } from '../support/until.ts';
import { aWebchat } from '../support/webchat.ts';
import { aWhatsapp } from '../support/whatsapp.ts';
import { send } from '../support/wire.ts';

/** The lab is no part of the house, and demo.log is where the demo's password is announced. */
const OTHERS = ['lab.log', 'demo.log'];

const names = (): string[] =>
  readdirSync(`${house.var}/log`).filter((name) => name.endsWith('.log') && !name.startsWith('suite-') && !OTHERS.includes(name));

/** "api.log:<what>" for each that some log has; one look over a log for all of them, however many they are. */
function told(secrets: string[]): string[] {
  const looked = spawnSync('grep', ['-F', '-o', '-H', '-f', '-', ...names()], {
    cwd: `${house.var}/log`, input: `${secrets.filter((secret) => secret !== '').join('\n')}\n`, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024,
  });
  /* 0: some, 1: none; anything else has not looked. */
  if (looked.status !== 0 && looked.status !== 1) throw new Error(`grep: ${looked.stderr}`);
  return [...new Set(looked.stdout.trim().split('\n'))].filter(Boolean);
}

const canary = (): string => `canario${randomBytes(9).toString('hex')}`;

let account: Account;
let ana: Browser;
const planted: Record<string, string> = {};

beforeAll(async () => {
  account = await anAccount();
  ana = await account.as('ana');
});

describe('on every way in', () => {
  it('a person signing in', async () => {
    planted['email'] = `${canary()}@exemplo.com.br`;
    planted['password'] = canary();
    (await new Browser({ from: '127.0.9.77' }).signIn(planted['email'], planted['password'])).refused(401, 'credentials_invalid');
    for (const [name, value] of ana.cookies) planted[name] = value;
  });

  it('a customer writing from their phone, and the answer', async () => {
    const whatsapp = await aWhatsapp(account);
    const wa_id = `5549${randomInt(900_000_000, 999_999_999)}`;
    const rita = await whatsapp.customer({ wa_id });
    planted['phone'] = wa_id;
    planted['said'] = canary();
    planted['answered'] = canary();
    planted['noted'] = canary();
    const ticket = await serving(ana, rita);
    await rita.say(planted['said']);
    await messageOf(ana, ticket.id, 'from the phone', ({ text }) => text === planted['said']);
    await messageOf(ana, ticket.id, 'sent', ({ state, direction }) => direction !== 'out' || state !== 'queued');
    await reply(ana, ticket.id, planted['answered']);
    expect(await rita.texts(1)).toContain(planted['answered']);
    planted['hook'] = whatsapp.hook.slice('/hooks/'.length);
    planted['app secret'] = whatsapp.secret;
    planted['unsigned'] = canary();
    await whatsapp.raw({ body: `{"a":"${planted['unsigned']}"}` });
    planted['broken'] = canary();
    await whatsapp.raw({ body: `{"a":"${planted['broken']}\\u0000"`, sign: true });
  });

  it('a visitor of a site', async () => {
    const webchat = await aWebchat(account);
    planted['visitor'] = canary();
    planted['visitor’s e-mail'] = `${canary()}@exemplo.com.br`;
    const visitor = await webchat.visitor({ name: planted['visitor'], email: planted['visitor’s e-mail'] });
    planted['visitor’s token'] = visitor.token;
    planted['file'] = canary();
    planted['written'] = canary();
    (await visitor.say(planted['written'])).ok(202);
    await visitor.upload(`${planted['file']}.txt`, 'text/plain', Buffer.from('x'));
    (await visitor.live()).close();
  });

  it('whoever asks for what is not there', async () => {
    for (const where of ['query', 'path', 'bearer', 'cookie', 'header', 'body']) planted[where] = canary();
    await ana.get(`/api/v1/contacts?q=${planted['query']}`);
    await send({ method: 'GET', path: `/api/v1/${planted['path']}?token=${planted['query']}` });
    await send({ method: 'GET', path: '/api/v1/me', headers: { Authorization: `Bearer ${planted['bearer']}` } });
    await send({ method: 'GET', path: '/live?account=1', headers: { Cookie: `__Host-bat=${planted['cookie']}` } });
    await send({ method: 'GET', path: '/media/1', headers: { 'X-Forwarded-For': planted['header']!, Referer: planted['header']! } });
    await ana.post('/api/v1/tickets/1/messages', { client_key: planted['body'], mode: planted['body'], text: planted['body'] });
  });
});

it('nothing of it is in any log', async () => {
  const last = (await call({ method: 'GET', path: '/media/999999999' })).request_id;
  await until('the line of the last request', () => readFileSync(`${house.var}/log/nginx-access.log`, 'utf8').includes(last));
  delete planted['path']; // a path that is no secret: nginx shows where a stray request went
  expect(Object.keys(planted).length).toBeGreaterThan(20);
  expect(told(Object.values(planted))).toEqual([]);
});

it('nor is anything that was said or anybody who came all the while', async () => {
  const known = await lines(`
    SELECT DISTINCT what FROM (
      SELECT body FROM messages WHERE length(body) >= 16 AND direction <> 'system'
      UNION ALL SELECT address FROM contact_identities WHERE length(address) >= 10
      UNION ALL SELECT email FROM users UNION ALL SELECT email FROM contacts WHERE email LIKE '%@%'
      UNION ALL SELECT hook_token FROM channels WHERE length(hook_token) > 12 AND hook_token <> public_key) all_of_it (what)
     WHERE what !~ '[\\n\\r]'`);
  expect(known.length).toBeGreaterThan(50);
  expect(told(known)).toEqual([]);
});

/** A master and its children. */
function family(name: string): string[] {
  const [master = ''] = readFileSync(`${house.var}/run/${name}.pid`, 'utf8').trim().split('\n');
  return [master, ...execFileSync('pgrep', ['-P', master], { encoding: 'utf8' }).trim().split('\n')];
}

describe.each(['api', 'worker', 'live'])('the memory of %s', (name) => {
  it('leaves no core file', () => {
    for (const pid of family(name)) {
      expect(readFileSync(`/proc/${pid}/limits`, 'utf8')).toMatch(/^Max core file size +0 +0 /m);
    }
  });

  it('is closed to others of the same user, unless a sanitizer has to look into it', () => {
    const isWatched = readFileSync(`${house.bin}/balcao-${name}`).includes('__asan_init');
    for (const pid of family(name)) expect(statSync(`/proc/${pid}/mem`).uid === 0).toBe(!isWatched);
  });
});

it('the master key is for its owner to read, and for nobody to write', () => {
  expect((statSync(`${house.var}/keys/master.key`).mode & 0o777).toString(8)).toBe('400');
});
