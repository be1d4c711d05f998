/** "Why can't this user sign in?" (SC-487, SC-488) */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';

let account: Account;

beforeAll(async () => {
  account = await anAccount();
});

async function reasons(of: Account, who: 'ana' | 'bruno'): Promise<string[]> {
  const camila = await of.as('camila');
  const { data } = (await camila.get(`/api/v1/members/${of.members[who]}/attempts`)).ok<Schemas['AttemptList']>();
  return data.map(({ reason }) => reason);
}

it('tells each attempt with its reason, the latest first', async () => {
  const from = '127.0.11.1';
  await new Browser({ from }).signIn(account.email('ana'), 'errada');
  (await new Browser({ from }).signIn(account.email('ana'))).ok();
  await sql("UPDATE users SET password_hash = NULL WHERE email = :'email'", { email: account.email('ana') });
  await new Browser({ from }).signIn(account.email('ana'), 'errada');
  expect(await reasons(account, 'ana')).toEqual(['password_missing', 'signed_in', 'password']);
});

it('tells who was refused at the fence of the account, once a minute, with the address', async () => {
  const bruno = new Browser({ account_id: account.id });
  (await bruno.signIn(account.email('bruno'))).ok();
  await sql("INSERT INTO networks (account_id, network) VALUES (:'id', '10.0.0.0/8')", { id: account.id });
  const { your_address } = (await bruno.get('/api/v1/tickets/counts')).refused(403, 'network_refused');
  expect(your_address).toBe('127.0.0.1');
  (await bruno.post('/api/v1/tickets/1/take')).refused(403, 'network_refused');
  await sql("DELETE FROM networks WHERE account_id = :'id'", { id: account.id });
  (await bruno.get('/api/v1/tickets/counts')).ok();
  const seen = await reasons(account, 'bruno');
  expect(seen).toContain('network');
  expect(seen).toContain('signed_in');
});

it('shows nothing of people elsewhere, and nothing to those who may not ask', async () => {
  const other = await anAccount();
  const camila = await account.as('camila');
  (await camila.get(`/api/v1/members/${other.members.ana}/attempts`)).refused(404, 'not_found');
  (await (await account.as('bruno')).get(`/api/v1/members/${account.members.ana}/attempts`)).refused(403, 'permission_denied');
});

it('has a page to ask what arrives of a browser', async () => {
  const browser = new Browser();
  expect((await browser.get('/api/v1/session/probe')).ok()).toMatchObject({ has_cookie: false, has_session: false, address: '127.0.0.1' });
  expect((await browser.get('/api/v1/session/probe')).ok()).toMatchObject({ has_cookie: true });
});
