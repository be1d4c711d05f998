/** The peers' workload, made once per instance and found again afterwards. */
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

import { ask, type Person, signIn } from './client.ts';
import { house, number, sql, whole } from './house.ts';
import { remark } from './report.ts';

export const AGENTS = 50;

/** Where nobody answers: nothing is to be sent. With a lab it is the lab, which knows no such number. */
const PROVIDER = house.lab || 'http://127.0.0.1:9';

export type World = {
  account: number;
  channel: number;
  hook_token: string;
  app_secret: string;
  phone_number_id: string;
  tickets: number;
};

type Channel = { id: number; hook_url: string };

export const email = (agent: number): string => `agente${agent}@bench.exemplo`;

const place = (): string => `${house.var}/bench.json`;
const text = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

export async function world(): Promise<World> {
  const tickets = whole('BENCH_TICKETS', 10_000);
  const messages = whole('BENCH_MESSAGES', 20);
  if ((await number("SELECT count(*) FROM accounts WHERE slug = 'bench'")) > 0) return JSON.parse(readFileSync(place(), 'utf8')) as World;

  const began = performance.now();
  const made = JSON.parse(await sql(text('account.sql'), { agents: AGENTS })) as { account: number; department: number };
  const app_secret = randomBytes(16).toString('hex');
  const phone_number_id = '20001';
  const channel = await makeChannel(await signIn(email(1), made.account), made.department, phone_number_id, app_secret);
  await sql(text('world.sql'), { account: made.account, channel: channel.id, tickets, messages });
  remark(`${tickets} tickets of ${messages} messages in ${((performance.now() - began) / 1000).toFixed(1)} s`);

  const world = { account: made.account, channel: channel.id, hook_token: channel.hook_url.split('/').pop() ?? '', app_secret, phone_number_id, tickets };
  writeFileSync(place(), JSON.stringify(world));
  return world;
}

/** Through the API, which alone can seal the secret, by somebody who showed just now that it is them. */
async function makeChannel(administrator: Person, department_id: number, phone_number_id: string, app_secret: string): Promise<Channel> {
  const { id } = await ask<Channel>(administrator, 'POST', '/api/v1/channels', {
    kind: 'whatsapp_cloud',
    name: 'WhatsApp',
    department_id,
    settings: { phone_number_id, waba_id: '30001', display_phone_number: '+55 49 3222-0000', base_url: `${PROVIDER}/graph`, api_version: 'v23.0' },
  });
  await sql("UPDATE sessions s SET stepped_up_at = now() FROM users u WHERE u.id = s.user_id AND u.email = :'email'", { email: email(1) });
  return ask<Channel>(administrator, 'PUT', `/api/v1/channels/${id}/secrets`, { access_token: randomBytes(16).toString('hex'), app_secret });
}

/** The phone of the n-th customer, as world.sql made it. */
export const phone = (n: number): string => `55499${10_000_000 + n}`;

/** Access tokens last ten minutes. */
const SIGNED_IN_MS = 5 * 60_000;
let signedIn: { at: number; people: Person[] } | undefined;

/** Everybody, signed in. A few at a time: the door for passwords is narrow on purpose. */
export async function agents(world: World): Promise<Person[]> {
  if (signedIn !== undefined && performance.now() - signedIn.at < SIGNED_IN_MS) return signedIn.people;
  const at = performance.now();
  const people: Person[] = [];
  while (people.length < AGENTS) {
    const next = Array.from({ length: Math.min(8, AGENTS - people.length) }, (_, n) => signIn(email(people.length + n + 1), world.account));
    people.push(...(await Promise.all(next)));
  }
  signedIn = { at, people };
  return people;
}
