/** Cookies travel by themselves: a write has to show that one of our own pages asked for it. */
import { beforeAll, expect, it } from 'vitest';

import { anAccount } from '../support/account.ts';
import type { Browser } from '../support/browser.ts';
import { call, json } from '../support/answer.ts';
import { origin } from '../support/house.ts';

let ana: Browser;

beforeAll(async () => {
  ana = await (await anAccount()).as('ana');
});

const write = (headers: Record<string, string>) =>
  call({
    method: 'PATCH',
    path: '/api/v1/session/preferences',
    body: json({}).body,
    headers: { 'Content-Type': 'application/json', Cookie: ana.cookieHeader(), ...headers },
  });

it('refuses a write that another site asked for', async () => {
  for (const other of [
    'https://evil.example',
    'null',
    `${origin}.evil.example`,
    origin.replace('http:', 'https:'),
    `${origin}/`,
  ]) {
    (await write({ Origin: other })).refused(403, 'origin_refused');
  }
  (await write({})).refused(403, 'origin_refused');
  (await write({ 'Sec-Fetch-Site': 'cross-site' })).refused(403, 'origin_refused');
});

it('takes one that our own page asked for', async () => {
  (await write({ Origin: origin })).ok();
  (await write({ 'Sec-Fetch-Site': 'same-origin' })).ok();
});

it('refuses even a look that another site asked for', async () => {
  (
    await call({
      method: 'GET',
      path: '/api/v1/session',
      headers: { Cookie: ana.cookieHeader(), 'Sec-Fetch-Site': 'cross-site' },
    })
  ).refused(403, 'origin_refused');
});

it('refuses to sign in, to refresh or to sign out for another site', async () => {
  const headers = { 'Content-Type': 'application/json', Origin: 'https://evil.example', Cookie: ana.cookieHeader() };
  const body = json({ email: 'a@b.c', password: 'x' }).body;
  (await call({ method: 'POST', path: '/api/v1/session', body, headers })).refused(403, 'origin_refused');
  (await call({ method: 'POST', path: '/api/v1/session/refresh', body: '{}', headers })).refused(403, 'origin_refused');
  (
    await call({
      method: 'DELETE',
      path: '/api/v1/session',
      headers: { Origin: 'https://evil.example', Cookie: ana.cookieHeader() },
    })
  ).refused(403, 'origin_refused');
});

it('never takes a form, which any site may send', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    (await write({ Origin: origin, 'Content-Type': type })).refused(415, 'content_type_not_json');
  }
});

it('shares nothing with other sites: no CORS on the API of members', async () => {
  const answer = await call({
    method: 'GET',
    path: '/api/v1/session',
    headers: { Cookie: ana.cookieHeader(), Origin: 'https://evil.example' },
  });
  expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  const asked = await call({
    method: 'OPTIONS',
    path: '/api/v1/tickets',
    headers: {
      Origin: 'https://evil.example',
      'Access-Control-Request-Method': 'GET',
      'Access-Control-Request-Headers': 'balcao-account',
    },
  });
  expect(asked.headers).not.toHaveProperty('access-control-allow-origin');
});
