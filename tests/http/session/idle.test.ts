/** A session ends by itself: when nobody did anything for a while, and after a day's work. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import { Browser } from '../support/browser.ts';
import { sql, value } from '../support/database.ts';
import { sessionOf } from '../support/person.ts';

let account: Account;

beforeAll(async () => {
  account = await anAccount();
});

async function signedIn(): Promise<Browser> {
  const browser = new Browser({ account_id: account.id });
  (await browser.signIn(account.email('ana'))).ok();
  return browser;
}

const times = (browser: Browser): Promise<{ idle_s: number; absolute_s: number }> =>
  value(
    `SELECT json_build_object('idle_s', round(extract(epoch FROM idles_at - now())),
                              'absolute_s', round(extract(epoch FROM expires_at - now()))) FROM sessions WHERE id = :'id'`,
    { id: sessionOf(browser) },
  );

const age = (browser: Browser, seconds: number): Promise<string> =>
  sql("UPDATE sessions SET active_at = active_at - :'s' * interval '1 s', idles_at = idles_at - :'s' * interval '1 s' WHERE id = :'id'", {
    s: seconds,
    id: sessionOf(browser),
  });

it('lasts as long as the account says', async () => {
  await sql("UPDATE account_security SET session_idle_s = 600, session_absolute_s = 7200 WHERE account_id = :'id'", { id: account.id });
  const { idle_s, absolute_s } = await times(await signedIn());
  expect(idle_s).toBeGreaterThan(580);
  expect(idle_s).toBeLessThanOrEqual(600);
  expect(absolute_s).toBeGreaterThan(7180);
  expect(absolute_s).toBeLessThanOrEqual(7200);
});

it('is prolonged by what the person does, and not by asking or refreshing', async () => {
  const ana = await signedIn();
  await age(ana, 300);
  (await ana.get('/api/v1/account')).ok();
  (await ana.post('/api/v1/session/refresh')).ok(204);
  expect((await times(ana)).idle_s).toBeLessThanOrEqual(300);
  (await ana.post('/api/v1/session/activity')).ok(204);
  expect((await times(ana)).idle_s).toBeGreaterThan(580);
});

it('ends when nobody did anything, for the API, the refresh and the open stream', async () => {
  const ana = await signedIn();
  const live = await ana.live();
  await age(ana, 600);
  expect((await live.next('signed_out')).data).toEqual({ reason: 'idle' });
  (await ana.get('/api/v1/session')).refused(401, 'session_idle');
  (await ana.get('/api/v1/account')).refused(401, 'session_idle');
  (await ana.post('/api/v1/session/refresh')).refused(401, 'session_idle');
});

it('ends after a day of work, whatever the person does', async () => {
  const ana = await signedIn();
  const live = await ana.live();
  await sql("UPDATE sessions SET expires_at = now() WHERE id = :'id'", { id: sessionOf(ana) });
  expect((await live.next('signed_out')).data).toEqual({ reason: 'expired' });
  (await ana.post('/api/v1/session/activity')).refused(401, 'session_expired');
});
