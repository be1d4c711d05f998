/**
 * The provider: posts each message until it is answered 200, the same bytes each time, and a customer's next message
 * only after the former. (A phone sends the next one when the former has its first tick.)
 */
import { setTimeout as pause } from 'node:timers/promises';

import { send } from '../bench/client.ts';
import { house } from '../bench/house.ts';
import { body, SIGNATURE, signature } from '../bench/webhook.ts';
import type { Gate } from './gate.ts';
import { type Customer, provider_id, type Story, words } from './story.ts';

const TIMEOUT_MS = 5_000;
const RETRY_MS = 250;

/** Acknowledged means answered 200: from then on it is the house's to keep. */
export type Delivered = { customer: number; n: number; attempts: number };

/** These bytes, until they are taken; how many attempts that took. */
export async function post(path: string, secret: string, bytes: string): Promise<number> {
  const headers = { 'Content-Type': 'application/json', [SIGNATURE]: signature(secret, bytes) };
  for (let attempts = 1; ; attempts++) {
    const status = await send(house.url, { method: 'POST', path, headers, body: bytes, timeout_ms: TIMEOUT_MS }).then(
      (answered) => answered.status,
      () => 0,
    );
    if (status === 200) return attempts;
    if (status === 401 || status === 404) throw new Error(`a good webhook was refused with ${status}`);
    await pause(RETRY_MS); /* the provider's pace */
  }
}

/** One message, until it is taken. */
export async function deliver(story: Story, customer: Customer, n: number): Promise<Delivered> {
  const bytes = body({ phone_number_id: story.number.phone_number_id, from: customer.phone, id: provider_id(story, customer.index, n), text: words(story, customer.index, n) });
  return { customer: customer.index, n, attempts: await post(new URL(story.number.callback_url).pathname, story.number.app_secret, bytes) };
}

/** Everything every customer says; each delivery passes the gate first. */
export async function deliverAll(story: Story, gate: Gate, done: (delivered: Delivered) => void): Promise<void> {
  await Promise.all(
    story.customers.map(async (customer) => {
      for (let n = 1; n <= customer.messages; n++) {
        await gate.pass();
        done(await deliver(story, customer, n));
      }
    }),
  );
}
