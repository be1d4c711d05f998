/** Guessing passwords is made slow. Each test comes from an address of its own, so that nobody else waits. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Answer } from '../support/answer.ts';
import { Browser } from '../support/browser.ts';
import { lines, sql } from '../support/database.ts';

let account: Account;

beforeAll(async () => {
  account = await anAccount();
});

/** Buckets of the e-mails that were tried from this address; nobody else's. */
const TRIED = "names && (SELECT array_agg(email_hash) FROM signin_attempts WHERE address = :'from')";

/** As if their waits were over. */
const open = (from: string): Promise<string> => sql(`UPDATE signin_throttle SET closed_until = updated_at WHERE ${TRIED}`, { from });

/** Waits are served between guesses, until the next one is long enough to be seen. */
async function guess(email: string, times: number, from: string): Promise<void> {
  for (let turn = 0; turn < times; turn++) {
    (await new Browser({ from }).signIn(email, `palpite ${turn}`)).refused(401, 'credentials_invalid');
    if (turn < times - 1) await open(from);
  }
}

function expectToWait(answer: Answer, least_s: number, most_s: number): void {
  const { retry_after_s } = answer.refused(429, 'too_many_attempts');
  const seconds = Number(answer.headers['retry-after']);
  expect(seconds).toBeGreaterThan(least_s);
  expect(seconds).toBeLessThanOrEqual(most_s);
  expect(retry_after_s).toBe(seconds);
}

it('lets nobody guess one person on and on, the right password included, and tells the person', async () => {
  const email = account.email('ana');
  await guess(email, 10, '127.0.9.2');
  expectToWait(await new Browser({ from: '127.0.9.3' }).signIn(email), 32, 65);
  expect(await lines("SELECT template FROM mails WHERE recipient = :'email'", { email })).toEqual(['signin_attempts']);
});

it('does not say whether the person exists', async () => {
  const email = `ninguem@${account.slug}.exemplo`;
  await guess(email, 9, '127.0.9.5');
  expectToWait(await new Browser({ from: '127.0.9.5' }).signIn(email), 16, 33);
});

it('locks after a hundred in a row, until somebody with the right to it opens again', async () => {
  const email = account.email('bruno');
  await guess(email, 1, '127.0.9.10');
  await sql(`UPDATE signin_throttle SET fails = 99 WHERE fails = 1 AND ${TRIED}`, { from: '127.0.9.10' });
  await guess(email, 1, '127.0.9.11');
  expectToWait(await new Browser({ from: '127.0.9.12' }).signIn(email), 86_000, 86_401);
  expect(await lines("SELECT template FROM mails WHERE recipient = :'email'", { email })).toEqual(['signin_locked']);

  const camila = await account.as('camila');
  (await camila.post(`/api/v1/members/${account.members.bruno}/unlock`)).ok(204);
  (await new Browser({ from: '127.0.9.12' }).signIn(email)).ok();
});

it('forgets the failures of a person who then gets in', async () => {
  const email = account.email('camila');
  for (let round = 0; round < 3; round++) {
    await guess(email, 4, '127.0.9.6');
    (await new Browser({ from: '127.0.9.6' }).signIn(email)).ok();
  }
});

it('lets the person in from a device of theirs while strangers wait', async () => {
  const email = account.email('olga');
  const known = new Browser({ from: '127.0.9.13' });
  (await known.signIn(email)).ok();
  await guess(email, 9, '127.0.9.14');
  expectToWait(await new Browser({ from: '127.0.9.14' }).signIn(email), 16, 33);
  (await known.signIn(email)).ok();
});

it('lets no address try person after person', async () => {
  const from = '127.0.9.7';
  const guesses = Array.from({ length: 10 }, (_, turn) => new Browser({ from }).signIn(`p${turn}@nenhures.exemplo`, 'palpite'));
  for (const answer of await Promise.all(guesses)) answer.refused(401, 'credentials_invalid');
  expectToWait(await new Browser({ from }).signIn(account.email('camila')), 590, 601);
  (await new Browser({ from: '127.0.9.8' }).signIn(account.email('camila'))).ok();
});

it('opens again when the time is over', async () => {
  const email = account.email('rafael');
  await guess(email, 9, '127.0.9.9');
  await open('127.0.9.9');
  (await new Browser({ from: '127.0.9.9' }).signIn(email)).ok();
});
