/** A new password by a mailed link, without telling anybody who exists. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import { call, json } from '../support/answer.ts';
import { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { origin } from '../support/house.ts';
import { mailsTo, nextMail, tokenOf } from '../support/mails.ts';
import { steppedUp } from '../support/step-up.ts';

const PASSWORD = 'outro cavalo na varanda verde';

let account: Account;
beforeAll(async () => {
  account = await anAccount();
});

let last = 0;
/** Asks are counted by address too: each comes from one of its own. */
const somebody = (): Browser => new Browser({ from: `127.0.8.${++last}` });
const ask = (email: string) => somebody().post('/api/v1/password-resets', { email });

it('mails a link that works once, ends all sessions and opens with the new password', async () => {
  const email = account.email('ana');
  const before = await account.as('ana');
  (await ask(` ${email.toUpperCase()} `)).ok(202);
  const mail = await nextMail(email);
  expect(mail.links[0]).toMatch(new RegExp(`^${origin}/nova-senha#[\\w-]{43}$`));
  const token = tokenOf(mail);
  (await somebody().post('/api/v1/password-resets/confirm', { token, password: 'curta' })).refused(400, 'password_too_short', 'password');
  (await somebody().post('/api/v1/password-resets/confirm', { token, password: PASSWORD })).ok(204);
  (await before.get('/api/v1/account')).refused(401, 'session_password_changed');
  (await new Browser({ from: '127.0.8.200' }).signIn(email)).refused(401, 'credentials_invalid');
  (await new Browser().signIn(email, PASSWORD)).ok();
  (await somebody().post('/api/v1/password-resets/confirm', { token, password: PASSWORD })).refused(410, 'link_used');
});

it('X076: says the same of somebody unknown, and writes to nobody', async () => {
  const unknown = await ask(`ninguem@${account.slug}.exemplo`);
  const known = await ask(account.email('bruno'));
  unknown.ok(202);
  known.ok(202);
  expect(unknown.text).toBe(known.text);
  await nextMail(account.email('bruno'));
  expect(await mailsTo(`ninguem@${account.slug}.exemplo`)).toBe(0);
});

it('X077: the older of two links, and one past its half hour, are good no longer', async () => {
  const email = account.email('camila');
  (await ask(email)).ok(202);
  const first = await nextMail(email);
  (await ask(email)).ok(202);
  const second = await nextMail(email, first);
  const confirm = (token: string) => somebody().post('/api/v1/password-resets/confirm', { token, password: PASSWORD });
  (await confirm(tokenOf(first))).refused(410, 'link_expired');
  await sql(`UPDATE password_resets SET expires_at = now() WHERE user_id = (SELECT id FROM users WHERE email = :'email')`, { email });
  (await confirm(tokenOf(second))).refused(410, 'link_expired');
  (await confirm('x')).refused(410, 'link_expired');
});

it('X078: a link never follows the Host of the request, and other pages ask nothing', async () => {
  const email = account.email('fabiana');
  const evil = (headers: Record<string, string>) => {
    const { body, headers: type } = json({ email });
    return call({ method: 'POST', path: '/api/v1/password-resets', body, headers: { ...type, ...headers } });
  };
  (await evil({ Origin: 'http://evil.example' })).refused(403, 'origin_refused');
  (await evil({ Origin: origin, 'X-Forwarded-Host': 'evil.example' })).ok(202);
  expect((await nextMail(email)).links[0]).toContain(`${origin}/nova-senha#`);
});

it('writes three letters an hour, and answers the fourth alike', async () => {
  const email = account.email('rafael');
  for (let i = 0; i < 3; i++) (await ask(email)).ok(202);
  (await ask(email)).ok(202);
  (await ask(account.email('olga'))).ok(202);
  await nextMail(account.email('olga'));
  expect(await mailsTo(email)).toBe(3);
});

it('an administrator starts it, the person finishes it, and never for whoever stands above', async () => {
  const admin = await steppedUp(await account.as('rafael'));
  (await admin.post(`/api/v1/members/${account.members.olga}/reset-password`, {})).refused(403, 'target_above_you');
  const before = await mailsTo(account.email('bruno'));
  (await admin.post(`/api/v1/members/${account.members.bruno}/reset-password`, {})).ok(204);
  await expect.poll(() => mailsTo(account.email('bruno')), { timeout: 10_000 }).toBe(before + 1);
});
