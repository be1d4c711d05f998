/**
 * Everything that happened in the lab, numbered. Tests read it, wait on it and never sleep; the page streams it.
 * `seq` only grows, also across a reset, so that nobody who is waiting is left behind.
 */
import type { Clock } from './clock.ts';
import type { Json } from './json.ts';

/** Who an entry is about, when it is about somebody; `wait` and the page filter by these. */
export type About = { phone_number_id?: string; person_id?: string };

export type Event =
  /** The product called the Graph API. */
  | { kind: 'call'; method: string; path: string; status: number; ms: number; request: Json; response: Json; code?: number }
  /** One attempt to hand a webhook to the product; `status` 0 means that no answer came. */
  | {
      kind: 'delivery'; delivery_id: string; attempt: number; copy: number; status: number; ms: number; what: string[];
      signature: 'right' | 'wrong' | 'none'; next_try_ms?: number; error?: string; body: Json;
    }
  /** hub.challenge. */
  | { kind: 'verification'; ok: boolean; status: number; ms: number; why?: string }
  /** A customer did something on the phone. */
  | { kind: 'customer'; act: string; message_id: string; message: Json }
  /** A message of the business is on the customer's phone. */
  | { kind: 'phone'; message_id: string; message: Json }
  /** A message of the business changed state; the status webhook follows, or not, by the faults. */
  | { kind: 'status'; message_id: string; status: string; code?: number; callback_data?: string }
  | { kind: 'business_read'; message_id: string; typing: boolean }
  /** A letter came by SMTP. */
  | { kind: 'mail'; mail_id: number; to: string[]; subject: string }
  /** A push service took a push, or refused one. */
  | { kind: 'push'; subscription: string; ttl: number; urgency: string }
  | { kind: 'push_refused'; subscription: string; status: number; why: string }
  | { kind: 'faults'; faults: Json }
  | { kind: 'raw'; status: number; ms: number }
  | { kind: 'configured'; numbers: string[] }
  | { kind: 'problem'; why: string }
  | { kind: 'reset' };

export type Entry = { seq: number; at: string } & About & Event;

export type Filter = About & { kinds?: string[] };

/** Enough for the longest test; older entries fall off. A burst of 500 customers writes about 3,000. */
const KEPT = 20_000;

export class Journal {
  #clock: Clock;
  #entries: Entry[] = [];
  #seq = 0;
  #listeners = new Set<(entry: Entry) => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get seq(): number {
    return this.#seq;
  }

  add(event: Event, about: About = {}): Entry {
    const entry: Entry = { seq: ++this.#seq, at: new Date(this.#clock.now()).toISOString(), ...about, ...event };
    this.#entries.push(entry);
    /* Cut in blocks: shifting one by one would cost a copy of the array per entry. */
    if (this.#entries.length > KEPT * 1.2) this.#entries = this.#entries.slice(-KEPT);
    for (const listener of [...this.#listeners]) listener(entry);
    return entry;
  }

  after(seq: number, filter: Filter = {}): Entry[] {
    const first = this.#entries[0]?.seq ?? this.#seq + 1;
    return this.#entries.slice(Math.max(0, seq + 1 - first)).filter((entry) => matches(entry, filter));
  }

  /** The entries after `seq`, as soon as there are `count` of them; what there is when the time is over. */
  async wait(seq: number, filter: Filter, timeout_ms: number, count = 1): Promise<Entry[]> {
    const found = this.after(seq, filter);
    if (found.length >= count || timeout_ms <= 0) return found;
    return new Promise((resolve) => {
      let missing = count - found.length;
      const done = (): void => {
        clearTimeout(timer);
        stop();
        resolve(this.after(seq, filter));
      };
      const timer = setTimeout(done, timeout_ms);
      const stop = this.subscribe(() => {
        if (--missing <= 0) done();
      }, filter);
    });
  }

  /** Returns the function that ends the subscription. */
  subscribe(listener: (entry: Entry) => void, filter: Filter = {}): () => void {
    const hear = (entry: Entry): void => {
      if (matches(entry, filter)) listener(entry);
    };
    this.#listeners.add(hear);
    return () => this.#listeners.delete(hear);
  }

  clear(): void {
    this.#entries = [];
    this.add({ kind: 'reset' });
  }
}

function matches(entry: Entry, filter: Filter): boolean {
  return (
    (filter.phone_number_id === undefined || entry.phone_number_id === filter.phone_number_id) &&
    (filter.person_id === undefined || entry.person_id === filter.person_id) &&
    (filter.kinds === undefined || filter.kinds.includes(entry.kind))
  );
}
