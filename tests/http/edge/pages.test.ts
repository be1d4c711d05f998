/** What nginx serves by itself, and what it says to browsers with every answer. */
import { beforeAll, describe, expect, it } from 'vitest';

import { anAccount } from '../support/account.ts';
import type { Browser } from '../support/browser.ts';
import { send } from '../support/wire.ts';

let ana: Browser;

beforeAll(async () => {
  ana = await (await anAccount()).as('ana');
});

const page = (path: string, headers: Record<string, string> = {}) => send({ method: 'GET', path, headers });

describe('the application', () => {
  it.each(['/', '/index.html', '/inbox/7', '/channels', '/anything/at/all'])('is at %s', async (path) => {
    const { status, headers, body } = await page(path);
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^text\/html/);
    expect(headers['cache-control']).toBe('no-cache');
    expect(body.toString()).toContain('<div id="root"');
  });

  it('runs only its own scripts, and its styles carry a word that is new each time', async () => {
    const [one, other] = [await page('/'), await page('/')];
    const nonce = /'nonce-([0-9a-f]{32})'/.exec(String(one.headers['content-security-policy']))?.[1];
    expect(nonce).toBeDefined();
    expect(String(other.headers['content-security-policy'])).not.toContain(nonce);
    expect(one.body.toString()).toContain(nonce);
    expect(one.body.toString()).not.toContain('__CSP_NONCE__');
    const policy = String(one.headers['content-security-policy']);
    expect(policy).toMatch(/default-src 'none'; script-src 'self';/);
    expect(policy).toMatch(/frame-ancestors 'none'/);
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|\*/);
  });

  it('lets nobody frame it, sniff it, or learn where one came from', async () => {
    const { headers } = await page('/');
    expect(headers).toMatchObject({
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
    });
    expect(headers['server']).toBe('nginx');
  });

  it('has scripts that never change under their name', async () => {
    const script = /src="(\/assets\/[^"]+\.js)"/.exec((await page('/')).body.toString())?.[1] ?? '';
    const { status, headers } = await page(script, { 'Accept-Encoding': 'gzip' });
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'cache-control': 'public, max-age=31536000, immutable', 'content-encoding': 'gzip' });
    expect((await page('/assets/nothing-of-ours.js')).status).toBe(404);
  });
});

describe('the widget', () => {
  it('is a script that other sites may load', async () => {
    const { status, headers } = await page('/widget.js');
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/javascript/);
    expect(headers).toMatchObject({ 'cross-origin-resource-policy': 'cross-origin', 'cache-control': 'public, max-age=300' });
  });
});

describe('the API', () => {
  it('is never kept, framed or sniffed', async () => {
    for (const { headers } of [
      await ana.get('/api/v1/session'),
      await ana.get('/api/v1/nothing'),
      await page('/api/v1/session'),
    ]) {
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers['content-security-policy']).toMatch(/default-src 'none'.*sandbox/);
    }
  });

  it('is compressed when it is long', async () => {
    const { headers } = await ana.get('/api/v1/account', { 'Accept-Encoding': 'identity' });
    expect(headers).not.toHaveProperty('content-encoding');
    const { headers: packed } = await send({
      method: 'GET',
      path: '/api/v1/account',
      headers: { Cookie: ana.cookieHeader(), 'Balcao-Account': String(ana.account_id), 'Accept-Encoding': 'gzip' },
    });
    expect(packed['content-encoding']).toBe('gzip');
  });
});

it('what begins with a dot is not there', async () => {
  for (const path of ['/.git/config', '/.env', '/assets/.htaccess', '/.well-known/x'])
    expect([(await page(path)).status, path]).toEqual([404, path]);
});
