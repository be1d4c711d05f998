/**
 * Hands webhooks to the product the way the provider does: at least once, signed, in parallel, again and again until
 * a 200. Within one conversation first attempts keep their order; what failed comes back later, out of order.
 */
import type { Clock } from '../clock.ts';
import { DAY, MINUTE, SECOND } from '../clock.ts';
import type { FaultBoard, Faults } from '../faults.ts';
import { opaqueId } from '../ids.ts';
import type { Journal } from '../journal.ts';
import type { Json } from '../json.ts';
import type { BusinessNumber, Numbers } from '../numbers.ts';
import { encodeBody, SIGNATURE_HEADER, signBody } from '../signature.ts';
import { envelope, type Update } from './envelope.ts';
import { post } from './post.ts';

/** The provider's pauses grow for 7 days. Ours start small, so that a test of a retry takes a quarter of a second. */
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = MINUTE;
const GIVE_UP_MS = 7 * DAY;

const TIMEOUT_MS = 10 * SECOND;

/** How long updates gather when they are to be batched or reordered. */
const GATHER_MS = 300;

type Delivery = {
  id: string;
  phone_number_id: string;
  person_id?: string;
  what: string[];
  payload: Json;
  /** The exact bytes: a retry repeats them, as a provider would. */
  body: string;
  attempt: number;
  started_ms: number;
  received: () => void;
  retry?: { timer: NodeJS.Timeout; now: () => void };
};

type Waiting = { update: Update; person_id?: string; resolve: () => void };

export class Deliverer {
  #clock: Clock;
  #journal: Journal;
  #numbers: Numbers;
  #faults: FaultBoard;
  #pending = new Map<string, Delivery>();
  /** The end of the line of first attempts, per conversation. */
  #lanes = new Map<string, Promise<void>>();
  #gathering = new Map<string, { waiting: Waiting[]; timer: NodeJS.Timeout }>();
  /** Work that will lead to webhooks and has not yet. */
  #brewing = 0;
  #idle = new Set<() => void>();
  #stopped = false;

  constructor(clock: Clock, journal: Journal, numbers: Numbers, faults: FaultBoard) {
    this.#clock = clock;
    this.#journal = journal;
    this.#numbers = numbers;
    this.#faults = faults;
  }

  /** Resolves after the first attempt, whatever its outcome. */
  send(phone_number_id: string, update: Update, person_id?: string): Promise<void> {
    const { reorder, batch } = this.#faults.get(phone_number_id);
    if (!reorder && batch <= 1) return this.#first(phone_number_id, [update], person_id);
    return new Promise((resolve) => {
      const gathered = this.#gathering.get(phone_number_id) ?? {
        waiting: [],
        timer: setTimeout(() => this.flush(phone_number_id), GATHER_MS),
      };
      gathered.waiting.push({ update, resolve, ...(person_id === undefined ? {} : { person_id }) });
      this.#gathering.set(phone_number_id, gathered);
      if (batch > 1 && gathered.waiting.length >= batch) this.flush(phone_number_id);
    });
  }

  /** Lets go of what was gathering for a batch or for a change of order. */
  flush(phone_number_id: string): void {
    const gathered = this.#gathering.get(phone_number_id);
    if (!gathered) return;
    clearTimeout(gathered.timer);
    this.#gathering.delete(phone_number_id);
    const { reorder, batch } = this.#faults.get(phone_number_id);
    const waiting = reorder ? gathered.waiting.reverse() : gathered.waiting;
    const size = Math.max(1, batch);
    const groups: Waiting[][] = [];
    for (let at = 0; at < waiting.length; at += size) groups.push(waiting.slice(at, at + size));

    /* One after the other: if they left together, the order of arrival would be luck. */
    const inTurn = groups.reduce(async (before, group) => {
      await before;
      await this.#first(phone_number_id, group.map(({ update }) => update), group[0]?.person_id);
      for (const { resolve } of group) resolve();
    }, Promise.resolve());
    this.track(inTurn);
  }

  /** Deliveries that were not yet answered 200, updates still gathering, and work that will become either. */
  pending(): number {
    let gathering = 0;
    for (const { waiting } of this.#gathering.values()) gathering += waiting.length;
    return this.#pending.size + gathering + this.#brewing;
  }

  /** Counts the work as pending while it lasts, so that nobody calls the lab idle in the middle of it. */
  track(work: Promise<unknown>): void {
    this.#brewing += 1;
    void work
      .catch((error: unknown) => this.#journal.add({ kind: 'problem', why: error instanceof Error ? (error.stack ?? error.message) : String(error) }))
      .then(() => {
        this.#brewing -= 1;
        this.#tellIdle();
      });
  }

  pendingList(): Json {
    return [...this.#pending.values()].map(({ id, phone_number_id, what, attempt, started_ms }) => ({
      id, phone_number_id, what, attempt, started_at: new Date(started_ms).toISOString(),
    }));
  }

  /** Every delivery that is waiting for its next try tries at once. */
  retryNow(): number {
    const waiting = [...this.#pending.values()].flatMap(({ retry }) => (retry ? [retry] : []));
    for (const { timer, now } of waiting) {
      clearTimeout(timer);
      now();
    }
    return waiting.length;
  }

  /** True when nothing is pending within the time given. */
  async idle(timeout_ms: number): Promise<boolean> {
    if (this.pending() === 0) return true;
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#idle.delete(done);
        resolve(this.pending() === 0);
      };
      const timer = setTimeout(done, timeout_ms);
      this.#idle.add(done);
    });
  }

  /** Forgets everything that is pending. */
  clear(): void {
    for (const { retry } of this.#pending.values()) clearTimeout(retry?.timer);
    for (const { waiting, timer } of this.#gathering.values()) {
      clearTimeout(timer);
      for (const { resolve } of waiting) resolve();
    }
    this.#pending.clear();
    this.#gathering.clear();
    this.#lanes.clear();
    this.#tellIdle();
  }

  stop(): void {
    this.#stopped = true;
    this.clear();
  }

  #first(phone_number_id: string, updates: Update[], person_id?: string): Promise<void> {
    const number = this.#numbers.get(phone_number_id);
    if (!number || number.callback_url === '' || this.#stopped) return Promise.resolve();
    const now = this.#clock.now();
    const payload = envelope(updates, now);
    const delivery: Delivery = {
      id: opaqueId(),
      phone_number_id,
      ...(person_id === undefined ? {} : { person_id }),
      what: updates.map(({ what }) => what),
      payload,
      body: encodeBody(payload),
      attempt: 0,
      started_ms: now,
      received: () => updates.forEach((update) => update.received?.()),
    };
    this.#pending.set(delivery.id, delivery);

    const lane = `${phone_number_id} ${person_id ?? ''}`;
    const turn = (this.#lanes.get(lane) ?? Promise.resolve()).then(() => this.#try(delivery));
    this.#lanes.set(lane, turn);
    void turn.then(() => {
      if (this.#lanes.get(lane) === turn) this.#lanes.delete(lane);
    });
    return turn;
  }

  /** One attempt and its copies. A non-200 books the next attempt; it never rejects. */
  async #try(delivery: Delivery): Promise<void> {
    if (!this.#pending.has(delivery.id)) return;
    delete delivery.retry;
    delivery.attempt += 1;
    const faults = this.#faults.get(delivery.phone_number_id);
    await pause(faults.delay_ms);
    const copies = delivery.attempt === 1 ? 1 + faults.duplicate : 1;
    const outcomes = await Promise.all(Array.from({ length: copies }, (_, copy) => this.#post(delivery, copy, faults)));
    if (!outcomes.includes(true)) return;
    delivery.received();
    this.#finish(delivery);
  }

  async #post(delivery: Delivery, copy: number, faults: Faults): Promise<boolean> {
    const number = this.#numbers.get(delivery.phone_number_id);
    /* The number was taken away meanwhile: nobody is left to tell. */
    if (!number) this.#finish(delivery);
    if (!number || !this.#pending.has(delivery.id)) return false;
    const signature = faults.unsigned ? 'none' : faults.wrong_signature ? 'wrong' : 'right';
    const answer = await post(number.callback_url, {
      method: 'POST',
      headers: headers(number, delivery.body, signature),
      body: Buffer.from(delivery.body),
      timeout_ms: TIMEOUT_MS,
    });
    const delivered = answer.status === 200;
    const next_try_ms = delivered || copy > 0 ? undefined : this.#book(delivery);
    const { phone_number_id, person_id } = delivery;
    this.#journal.add(
      {
        kind: 'delivery', delivery_id: delivery.id, attempt: delivery.attempt, copy, status: answer.status, ms: answer.ms,
        what: delivery.what, signature,
        ...(next_try_ms === undefined ? {} : { next_try_ms }),
        ...(answer.error === undefined ? {} : { error: answer.error }),
        body: delivery.payload,
      },
      { phone_number_id, ...(person_id === undefined ? {} : { person_id }) },
    );
    return delivered;
  }

  #book(delivery: Delivery): number | undefined {
    /* Cleared, or stopped, while the answer was under way. */
    if (!this.#pending.has(delivery.id)) return undefined;
    if (this.#clock.now() - delivery.started_ms > GIVE_UP_MS) {
      this.#finish(delivery);
      return undefined;
    }
    const next_ms = Math.min(FIRST_RETRY_MS * 2 ** (delivery.attempt - 1), LONGEST_RETRY_MS);
    const now = (): void => void this.#try(delivery);
    delivery.retry = { timer: setTimeout(now, next_ms), now };
    return next_ms;
  }

  #finish(delivery: Delivery): void {
    clearTimeout(delivery.retry?.timer);
    this.#pending.delete(delivery.id);
    this.#tellIdle();
  }

  #tellIdle(): void {
    if (this.pending() > 0) return;
    for (const done of [...this.#idle]) done();
  }
}

function headers(number: BusinessNumber, body: string, signature: 'right' | 'wrong' | 'none'): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    'User-Agent': 'facebookexternalua',
    'Content-Length': String(Buffer.byteLength(body)),
    ...(signature === 'none'
      ? {}
      : { [SIGNATURE_HEADER]: signBody(signature === 'right' ? number.app_secret : `not ${number.app_secret}`, body) }),
  };
}

export function pause(ms: number): Promise<void> {
  return ms === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
}
