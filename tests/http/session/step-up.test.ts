/** Before something dangerous the person shows once more that it is them. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { enrol, forgetLastCode, sessionOf } from '../support/person.ts';
import { totp } from '../support/totp.ts';

let account: Account;

beforeAll(async () => {
  account = await anAccount();
});

async function signedIn(who: 'ana' | 'bruno' | 'camila'): Promise<Browser> {
  const browser = new Browser({ account_id: account.id });
  (await browser.signIn(account.email(who))).ok();
  return browser;
}

it('is good for ten minutes of this session, and kills the access tokens from before', async () => {
  const ana = await signedIn('ana');
  const copy = new Browser({ account_id: account.id });
  for (const [name, value] of ana.cookies) copy.cookies.set(name, value);
  (await ana.post('/api/v1/me/factor')).refused(403, 'step_up_required');
  expect((await ana.get('/api/v1/session/step-up')).ok()).toEqual({ by: 'password' });
  await ana.stepUp();
  (await ana.post('/api/v1/me/factor')).ok();
  (await copy.get('/api/v1/session')).refused(401, 'session_unknown');
  (await (await signedIn('ana')).post('/api/v1/me/factor')).refused(403, 'step_up_required');

  await sql("UPDATE sessions SET stepped_up_at = stepped_up_at - interval '11 min' WHERE id = :'id'", { id: sessionOf(ana) });
  (await ana.post('/api/v1/me/factor')).refused(403, 'step_up_required');
});

it('is by code for who has a factor, and the password is not asked', async () => {
  const bruno = await signedIn('bruno');
  const { secret } = await enrol(bruno);
  await forgetLastCode(account, 'bruno');
  expect((await bruno.get('/api/v1/session/step-up')).ok()).toEqual({ by: 'code' });
  (await bruno.post('/api/v1/session/step-up', { password: 'balcao-demo-2026' })).refused(400, 'required', 'code');
  (await bruno.post('/api/v1/session/step-up', { code: '000000' })).refused(401, 'code_invalid', 'code');
  (await bruno.post('/api/v1/session/step-up', { code: totp(secret) })).ok(204);
});

it('closes after ten wrong passwords', async () => {
  const camila = await signedIn('camila');
  for (let turn = 0; turn < 10; turn++) {
    (await camila.post('/api/v1/session/step-up', { password: `palpite ${turn}` })).refused(401, 'password_wrong', 'password');
  }
  (await camila.post('/api/v1/session/step-up', { password: 'balcao-demo-2026' })).refused(429, 'too_many_attempts');
});
