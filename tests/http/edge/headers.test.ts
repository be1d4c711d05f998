/** What each kind of answer says to browsers, exactly: a header more or less is a difference. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import { Browser, PASSWORD } from '../support/browser.ts';
import { aPng } from '../support/files.ts';
import { aWebchat, HOST_PAGE, type Webchat } from '../support/webchat.ts';
import { type Answered, send } from '../support/wire.ts';

const SANDBOX = "default-src 'none'; frame-ancestors 'none'; sandbox";
const PAGE =
  "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-*'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; " +
  "media-src 'self' blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; frame-ancestors 'none'; " +
  "base-uri 'none'; form-action 'self'; object-src 'none'";

/** Those that decide anything in a browser; the rest is length, date and the like. */
const NAMES = [
  'content-security-policy', 'x-frame-options', 'referrer-policy', 'cross-origin-opener-policy', 'cross-origin-resource-policy',
  'permissions-policy', 'cache-control', 'x-content-type-options', 'access-control-allow-origin', 'access-control-allow-credentials',
  'strict-transport-security', 'content-type', 'content-disposition', 'vary',
];

let account: Account;
let ana: Browser;
let file: Schemas['Attachment'];
let webchat: Webchat;

beforeAll(async () => {
  account = await anAccount();
  ana = await account.as('ana');
  file = (await ana.upload('é "x".png', 'image/png', aPng('headers'))).ok(201);
  webchat = await aWebchat(account, { origins: [HOST_PAGE] });
});

function said({ headers }: Pick<Answered, 'headers'>): Record<string, string> {
  return Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, String(value).replace(/nonce-[0-9a-f]{32}/, 'nonce-*')]];
    }),
  );
}

const API = {
  'content-security-policy': SANDBOX,
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
};

describe('the headers', () => {
  it('of the page', async () => {
    expect(said(await send({ method: 'GET', path: '/' }))).toEqual({
      'content-security-policy': PAGE,
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), payment=(), usb=(), microphone=(self)',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'content-type': 'text/html; charset=utf-8',
      vary: 'Accept-Encoding',
    });
  });

  it('of the API, whether it answers or refuses', async () => {
    expect(said(await ana.get('/api/v1/account'))).toMatchObject({ ...API, 'content-type': 'application/json' });
    for (const path of ['/api/v1/tickets/900000000000', '/api/v1/nothing', '/api/v1/operator/accounts'])
      expect(said(await ana.get(path))).toEqual({ ...API, 'content-type': 'application/problem+json' });
    expect(said(await new Browser().get('/api/v1/account'))).toEqual({ ...API, 'content-type': 'application/problem+json' });
  });

  it('of a file', async () => {
    expect(said(await ana.media(file.id))).toEqual({
      'content-security-policy': SANDBOX,
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, max-age=300',
      'x-content-type-options': 'nosniff',
      'content-type': 'image/png',
      'content-disposition': `inline; filename="__ _x_.png"; filename*=UTF-8''%C3%A9%20%22x%22.png`,
    });
  });

  it('of the widget, which other sites load', async () => {
    expect(said(await send({ method: 'GET', path: '/widget.js' }))).toMatchObject({
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=300',
      'x-content-type-options': 'nosniff',
    });
  });

  it('of the widget’s API: the page that is listed, and never with cookies', async () => {
    const listed = said(await webchat.config());
    expect(listed).toMatchObject({ 'access-control-allow-origin': HOST_PAGE, vary: expect.stringContaining('Origin') as string });
    expect(listed).not.toHaveProperty('access-control-allow-credentials');
    const refused = await webchat.config('https://outra.exemplo');
    refused.refused(403, 'origin_refused');
  });

  it('no other answer may be read from elsewhere', async () => {
    for (const path of ['/', '/api/v1/session', '/api/v1/account', '/api/v1/tickets?tab=waiting', `/media/${file.id}?account=${account.id}`, '/healthz', '/api/v1/operator/session'])
      for (const method of ['GET', 'OPTIONS']) {
        const { headers } = await send({ method, path, headers: { Origin: 'https://mau.exemplo', Cookie: ana.cookieHeader() } });
        expect([path, method, headers['access-control-allow-origin']]).toEqual([path, method, undefined]);
      }
  });
});

it('cookies are for us alone, and scripts see none of them', async () => {
  const answer = await new Browser().signIn(account.email('bruno'), PASSWORD);
  const cookies = answer.headers['set-cookie'] ?? [];
  expect(cookies.length).toBeGreaterThan(0);
  for (const cookie of cookies) {
    expect(cookie).toMatch(/^__Host-/);
    for (const flag of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/']) expect(cookie.split('; ')).toContain(flag);
    expect(cookie).not.toMatch(/Domain/i);
  }
});
