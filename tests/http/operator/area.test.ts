/** Who keeps the installation: accounts in figures, from a door of their own, and no way into any of them. */
import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import { Browser, PASSWORD } from '../support/browser.ts';
import { lines, sql, value } from '../support/database.ts';
import { anOperator, ctl, type Operator } from '../support/operator.ts';
import { totp } from '../support/totp.ts';

type Listed = { id: number; slug: string; state: string; members: number; tickets_today: number };

const word = randomBytes(5).toString('hex');
const email = `op-${word}@instalacao.exemplo`;

let account: Account;
let olivia: Operator;
let operator: Browser;

beforeAll(async () => {
  [account, olivia] = await Promise.all([anAccount(), anOperator(email)]);
  operator = await olivia.enter();
});

describe('the door', () => {
  it('is open to operators, from their networks, with a cookie of its own', async () => {
    const browser = new Browser();
    const ticket = await olivia.asked(browser);
    expect(browser.cookies.size).toBe(0);
    const answer = await browser.post('/api/v1/operator/session/factor', { ticket, code: totp(olivia.secret) });
    expect(answer.ok()).toEqual({ state: 'signed_in', operator: { email, name: email } });
    const [cookie] = answer.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/^__Host-bop=[\w-]{43}; Path=\/; Max-Age=28800; HttpOnly; Secure; SameSite=Strict$/);
    expect((await operator.get('/api/v1/operator/session')).ok()).toEqual({ email, name: email });
    const elsewhere = new Browser({ from: '127.0.9.77' });
    (await elsewhere.post('/api/v1/operator/session', { email, password: PASSWORD })).refused(403, 'network_refused');
    const walked = new Browser({ from: '127.0.9.77' });
    for (const [name, value] of operator.cookies) walked.cookies.set(name, value);
    (await walked.get('/api/v1/operator/accounts')).refused(403, 'network_refused');
  });

  it('says the same of an unknown e-mail and of a wrong password, and then nothing for a while', async () => {
    const from = '127.0.9.78';
    const tries = [`nobody-${word}@x.exemplo`, email].map((who) =>
      new Browser({ from }).post('/api/v1/operator/session', { email: who, password: 'not-the-password' }),
    );
    for (const answer of await Promise.all(tries)) answer.refused(401, 'credentials_invalid');
    for (let n = 0; n < 3; n++) await new Browser({ from }).post('/api/v1/operator/session', { email: `x${n}${word}@x.exemplo`, password: 'x' });
    (await new Browser({ from }).post('/api/v1/operator/session', { email, password: PASSWORD })).refused(429, 'too_many_attempts');
  });

  it('is closed to persons of accounts and to pages of others', async () => {
    const olga = await account.as('olga');
    (await olga.get('/api/v1/operator/accounts')).refused(401, 'session_missing');
    (await olga.post('/api/v1/operator/accounts', { name: 'x', slug: 'xx', owner_email: 'a@b.c' })).refused(401, 'session_missing');
    (await new Browser().post('/api/v1/operator/session', { email: account.email('olga'), password: PASSWORD })).refused(401, 'credentials_invalid');
    (await operator.ask('POST', `/api/v1/operator/accounts/${account.id}/suspend`, undefined, { Origin: 'https://mau.exemplo' })).refused(403, 'origin_refused');
  });

  it('closes behind who leaves, who stays away for half an hour, and who was sent away', async () => {
    const leaving = await olivia.enter();
    const cookies = new Map(leaving.cookies);
    (await leaving.delete('/api/v1/operator/session')).ok(204);
    for (const [name, value] of cookies) leaving.cookies.set(name, value);
    (await leaving.get('/api/v1/operator/accounts')).refused(401, 'session_unknown');
    for (const change of ["active_at = now() - interval '31 min'", "expires_at = now() - interval '1 s'"]) {
      const browser = await olivia.enter();
      await sql(`UPDATE operator_sessions SET ${change} WHERE id = (SELECT max(id) FROM operator_sessions)`);
      (await browser.get('/api/v1/operator/accounts')).refused(401, 'session_unknown');
    }
  });
});

describe('accounts', () => {
  const mine = async (): Promise<Listed> => {
    const { data } = (await operator.get('/api/v1/operator/accounts')).ok<{ data: Listed[] }>();
    const found = data.find(({ id }) => id === account.id);
    if (found === undefined) throw new Error('not listed');
    return found;
  };

  it('are listed in figures', async () => {
    expect(await mine()).toMatchObject({ slug: account.slug, state: 'active', members: 6, tickets_today: 0 });
  });

  it('are suspended, which closes them to their people, and resumed; the trail tells of both', async () => {
    const ana = await account.as('ana');
    (await ana.get('/api/v1/account')).ok();
    (await operator.post(`/api/v1/operator/accounts/${account.id}/suspend`)).ok(204);
    (await ana.get('/api/v1/account')).refused(402, 'account_suspended');
    expect((await mine()).state).toBe('suspended');
    (await operator.post(`/api/v1/operator/accounts/${account.id}/resume`)).ok(204);
    (await operator.post(`/api/v1/operator/accounts/${account.id}/resume`)).ok(204);
    (await ana.get('/api/v1/account')).ok();
    expect(
      await lines(`SELECT action || ' ' || actor_kind || ' ' || detail FROM audit_events WHERE account_id = ${account.id} AND subject_kind = 'account' ORDER BY id`),
    ).toEqual([
      'account.suspended operator {"after":{"state":"suspended"},"before":{"state":"active"}}',
      'account.resumed operator {"after":{"state":"active"},"before":{"state":"suspended"}}',
    ]);
    (await operator.post('/api/v1/operator/accounts/900000000000/suspend')).refused(404, 'not_found');
  });

  it('are opened with an owner who can begin', async () => {
    const owner_email = `dona-${word}@nova.exemplo`;
    const opened = (await operator.post('/api/v1/operator/accounts', { name: 'Nova', slug: `nova-${word}`, owner_email })).ok<{
      id: number;
      owner_is_known: boolean;
      password: string;
    }>(201);
    const owner = new Browser({ account_id: opened.id });
    (await owner.signIn(owner_email, opened.password)).ok();
    expect((await owner.get('/api/v1/account')).ok<{ departments: unknown[] }>().departments).toHaveLength(1);
    const again = (await operator.post('/api/v1/operator/accounts', { name: 'Outra', slug: `outra-${word}`, owner_email })).ok(201);
    expect(again).toMatchObject({ owner_is_known: true, password: null });
    (await operator.post('/api/v1/operator/accounts', { name: 'Nova', slug: `nova-${word}`, owner_email })).refused(409, 'account_slug_is_taken');
    (await operator.post('/api/v1/operator/accounts', { name: 'Nova', slug: 'Nova!', owner_email })).refused(400, 'slug_invalid', 'slug');
    (await operator.post('/api/v1/operator/accounts', { name: 'Nova', slug: 'nova', owner_email: 'dona' })).refused(400, 'email_invalid', 'owner_email');
  });

  it('and how the queues are', async () => {
    expect((await operator.get('/api/v1/operator/health')).ok()).toHaveProperty('inbound.pending');
  });
});

describe('nothing from within', () => {
  it('no route of an account answers to an operator', async () => {
    operator.account_id = account.id;
    for (const path of ['/api/v1/tickets?tab=waiting', '/api/v1/tickets/1', '/api/v1/account', '/media/1?account=1'])
      (await operator.get(path)).refused(401, 'session_missing');
    for (const path of ['tickets/1', 'contacts/1', 'accounts/1/tickets', 'accounts/1'])
      (await operator.get(`/api/v1/operator/${path}`)).refused(404, 'route_unknown');
    operator.account_id = undefined;
  });

  it('the role reads no table of any account', async () => {
    const readable = await lines(
      `SELECT c.relname FROM pg_class c WHERE c.relnamespace IN ('public'::regnamespace, 'gate'::regnamespace) AND c.relkind IN ('r', 'p', 'v')
          AND has_table_privilege('balcao_operator', c.oid, 'SELECT') ORDER BY 1`,
    );
    /* The last two count tries under keyed hashes and numbers made at random. */
    expect(readable).toEqual(['operator_factors', 'operator_recovery_codes', 'operator_sessions', 'operator_throttle', 'operators', 'signin_throttle', 'signin_tickets']);
    for (const table of ['messages', 'contacts', 'attachments', 'tickets', 'audit_events', 'users', 'accounts'])
      await expect(sql(`SET balcao.account = '${account.id}'; SELECT * FROM ${table}`, {}, 'DB_OPERATOR')).rejects.toThrow(/permission denied/);
    await expect(sql('SET ROLE balcao_owner', {}, 'DB_OPERATOR')).rejects.toThrow(/permission denied/);
    await expect(
      sql(
        `SET balcao.account = '${account.id}'; INSERT INTO audit_events (account_id, at, action, actor_kind, subject_kind) VALUES (${account.id}, now(), 'x.x', 'user', 'x')`,
        {},
        'DB_OPERATOR',
      ),
    ).rejects.toThrow(/row-level security/);
  });
});

describe('balcaoctl', () => {
  it('opens an account, lists, suspends and resumes it, and says so in its trail', async () => {
    const slug = `ctl-${word}`;
    const said = await ctl(['account', 'create', '--name', 'Do servidor', '--slug', slug, '--owner-email', `chefe-${word}@ctl.exemplo`, '--password'], `${PASSWORD}\n`);
    const id = Number(/account (\d+)/.exec(said)?.[1]);
    const chief = new Browser({ account_id: id });
    (await chief.signIn(`chefe-${word}@ctl.exemplo`)).ok();
    (await chief.get('/api/v1/account')).ok();
    await ctl(['account', 'suspend', slug]);
    (await chief.get('/api/v1/account')).refused(402, 'account_suspended');
    expect(await ctl(['account', 'list'])).toMatch(new RegExp(`${id} ${slug} +suspended`));
    await ctl(['account', 'resume', slug]);
    (await chief.get('/api/v1/account')).ok();
    await expect(ctl(['account', 'suspend', `none-${word}`])).rejects.toThrow('no_such_account');
    await expect(ctl(['account', 'create', '--name', 'x', '--slug', slug, '--owner-email', 'a@b.c'])).rejects.toThrow('account_slug_is_taken');
    expect(await lines(`SELECT action || ' ' || actor_kind FROM audit_events WHERE account_id = ${id} AND subject_kind = 'account' ORDER BY id`)).toEqual([
      'account.created ctl', 'account.suspended ctl', 'account.resumed ctl',
    ]);
  });

  it('gives a person another password, which ends what is signed in', async () => {
    const bruno = await account.as('bruno');
    expect(await ctl(['user', 'password', '--email', account.email('bruno')], 'uma-senha-bem-nova\n')).toBe('done; 1 sessions ended');
    (await bruno.get('/api/v1/account')).refused(401, 'session_password_changed');
    (await new Browser().signIn(account.email('bruno'), 'uma-senha-bem-nova')).ok();
    await expect(ctl(['user', 'password', '--email', account.email('bruno')], 'curta\n')).rejects.toThrow('password_too_short');
    await expect(ctl(['user', 'password', '--email', `nobody-${word}@x.exemplo`], `${PASSWORD}\n`)).rejects.toThrow('no_such_person');
    expect(
      await value<number>(`SELECT count(*) FROM audit_events WHERE account_id = ${account.id} AND action = 'password.reset' AND actor_kind = 'ctl'`),
    ).toBe(1);
  });
});
