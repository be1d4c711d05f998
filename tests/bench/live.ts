/** From the provider's POST to an agent's screen: one at a time under a steady load, and five hundred at once. */
import { setTimeout as pause } from 'node:timers/promises';

import { listen, send, type Person, type Stream } from './client.ts';
import { house, number } from './house.ts';
import { figure, percentile, remark } from './report.ts';
import { until } from './until.ts';
import { body, SIGNATURE, signature } from './webhook.ts';
import { agents, phone, type World } from './world.ts';

const SUBSCRIBERS = 8;
const PER_SECOND = 100;
const SECONDS = 5;
const BURST = 500;
const MARK = /mark-(\w+-\d+)\b/;

/** When each marked message was posted, and when each subscriber had it. */
class Watch {
  readonly posted = new Map<string, number>();
  readonly seen = new Map<string, number>();
  readonly latencies: number[] = [];
  twice = 0;
  readonly #streams: Stream[] = [];

  async open(people: readonly Person[], count: number): Promise<void> {
    for (let n = 0; n < count; n++) {
      const person = people[n % people.length];
      const had = new Set<string>();
      if (person) this.#streams.push(await listen(person, (kind, data) => this.#hear(kind, data, had)));
    }
  }

  close(): void {
    for (const stream of this.#streams) stream.close();
  }

  #hear(kind: string, data: string, had: Set<string>): void {
    if (kind !== 'message.created') return;
    const now = performance.now();
    const mark = MARK.exec(data)?.[1];
    const at = mark === undefined ? undefined : this.posted.get(mark);
    if (mark === undefined || at === undefined) return;
    if (had.has(mark)) this.twice++;
    had.add(mark);
    this.latencies.push(now - at);
    this.seen.set(mark, (this.seen.get(mark) ?? 0) + 1);
  }
}

/** A customer writes; answered means kept. */
async function write(world: World, customer: number, mark: string, watch: Watch): Promise<void> {
  const bytes = body({ phone_number_id: world.phone_number_id, from: phone(customer), id: `wamid.${mark}`, text: `A internet voltou aqui, muito obrigada pela ajuda de vocês hoje! mark-${mark}` });
  const headers = { 'Content-Type': 'application/json', [SIGNATURE]: signature(world.app_secret, bytes) };
  watch.posted.set(mark, performance.now());
  const { status } = await send(house.url, { method: 'POST', path: `/hooks/${world.hook_token}`, headers, body: bytes });
  if (status !== 200) throw new Error(`a webhook was answered ${status}`);
}

/** Customers whose ticket is being served: every ten the first two (world.sql). */
const served = (world: World, n: number): number => ((n * 10) % world.tickets) + 1 + (n % 2);

async function steady(world: World, people: readonly Person[]): Promise<void> {
  const watch = new Watch();
  await watch.open(people, SUBSCRIBERS);
  const began = performance.now();
  const sending: Promise<void>[] = [];
  const total = PER_SECOND * SECONDS;
  for (let n = 0; n < total; n++) {
    /* The pace of the customers, not a wait for anything. */
    const early = began + (n * 1000) / PER_SECOND - performance.now();
    if (early > 0) await pause(early);
    sending.push(write(world, served(world, n), `steady${process.pid}-${n}`, watch));
  }
  await Promise.all(sending);
  await until('every message is on every screen', () => watch.latencies.length >= total * SUBSCRIBERS, 30_000).catch(() => undefined);
  watch.close();
  figure('live_p50_ms', percentile(watch.latencies, 50), 'ms');
  figure('live_p99_ms', percentile(watch.latencies, 99), 'ms');
  figure('live_missed', total * SUBSCRIBERS - watch.latencies.length, 'events');
  figure('live_doubled', watch.twice, 'events');
  remark(`${PER_SECOND} webhooks/s for ${SECONDS} s, ${SUBSCRIBERS} subscribers`);
}

async function burst(world: World, people: readonly Person[]): Promise<void> {
  const watch = new Watch();
  await watch.open(people, 1);
  const began = performance.now();
  const waiting = Array.from({ length: BURST }, (_, n) => n);
  /* 16 connections, as the other loads have. */
  const pump = async (): Promise<void> => {
    for (let n = waiting.pop(); n !== undefined; n = waiting.pop()) await write(world, served(world, n), `burst${process.pid}-${n}`, watch);
  };
  await Promise.all(Array.from({ length: 16 }, pump));
  await until('the burst is on the screen', () => watch.seen.size === BURST, 60_000, 2);
  figure('burst_to_screen_per_s', BURST / ((performance.now() - began) / 1000), '1/s');
  watch.close();
}

export async function live(world: World): Promise<void> {
  const people = await agents(world);
  await steady(world, people);
  await burst(world, people);
}

/** How fast a heap of kept events becomes messages. */
export async function drain(world: World, pile: () => Promise<void>, startWorker: () => Promise<void>): Promise<void> {
  await pile();
  const waiting = (): Promise<number> => number("SELECT count(*) FROM jobs WHERE queue = 'inbound'");
  const all = await waiting();
  await startWorker();
  const first = await until('the first event is worked off', async () => {
    const left = await waiting();
    return left < all && { left, at: performance.now() };
  }, 30_000, 1);
  await until('the heap is gone', async () => (await waiting()) === 0, 120_000, 100); /* each look is a psql on the same processors */
  figure('queue_drain_per_s', first.left / ((performance.now() - first.at) / 1000), '1/s');
  figure('queue_drain_unread', await number("SELECT count(*) FROM inbound_events WHERE account_id = :account AND state <> 'done'", { account: world.account }), 'events');
  remark(`${all} kept webhooks became messages`);
}
