/** Who takes part in a run, and how their words are told from everybody else's. */
import { readFileSync } from 'node:fs';

import { house } from '../bench/house.ts';

export const PER_CUSTOMER = 10;

export type Number = { phone_number_id: string; app_secret: string; callback_url: string };
export type Customer = { index: number; phone: string; messages: number };
export type Story = { run: string; number: Number; customers: Customer[] };

/** The demo's WhatsApp number, as the lab knows it. */
function number(): Number {
  const { numbers } = JSON.parse(readFileSync(`${house.var}/lab/numbers.json`, 'utf8')) as { numbers: Number[] };
  const [first] = numbers;
  if (first === undefined) throw new Error('the demo has no WhatsApp number');
  return first;
}

/** `run` is new each time, so that runs on one house do not meet. */
export function story(deliveries: number): Story {
  const stamp = Date.now() % 10_000_000;
  const customers: Customer[] = [];
  for (let left = deliveries; left > 0; left -= PER_CUSTOMER) {
    const index = customers.length;
    /* Last eight digits, which name the customer's lane, are new as well. */
    customers.push({ index, phone: `55${11 + (index % 80)}9${String((stamp * 10 + index) % 100_000_000).padStart(8, '0')}`, messages: Math.min(left, PER_CUSTOMER) });
  }
  return { run: stamp.toString(36), number: number(), customers };
}

export const words = ({ run }: Story, customer: number, n: number): string => `faults ${run} c${customer} n${n} minha conexão caiu de novo, podem olhar?`;
export const provider_id = ({ run }: Story, customer: number, n: number): string => `wamid.faults.${run}.${customer}.${n}`;
export const answer = ({ run }: Story, n: number): string => `faults ${run} resposta ${n}: já estamos verificando.`;
