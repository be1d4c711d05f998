/** The challenge that the provider sends whenever a callback address or its token changes. */
import { randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

import type { Journal } from '../journal.ts';
import type { BusinessNumber } from '../numbers.ts';
import { post } from './post.ts';

const TIMEOUT_MS = 10_000;

/** Half a second, doubled six times: half a minute in all, which is longer than a product takes to start. */
const PATIENT_TRIES = 7;
const FIRST_PAUSE_MS = 500;

export type Verdict = { ok: boolean; status: number; ms: number; why?: string };

export async function verifyCallback(journal: Journal, number: BusinessNumber): Promise<Verdict> {
  return conclude(journal, number, await challenge(number));
}

/** For an address that the lab was told of while the product may still be starting; only the end of it is journalled. */
export async function verifyPatiently(journal: Journal, number: BusinessNumber): Promise<void> {
  for (let left = PATIENT_TRIES - 1, pause_ms = FIRST_PAUSE_MS; ; left--, pause_ms *= 2) {
    const verdict = await challenge(number);
    if (verdict.ok || left === 0) return void conclude(journal, number, verdict);
    /* Unreferenced: nobody should have to wait for this to stop the lab. */
    await setTimeout(pause_ms, undefined, { ref: false });
  }
}

async function challenge(number: BusinessNumber): Promise<Verdict> {
  if (number.callback_url === '') return { ok: false, status: 0, ms: 0, why: 'no callback_url' };
  const word = String(randomInt(1_000_000_000, 2_000_000_000));
  const url = new URL(number.callback_url);
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.challenge', word);
  url.searchParams.set('hub.verify_token', number.verify_token);
  const { status, ms, body, error } = await post(url.href, { method: 'GET', headers: {}, timeout_ms: TIMEOUT_MS });
  const why = error ?? (status !== 200 ? `answered ${status}` : body !== word ? 'did not echo the challenge' : undefined);
  return { ok: why === undefined, status, ms, ...(why === undefined ? {} : { why }) };
}

function conclude(journal: Journal, number: BusinessNumber, verdict: Verdict): Verdict {
  number.callback = verdict.ok ? 'verified' : 'refused';
  journal.add({ kind: 'verification', ...verdict }, { phone_number_id: number.phone_number_id });
  return verdict;
}
