/** Who may do what: the roles of one account, and people of another. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import { call } from '../support/answer.ts';
import { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';

let account: Account;
let foreign: Account;

beforeAll(async () => {
  [account, foreign] = await Promise.all([anAccount(), anAccount()]);
});

it('asks everybody for a session', async () => {
  for (const path of [
    '/api/v1/session',
    '/api/v1/account',
    '/api/v1/tickets?tab=waiting',
    '/api/v1/channels',
    '/api/v1/drafts',
  ]) {
    (await call({ method: 'GET', path, headers: { 'Balcao-Account': String(account.id) } })).refused(401, 'session_missing');
  }
});

describe('the account of a request', () => {
  it('has to be named', async () => {
    const ana = new Browser();
    await ana.signIn(account.email('ana'));
    (await ana.get('/api/v1/account')).refused(400, 'account_required');
  });

  it('does not exist for people of another one, whatever they ask', async () => {
    const ana = await account.as('ana');
    const elsewhere = new Browser({ account_id: foreign.id });
    for (const [name, value] of ana.cookies) elsewhere.cookies.set(name, value);
    for (const path of [
      '/api/v1/account',
      '/api/v1/tickets?tab=waiting',
      '/api/v1/tickets/counts',
      '/api/v1/drafts',
      '/api/v1/tickets/1',
    ]) {
      expect([(await elsewhere.get(path)).status, path]).toEqual([404, path]);
    }
    expect((await elsewhere.get('/api/v1/live/grant?account=' + foreign.id)).status).toBe(404);
  });

  it('is a number that exists', async () => {
    const ana = await account.as('ana');
    for (const named of ['0', '-1', 'abc', '1e3', '99999999999999999999', '9223372036854775807', `${account.id} OR true`]) {
      const answer = await ana.ask('GET', '/api/v1/account', undefined, { 'Balcao-Account': named });
      expect([answer.status, named]).toEqual([404, named]);
    }
  });
});

describe('a role', () => {
  it('opens what its permissions say, and nothing else', async () => {
    const [ana, camila, fabiana, rafael] = await Promise.all((['ana', 'camila', 'fabiana', 'rafael'] as const).map(account.as));
    const channel = { kind: 'webchat', name: 'Chat', department_id: account.departments['Suporte'] };
    (await fabiana?.get('/api/v1/tickets?tab=waiting'))?.refused(403, 'permission_denied');
    (await fabiana?.get('/api/v1/account'))?.ok();
    (await ana?.get('/api/v1/channels'))?.refused(403, 'permission_denied');
    (await camila?.get('/api/v1/channels'))?.ok();
    (await camila?.post('/api/v1/channels', channel))?.refused(403, 'permission_denied');
    (await rafael?.post('/api/v1/channels', channel))?.ok(201);
  });

  it('that changed counts from the next request on', async () => {
    const bruno = await account.as('bruno');
    (await bruno.get('/api/v1/tickets?tab=waiting')).ok();
    await sql("UPDATE memberships m SET group_id = g.id FROM groups g WHERE g.account_id = m.account_id AND g.builtin = 'finance' AND m.id = :'id'", { id: account.members.bruno });
    (await bruno.get('/api/v1/tickets?tab=waiting')).refused(403, 'permission_denied');
    await sql("UPDATE memberships SET is_active = false WHERE id = :'id'", { id: account.members.bruno });
    expect((await bruno.get('/api/v1/account')).status).toBe(404);
    (await bruno.get('/api/v1/session')).ok();
  });
});

it('closes an account that was suspended', async () => {
  const gone = await anAccount();
  const ana = await gone.as('ana');
  (await ana.get('/api/v1/account')).ok();
  await sql("UPDATE accounts SET state = 'suspended' WHERE id = :'id'", { id: gone.id });
  expect((await ana.get('/api/v1/account')).status).toBeGreaterThanOrEqual(400);
});
