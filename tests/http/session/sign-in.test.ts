import type { IncomingHttpHeaders } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import { call, json, type Schemas } from '../support/answer.ts';
import { Browser, PASSWORD } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { origin } from '../support/house.ts';

let account: Account;

beforeAll(async () => {
  account = await anAccount();
});

const cookieLines = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries((headers['set-cookie'] ?? []).map((line) => [line.slice(0, line.indexOf('=')), line]));

describe('signing in', () => {
  it('tells who one is, and the accounts one may enter with their permissions', async () => {
    const { state, me } = (await new Browser().signIn(account.email('ana'))).ok<Schemas['SignInStep']>();
    expect(state).toBe('signed_in');
    if (me === undefined) throw new Error('it does not say who');
    expect(me.person).toMatchObject({ email: account.email('ana'), name: 'Ana de Teste' });
    expect(me.accounts).toMatchObject([{ id: account.id, member_id: account.members.ana, group: { builtin: 'agent' } }]);
    expect(me.accounts[0]?.permissions).toContain('tickets.reply');
    expect(me.accounts[0]?.permissions).not.toContain('channels.manage');
  });

  it('takes the e-mail however it was typed', async () => {
    (await new Browser().signIn(`  ${account.email('ana').toUpperCase()} `)).ok();
  });

  it('keeps every secret where scripts and other sites cannot reach', async () => {
    const { headers } = await new Browser().signIn(account.email('ana'));
    const cookies = cookieLines(headers);
    expect(Object.keys(cookies).sort()).toEqual(['__Host-bat', '__Host-bkd', '__Host-brt']);
    for (const line of Object.values(cookies)) {
      const attributes = line.split('; ').slice(1);
      expect(attributes).toEqual(expect.arrayContaining(['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/']));
      expect(line).not.toMatch(/Domain=/i);
    }
    expect(cookies['__Host-bat']).toContain('Max-Age=600;');
    expect(cookies['__Host-brt']).toContain('Max-Age=43200;');
    expect(headers['cache-control']).toBe('no-store');
  });

  it('writes no token into the database, only its hash', async () => {
    const ana = new Browser();
    await ana.signIn(account.email('ana'));
    const [id, token] = ana.cookies.get('__Host-brt')?.split('.') ?? [];
    const kept = await sql(
      "SELECT encode(refresh_hash, 'escape') || encode(refresh_hash, 'hex') FROM sessions WHERE id = :'id'",
      { id: id ?? '' },
    );
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(kept).not.toContain(token);
  });

  it('lets a client in that does not say what it is', async () => {
    const answer = await call({
      method: 'POST',
      path: '/api/v1/session',
      body: json({ email: account.email('ana'), password: PASSWORD }).body,
      headers: { 'Content-Type': 'application/json', Origin: origin },
    });
    answer.ok();
  });
});

describe('a refusal to sign in', () => {
  it('is the same for an unknown e-mail, a wrong password and a person without one', async () => {
    const from = '127.0.9.1';
    await sql("UPDATE users SET password_hash = NULL WHERE email = :'email'", { email: account.email('olga') });
    const answers = [
      await new Browser({ from }).signIn(`ninguem@${account.slug}.exemplo`),
      await new Browser({ from }).signIn(account.email('ana'), 'não é esta'),
      await new Browser({ from }).signIn(account.email('olga')),
    ];
    for (const answer of answers) {
      const { request_id: _, ...problem } = answer.refused(401, 'credentials_invalid');
      expect(problem).toEqual({ type: 'about:blank', title: 'Unauthorized', status: 401, slug: 'credentials_invalid' });
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
    const names = answers.map(({ headers }) => Object.keys(headers).sort());
    expect(names[1]).toEqual(names[0]);
    expect(names[2]).toEqual(names[0]);
  });

  it('asks for what is missing, and takes nothing it does not know', async () => {
    const browser = new Browser();
    (await browser.post('/api/v1/session', { email: 'a@b.c' })).refused(400, 'required', 'password');
    (await browser.post('/api/v1/session', { email: 7, password: 'x' })).refused(400, 'wrong_type', 'email');
    (await browser.post('/api/v1/session', { email: 'a@b.c', password: 'x', admin: true })).refused(
      400,
      'unknown_field',
      'admin',
    );
    (await browser.post('/api/v1/session', { email: 'a@b.c', password: 'x'.repeat(513) })).refused(400, 'password_too_long', 'password');
  });
});

describe('signing out', () => {
  it('ends the session everywhere, and takes the cookies', async () => {
    const here = new Browser({ account_id: account.id });
    await here.signIn(account.email('bruno'));
    const copy = new Browser({ account_id: account.id });
    for (const [name, value] of here.cookies) copy.cookies.set(name, value);

    (await here.delete('/api/v1/session')).ok(204);
    expect([...here.cookies.keys()]).toEqual(['__Host-bkd']);
    (await copy.get('/api/v1/session')).refused(401, 'session_signed_out');
    (await copy.get('/api/v1/tickets/counts')).refused(401, 'session_signed_out');
    (await copy.post('/api/v1/session/refresh')).refused(401, 'session_signed_out');
  });

  it('leaves the other devices of the same person alone, where several are allowed', async () => {
    const [one, other] = [new Browser(), new Browser()];
    await one.signIn(account.email('bruno'));
    await other.signIn(account.email('bruno'));
    await one.delete('/api/v1/session');
    (await other.get('/api/v1/session')).ok();
  });

  it('needs a session', async () => {
    (await new Browser().delete('/api/v1/session')).refused(401, 'session_missing');
  });
});

describe('preferences', () => {
  it('are kept for the person; absent members stay', async () => {
    const camila = await account.as('camila');
    (await camila.patch('/api/v1/session/preferences', { theme: 'dark', enter_sends: false })).ok();
    const me = (await camila.patch('/api/v1/session/preferences', { locale: 'en' })).ok<Schemas['Me']>();
    expect(me.person).toMatchObject({ theme: 'dark', enter_sends: false, locale: 'en', plays_sound: true });
    expect((await camila.get('/api/v1/session')).ok()).toEqual(me);
  });

  it('keep keys and density, and give the keys back', async () => {
    const camila = await account.as('camila');
    const save = async (body: object): Promise<Schemas['Me']['person']> =>
      (await camila.patch('/api/v1/session/preferences', body)).ok<Schemas['Me']>().person;
    expect(await save({ keys: ['reply=q', 'close=g ç', 'search=='], density: 'compact' })).toMatchObject({ keys: ['reply=q', 'close=g ç', 'search=='], density: 'compact' });
    expect(await save({ density: 'comfortable' })).toMatchObject({ keys: ['reply=q', 'close=g ç', 'search=='], density: 'comfortable' });
    expect(await save({ keys: [] })).toMatchObject({ keys: [] });
  });

  it('take only what there is', async () => {
    const camila = await account.as('camila');
    (await camila.patch('/api/v1/session/preferences', { density: 'loose' })).refused(400, 'unknown_value', 'density');
    for (const keys of [['reply'], ['=q'], ['reply='], ['Reply=q'], ['reply=q', 'reply=w'], [`reply=${'q'.repeat(30)}`], [`${'a'.repeat(31)}=q`]])
      (await camila.patch('/api/v1/session/preferences', { keys })).refused(400, 'unknown_value', 'keys');
    (await camila.patch('/api/v1/session/preferences', { theme: 'pink' })).refused(400, 'unknown_value', 'theme');
    (await camila.patch('/api/v1/session/preferences', { locale: 'xx' })).refused(400, 'unknown_value', 'locale');
    (await camila.patch('/api/v1/session/preferences', { plays_sound: 'yes' })).refused(400, 'wrong_type', 'plays_sound');
  });
});
