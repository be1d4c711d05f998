/** Changing one's password, and having to. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import { Browser, PASSWORD } from '../support/browser.ts';
import { lines, sql } from '../support/database.ts';
import type { Step } from '../support/person.ts';

let account: Account;

beforeAll(async () => {
  account = await anAccount();
});

async function signedIn(email: string, password = PASSWORD): Promise<Browser> {
  const browser = new Browser({ account_id: account.id });
  (await browser.signIn(email, password)).ok();
  return browser;
}

it('ends every other session, and the old one is worth nothing', async () => {
  const email = account.email('ana');
  const [here, there] = [await signedIn(email), await signedIn(email)];
  (await here.post('/api/v1/me/password', { current: 'errada', password: 'tres gatos no telhado' })).refused(401, 'password_wrong', 'current');
  (await here.post('/api/v1/me/password', { current: PASSWORD, password: 'tres gatos no telhado' })).ok(204);
  (await here.get('/api/v1/session')).ok();
  (await there.get('/api/v1/session')).refused(401, 'session_password_changed');
  (await new Browser({ from: '127.0.12.1' }).signIn(email)).refused(401, 'credentials_invalid');
  await signedIn(email, 'tres gatos no telhado');
  expect(await lines("SELECT template FROM mails WHERE recipient = :'email'", { email })).toEqual(['password_changed']);
  expect(await lines("SELECT action FROM audit_events WHERE account_id = :'id' AND action = 'password.changed'", { id: account.id })).toHaveLength(1);
});

it('must be none that everybody thinks of, and nothing that is written on the door', async () => {
  const bruno = await signedIn(account.email('bruno'));
  const refused = {
    curta: 'password_too_short',
    flamengo2026: 'password_common',
    'S3nh4s3nh4!!': 'password_common',
    qwertyuiop12: 'password_common',
    '123456789012': 'password_common',
    'bruno.de.teste': 'password_contextual',
    'etset-onurb!1': 'password_contextual',
    'b4lc4o-2026-xyz': 'password_contextual',
    ['x'.repeat(129)]: 'password_too_long',
  };
  for (const [password, slug] of Object.entries(refused)) {
    (await bruno.post('/api/v1/me/password', { current: PASSWORD, password })).refused(400, slug, 'password');
  }
});

it('is replaced at the door when it is found in the list, or somebody said so', async () => {
  const email = account.email('camila');
  await sql("UPDATE users SET must_change_password = true WHERE email = :'email'", { email });
  const browser = new Browser({ account_id: account.id });
  const { state, ticket } = (await browser.signIn(email)).ok<Step>();
  expect(state).toBe('password_change_required');
  expect(browser.cookies.has('__Host-bat')).toBe(false);
  (await browser.post('/api/v1/session/password', { ticket, password: 'palmeiras1914' })).refused(400, 'password_common', 'password');
  expect((await browser.post('/api/v1/session/password', { ticket, password: 'tres gatos no telhado' })).ok<Step>().state).toBe('signed_in');
  (await browser.get('/api/v1/session')).ok();
});
