/** The challenge that the provider sends whenever a callback address or its token changes. */
import { randomInt } from 'node:crypto';

import type { Journal } from '../journal.ts';
import type { BusinessNumber } from '../numbers.ts';
import { post } from './post.ts';

const TIMEOUT_MS = 10_000;

export type Verdict = { ok: boolean; status: number; why?: string };

export async function verifyCallback(journal: Journal, number: BusinessNumber): Promise<Verdict> {
  if (number.callback_url === '') return { ok: false, status: 0, why: 'no callback_url' };
  const challenge = String(randomInt(1_000_000_000, 2_000_000_000));
  const url = new URL(number.callback_url);
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.challenge', challenge);
  url.searchParams.set('hub.verify_token', number.verify_token);
  const answer = await post(url.href, { method: 'GET', headers: {}, timeout_ms: TIMEOUT_MS });

  const why =
    answer.error ??
    (answer.status !== 200 ? `answered ${answer.status}` : answer.body !== challenge ? 'did not echo the challenge' : undefined);
  number.callback = why === undefined ? 'verified' : 'refused';
  const verdict = { ok: why === undefined, status: answer.status, ...(why === undefined ? {} : { why }) };
  journal.add({ kind: 'verification', ms: answer.ms, ...verdict }, { phone_number_id: number.phone_number_id });
  return verdict;
}
