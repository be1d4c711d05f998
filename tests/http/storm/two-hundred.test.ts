/** Two hundred who guess at once. Nobody else is at the door any more: what does not fit into the queue is told to come back. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import { type Answer, call, json } from '../support/answer.ts';
import { Browser } from '../support/browser.ts';
import { conf, origin } from '../support/house.ts';

const GUESSES = 200;
const [HOP = ''] = conf('TRUSTED_HOPS').split(',');

let account: Account;

beforeAll(async () => {
  account = await anAccount();
});

/** Each from a network of their own, so that no bucket closes and every one of them costs a hash. */
function guess(turn: number): Promise<Answer> {
  const { body, headers } = json({ email: `x069-${turn}@nenhures.exemplo`, password: 'palpite' });
  const from = { 'X-Forwarded-For': `2001:db8:${(turn + 1).toString(16)}::1` };
  return call({ method: 'POST', path: '/api/v1/session', body, headers: { ...headers, ...from, Origin: origin }, from: HOP });
}

it('X069: 200 wrong sign-ins at once take their places in the queue, or are told when to come back; everybody inside goes on', async () => {
  const ana = await account.as('ana');
  let isOver = false;
  const storm = Promise.all(Array.from({ length: GUESSES }, (_, turn) => guess(turn))).finally(() => (isOver = true));
  let served = 0;
  while (!isOver) {
    (await ana.get('/api/v1/tickets?tab=serving')).ok();
    served += 1;
  }
  const answers = await storm;
  const busy = answers.filter(({ status }) => status === 503);
  for (const answer of busy) {
    answer.refused(503, 'busy');
    expect(answer.headers['retry-after']).toBe('2');
  }
  for (const answer of answers.filter(({ status }) => status !== 503)) answer.refused(401, 'credentials_invalid');
  expect(served).toBeGreaterThan(0);
  expect(busy.length).toBeGreaterThan(0);
  expect(busy.length).toBeLessThan(GUESSES);
  (await new Browser().signIn(account.email('bruno'))).ok();
});
