/** Guessing passwords is made slow. Each test comes from an address of its own, so that nobody else waits. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Answer } from '../support/answer.ts';
import { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';

/** Failures of one person, and of one address, after which there is a wait. */
const OF_A_PERSON = 6;
const OF_AN_ADDRESS = 21;

let account: Account;

beforeAll(async () => {
  account = await anAccount();
});

async function guess(email: string, times: number, from: string): Promise<Answer[]> {
  const answers = [];
  for (let turn = 0; turn < times; turn++) answers.push(await new Browser({ from }).signIn(email, `palpite ${turn}`));
  return answers;
}

function expectToWait(answer: Answer, most_s: number): void {
  const { retry_after_s } = answer.refused(429, 'too_many_attempts');
  const seconds = Number(answer.headers['retry-after']);
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(most_s);
  expect(retry_after_s).toBe(seconds);
}

it('lets nobody guess one person on and on, and says when to come back', async () => {
  const email = account.email('ana');
  for (const answer of await guess(email, OF_A_PERSON, '127.0.9.2')) answer.refused(401, 'credentials_invalid');
  for (const answer of await guess(email, 2, '127.0.9.3')) expectToWait(answer, 901);
  expectToWait(await new Browser({ from: '127.0.9.4' }).signIn(email), 901);
});

it('does not say whether the person exists', async () => {
  const email = `ninguem@${account.slug}.exemplo`;
  await guess(email, OF_A_PERSON, '127.0.9.5');
  expectToWait(await new Browser({ from: '127.0.9.5' }).signIn(email), 901);
});

it('forgets the failures of a person who then gets in', async () => {
  const email = account.email('bruno');
  for (let round = 0; round < 3; round++) {
    for (const answer of await guess(email, OF_A_PERSON - 1, '127.0.9.6')) answer.refused(401, 'credentials_invalid');
    (await new Browser({ from: '127.0.9.6' }).signIn(email)).ok();
  }
});

it('lets no address try person after person', async () => {
  const from = '127.0.9.7';
  const guesses = Array.from({ length: OF_AN_ADDRESS }, (_, turn) =>
    new Browser({ from }).signIn(`p${turn}@nenhures.exemplo`, 'palpite'),
  );
  for (const answer of await Promise.all(guesses)) answer.refused(401, 'credentials_invalid');
  expectToWait(await new Browser({ from }).signIn(account.email('camila')), 601);
  (await new Browser({ from: '127.0.9.8' }).signIn(account.email('camila'))).ok();
});

it('opens again when the time is over', async () => {
  const email = account.email('rafael');
  await guess(email, OF_A_PERSON, '127.0.9.9');
  await sql(
    "UPDATE signin_throttle SET closed_until = closed_until - interval '20 min', updated_at = updated_at - interval '20 min'",
  );
  (await new Browser({ from: '127.0.9.9' }).signIn(email)).ok();
});
