/**
 * Whoever stands before nginx is believed about addresses only when the installation names them: here 127.8.0.1 and
 * 127.8.0.2. One place makes the address, and everything that asks for it is told the same.
 */
import { execFile } from 'node:child_process';

import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import { type Answer, call } from '../support/answer.ts';
import { Browser } from '../support/browser.ts';
import { lines } from '../support/database.ts';
import { conf, house } from '../support/house.ts';
import { steppedUp } from '../support/step-up.ts';
import { refusedStream, Stream } from '../support/stream.ts';
import { aWebchat, HOST_PAGE } from '../support/webchat.ts';

const [HOP = '', NEXT_HOP = ''] = conf('TRUSTED_HOPS').split(',');
const STRANGER = '127.0.9.40';

/** Somebody behind a proxy, or who says so. */
class Behind extends Browser {
  forwarded: string;

  constructor(forwarded: string, at: { account_id?: number; from?: string } = {}) {
    super({ from: HOP, ...at });
    this.forwarded = forwarded;
  }

  override ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return super.ask(method, path, body, { 'X-Forwarded-For': this.forwarded, ...headers });
  }
}

let account: Account;

beforeAll(async () => {
  account = await anAccount();
});

const seen = async (who: Browser): Promise<string> => (await who.get('/api/v1/session/probe')).ok<{ address: string }>().address;

async function inside(who: 'rafael' | 'ana', forwarded: string): Promise<Behind> {
  const browser = new Behind(forwarded, { account_id: account.id });
  (await browser.signIn(account.email(who))).ok();
  return browser;
}

describe('the address', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['1.1.1.1, 203.0.113.9', '203.0.113.9'],
    [`9.9.9.9, 203.0.113.9, ${NEXT_HOP}`, '203.0.113.9'],
    ['lixo, 203.0.113.9', '203.0.113.9'],
    ['203.0.113.9:5555', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:5::7', '2001:db8:5::7'],
    ['127.0.0.1, 2001:db8:5::7', '2001:db8:5::7'],
    ['[2001:DB8:5:0::7]:44', '2001:db8:5::7'],
  ])('behind a proxy that says %s is %s', async (forwarded, address) => {
    expect(await seen(new Behind(forwarded))).toBe(address);
  });

  it.each(['203.0.113.9, lixo', 'lixo', '999.0.0.1', '203.0.113.9, unknown', NEXT_HOP])('is nobody\'s behind a proxy that says %s', async (forwarded) => {
    const answer = await new Behind(forwarded).get('/api/v1/session/probe');
    answer.refused(400, 'address_unknown');
    (await call({ method: 'GET', path: '/', from: HOP, headers: { 'X-Forwarded-For': forwarded } })).refused(400, 'address_unknown');
  });

  it('is the proxy\'s own when it speaks for nobody', async () => {
    expect(await seen(new Browser({ from: HOP }))).toBe(HOP);
  });

  it('of anybody else is where they come from, whatever they say', async () => {
    for (const forwarded of ['203.0.113.9', '127.0.0.1', HOP, `203.0.113.9, ${HOP}`, 'lixo'])
      expect([forwarded, await seen(new Behind(forwarded, { from: STRANGER }))]).toEqual([forwarded, STRANGER]);
    const said = { 'X-Real-IP': '203.0.113.9', Forwarded: 'for=203.0.113.9', 'True-Client-IP': '203.0.113.9' };
    expect((await new Browser({ from: HOP }).get('/api/v1/session/probe', said)).ok()).toMatchObject({ address: HOP });
  });
});

describe('everything that asks for the address', () => {
  it('keeps it: session, attempts and trail', async () => {
    await inside('ana', '9.9.9.9, 203.0.113.20');
    const email = account.email('ana');
    for (const text of [
      "SELECT host(address::inet) FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.email = :'email'",
      "SELECT DISTINCT host(address::inet) FROM signin_attempts a JOIN users u ON u.id = a.user_id WHERE u.email = :'email'",
    ])
      expect(await lines(text, { email })).toEqual(['203.0.113.20']);
    const rafael = await steppedUp(await inside('rafael', '2001:db8:5::21'));
    (await rafael.patch('/api/v1/security', { password_min: 13 })).ok();
    expect(await lines(`SELECT address FROM audit_events WHERE account_id = ${account.id} AND action = 'security.edited'`)).toEqual(['2001:db8:5::21']);
  });

  it('fences by it: API, streams and files', async () => {
    const rafael = await steppedUp(await inside('rafael', '2001:db8:5::21'));
    const put = (...networks: string[]) => rafael.put('/api/v1/networks', { networks: networks.map((network) => ({ network })) });
    (await put('127.8.0.0/16', '2001:db8:5::/48')).refused(400, 'network_has_hop', 'networks[0].network');
    (await put('203.0.113.0/24', '2001:db8:5::/48')).ok();

    const ana = await inside('ana', '203.0.113.20');
    (await ana.get('/api/v1/account')).ok();
    const stream = (forwarded: string) => ({ Cookie: ana.cookieHeader(), 'X-Forwarded-For': forwarded });
    (await Stream.open(`/live?account=${account.id}`, stream('203.0.113.20'), HOP)).close();
    for (const outside of ['203.0.114.1', '203.0.113.20, 203.0.114.1', '2001:db8:6::1']) {
      ana.forwarded = outside;
      (await ana.get('/api/v1/account')).refused(403, 'network_refused');
      (await ana.media(1)).refused(403, 'network_refused');
      expect((await refusedStream(`/live?account=${account.id}`, stream(outside), HOP)).status).toBe(403);
    }
    expect((await refusedStream(`/live?account=${account.id}`, stream('203.0.113.20'), STRANGER)).status).toBe(403);
    (await put()).ok();
  });

  it('lets no list name a proxy, from the command line either', async () => {
    const ctl = (words: string[]): Promise<string> =>
      new Promise((resolve) => {
        const child = execFile(`${house.bin}/balcaoctl`, words, { env: { ...process.env, BALCAO_VAR: house.var } }, (_, out, err) => resolve(out + err));
        child.stdin?.end('uma senha que ninguem adivinha\n');
      });
    expect(await ctl(['operator', 'create', '--email', `op@${account.slug}.exemplo`, '--networks', `203.0.113.0/24,${HOP}`])).toContain('network_has_hop');
    expect(await ctl(['networks', 'allow', HOP, '--account', account.slug, '--for', '1h'])).toContain('network_has_hop');
  });

  it('X066: throttles by it, and no forged word makes another bucket', async () => {
    const tries = (from: string, forwarded: (turn: number) => string) =>
      Promise.all(Array.from({ length: 10 }, (_, turn) => new Behind(forwarded(turn), { from }).signIn(`x066-${turn}@nenhures.exemplo`, 'palpite')));
    for (const [from, forwarded] of [
      [STRANGER, (turn: number) => `203.0.113.${turn}`],
      [HOP, (turn: number) => `198.51.100.${turn}, 203.0.113.66`],
    ] as const) {
      for (const answer of await tries(from, forwarded)) answer.refused(401, 'credentials_invalid');
      (await new Behind(forwarded(11), { from }).signIn(account.email('ana'))).refused(429, 'too_many_attempts');
    }
    (await new Behind('203.0.113.67').signIn(account.email('ana'))).ok();
  });

  it('X067: throttles a /64 as one, also behind a proxy', async () => {
    const from = (turn: number) => `2001:db8:67:1::${turn.toString(16)}`;
    for (const answer of await Promise.all(Array.from({ length: 10 }, (_, turn) => new Behind(from(turn)).signIn(`x067-${turn}@nenhures.exemplo`, 'palpite'))))
      answer.refused(401, 'credentials_invalid');
    (await new Behind(from(99)).signIn(account.email('ana'))).refused(429, 'too_many_attempts');
    (await new Behind('2001:db8:67:2::1').signIn(account.email('ana'))).ok();
  });

  it('has none for providers and visitors behind a proxy that says nonsense', async () => {
    const headers = { 'X-Forwarded-For': 'lixo' };
    const webchat = await aWebchat(account);
    (await call({ method: 'GET', path: `${webchat.path}/config`, from: HOP, headers: { ...headers, Origin: HOST_PAGE } })).refused(400, 'address_unknown');
    (await call({ method: 'POST', path: '/hooks/nobody', from: HOP, headers, body: '{}' })).refused(400, 'address_unknown');
    expect((await refusedStream('/live/widget?token=x', headers, HOP)).status).toBe(400);
  });
});
