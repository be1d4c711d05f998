/** One live session for each person (SC-474): the second asks, and ends the first only when told to. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Problem, Schemas } from '../support/answer.ts';
import { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { oneSession, sessionOf } from '../support/person.ts';

let account: Account;

beforeAll(async () => {
  account = await anAccount();
  await oneSession(account);
});

const at = (account_id: number): Browser => new Browser({ account_id });

async function inTheWay(browser: Browser, email: string): Promise<Problem> {
  return (await browser.signIn(email)).refused(409, 'session_elsewhere');
}

it('says where the other one is, and lets it be', async () => {
  const first = at(account.id);
  (await first.signIn(account.email('ana'))).ok();
  const problem = await inTheWay(at(account.id), account.email('ana'));
  expect(problem.elsewhere).toMatchObject({ device: { browser: null, system: null }, address: '127.0.0.0/16' });
  expect(Date.parse(problem.elsewhere?.since ?? '')).toBeLessThanOrEqual(Date.now());
  (await first.get('/api/v1/session')).ok();
});

it('ends the other one at once when it is taken over: API, stream and refresh', async () => {
  const first = at(account.id);
  (await first.enter(account.email('ana'))).ok();
  const live = await first.live();
  const second = at(account.id);
  const { ticket } = await inTheWay(second, account.email('ana'));
  const { state } = (await second.post('/api/v1/session/takeover', { ticket })).ok<Schemas['SignInStep']>();
  expect(state).toBe('signed_in');

  expect((await live.next('signed_out')).data).toEqual({ reason: 'taken_over' });
  (await first.get('/api/v1/session')).refused(401, 'session_taken_over');
  const { by } = (await first.post('/api/v1/session/refresh')).refused(401, 'session_taken_over');
  expect(by).toMatchObject({ address: '127.0.0.0/16' });
  (await second.get('/api/v1/session')).ok();
});

it('takes a ticket once, from the browser it was given to, and for nothing else', async () => {
  const email = account.email('bruno');
  (await at(account.id).signIn(email)).ok();
  const second = at(account.id);
  const { ticket } = await inTheWay(second, email);
  (await new Browser({ from: '127.9.0.1' }).post('/api/v1/session/takeover', { ticket })).refused(401, 'ticket_invalid');
  (await second.post('/api/v1/session/factor', { ticket, code: '123456' })).refused(401, 'ticket_invalid');
  (await second.post('/api/v1/session/takeover', { ticket })).ok();
  (await second.post('/api/v1/session/takeover', { ticket })).refused(401, 'ticket_invalid');
  (await second.post('/api/v1/session/takeover', { ticket: 'nonsense' })).refused(401, 'ticket_invalid');
});

it('leaves one of two who come at once', async () => {
  const email = account.email('camila');
  const browsers = [at(account.id), at(account.id), at(account.id)];
  const answers = await Promise.all(browsers.map((browser) => browser.signIn(email)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
});

it('is no obstacle once it has idled or run out', async () => {
  const email = account.email('rafael');
  for (const column of ['idles_at', 'expires_at']) {
    const before = at(account.id);
    (await before.signIn(email)).ok();
    await sql(`UPDATE sessions SET ${column} = now() - interval '1 s' WHERE id = :'id'`, { id: sessionOf(before) });
    (await at(account.id).signIn(email)).ok();
    await sql("UPDATE sessions SET ended_at = now(), end_reason = 'signed_out' WHERE ended_at IS NULL AND user_id = (SELECT id FROM users WHERE email = :'email')", { email });
  }
});

it('lists sessions, and ends one or all others', async () => {
  await sql("UPDATE account_security SET allows_several_sessions = true WHERE account_id = :'id'", { id: account.id });
  const [one, two, three] = [at(account.id), at(account.id), at(account.id)];
  for (const browser of [one, two, three]) (await browser.signIn(account.email('olga'))).ok();
  const { data } = (await one.get('/api/v1/me/sessions')).ok<Schemas['SessionList']>();
  expect(data.filter(({ is_this }) => is_this).map(({ id }) => String(id))).toEqual([sessionOf(one)]);
  expect(data).toHaveLength(3);

  (await one.delete(`/api/v1/me/sessions/${sessionOf(two)}`)).ok(204);
  (await two.get('/api/v1/session')).refused(401, 'session_signed_out');
  (await one.delete(`/api/v1/me/sessions/${sessionOf(two)}`)).refused(404, 'not_found');
  const other = await account.as('fabiana');
  (await one.delete(`/api/v1/me/sessions/${sessionOf(other)}`)).refused(404, 'not_found');

  (await one.delete('/api/v1/me/sessions')).ok(204);
  (await three.get('/api/v1/session')).refused(401, 'session_signed_out_all');
  (await one.get('/api/v1/session')).ok();
});

it('shows them to whoever may see them, who ends them all for those below', async () => {
  const olga = await account.as('olga');
  const ana = at(account.id);
  (await ana.enter(account.email('ana'))).ok();
  const path = `/api/v1/members/${account.members.ana}/sessions`;
  expect((await olga.get(path)).ok<Schemas['SessionList']>().data.map(({ id }) => String(id))).toContain(sessionOf(ana));
  const rafael = at(account.id);
  (await rafael.enter(account.email('rafael'))).ok();
  (await rafael.delete(`/api/v1/members/${account.members.olga}/sessions`)).refused(403, 'target_above_you');
  (await rafael.delete(path)).ok(204);
  (await ana.get('/api/v1/session')).refused(401, 'session_by_admin');
});
