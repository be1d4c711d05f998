/**
 * What can go wrong on purpose, per number. Each fault is a row: its value when nothing is wrong, and a parser that
 * takes what a person would write in JSON. A fault that ends in `_next` counts down and turns itself off.
 */
import { isObject, type Json } from './json.ts';
import { Refusal } from './refusal.ts';

export type Mode = 'sync' | 'async';

export type Faults = {
  /** Extra copies of every webhook, sent at the same time. */
  duplicate: number;
  /** Webhooks gather for a moment and leave in the opposite order, each after the answer to the one before. */
  reorder: boolean;
  /** Up to this many updates in one POST; 0 and 1 mean one each. */
  batch: number;
  unsigned: boolean;
  wrong_signature: boolean;
  /** Both ways: before a webhook leaves, before a Graph call is answered. */
  delay_ms: number;
  /** HTTP 429 with code 130429 to the next sends. */
  answer_429_next: number;
  /** HTTP 500 with code 131000 to the next sends. */
  answer_500_next: number;
  /** The next send is refused with this code: in the answer (sync) or by a `failed` status after a 200 (async). */
  refuse_next: { code: number; mode: Mode; details?: string } | null;
  /** The 24 h window counts as closed for everybody, and this is how it is refused. */
  window_closed: { mode: Mode } | null;
  /** How the lab refuses by its own rules (window really over, person not on WhatsApp). */
  refusal_mode: Mode;
  /** The next send gets no answer: the message was `accepted` and goes on, or was `lost`. */
  hang_next: 'accepted' | 'lost' | null;
  status_before_response: boolean;
  /** `read` arrives without `delivered`. */
  no_delivered: boolean;
  /** null: the provider's own (45 at once, one more every 6 s); false: none; true: one every 6 s. */
  pair_rate: { burst: number; interval_ms: number } | boolean | null;
  /** Sends per second of the number; 0: no limit. The provider gives 80. */
  throughput_per_s: number;
};

type Row<K extends keyof Faults> = { none: Faults[K]; parse: (value: Json) => Faults[K] | undefined };

const ROWS: { [K in keyof Faults]: Row<K> } = {
  duplicate: { none: 0, parse: count },
  reorder: { none: false, parse: flag },
  batch: { none: 0, parse: count },
  unsigned: { none: false, parse: flag },
  wrong_signature: { none: false, parse: flag },
  delay_ms: { none: 0, parse: count },
  answer_429_next: { none: 0, parse: count },
  answer_500_next: { none: 0, parse: count },
  refuse_next: { none: null, parse: refusal },
  window_closed: { none: null, parse: windowClosed },
  refusal_mode: { none: 'async', parse: mode },
  hang_next: { none: null, parse: hang },
  status_before_response: { none: false, parse: flag },
  no_delivered: { none: false, parse: flag },
  pair_rate: { none: null, parse: pairRate },
  throughput_per_s: { none: 80, parse: count },
};

export function noFaults(): Faults {
  return Object.fromEntries(Object.entries(ROWS).map(([name, row]) => [name, row.none])) as Faults;
}

/** `present` with the members of `patch`; null gives a member back its value of no fault. */
export function withFaults(present: Faults, patch: Json): Faults {
  if (!isObject(patch)) throw new Refusal(400, 'faults are an object');
  const next: Record<string, unknown> = { ...present };
  for (const [name, value] of Object.entries(patch)) {
    const row = (ROWS as Record<string, { none: unknown; parse: (value: Json) => unknown } | undefined>)[name];
    if (!row) throw new Refusal(400, `no fault is called ${name}; there are: ${Object.keys(ROWS).join(', ')}`);
    const parsed = value === null ? row.none : row.parse(value);
    if (parsed === undefined) throw new Refusal(400, `fault ${name} does not take ${JSON.stringify(value)}`);
    next[name] = parsed;
  }
  return next as Faults;
}

/** Only what differs from a quiet day: what the page and the journal show. */
export function activeFaults(faults: Faults): Json {
  const quiet = noFaults();
  const names = (Object.keys(ROWS) as (keyof Faults)[]).filter((name) => faults[name] !== quiet[name]);
  return Object.fromEntries(names.map((name) => [name, faults[name] as Json]));
}

/** The faults of each number, and the counting down of those that are for the next call only. */
export class FaultBoard {
  #of = new Map<string, Faults>();

  get(phone_number_id: string): Faults {
    return this.#of.get(phone_number_id) ?? noFaults();
  }

  set(phone_number_id: string, faults: Faults): void {
    this.#of.set(phone_number_id, faults);
  }

  /** The value of a fault for the next send, which is thereby used up. */
  take<K extends 'answer_429_next' | 'answer_500_next' | 'refuse_next' | 'hang_next'>(
    phone_number_id: string,
    name: K,
  ): Faults[K] {
    const faults = this.get(phone_number_id);
    const value = faults[name];
    if (value === 0 || value === null) return value;
    const left = typeof value === 'number' ? value - 1 : null;
    this.set(phone_number_id, { ...faults, [name]: left });
    return value;
  }

  clear(): void {
    this.#of.clear();
  }
}

function flag(value: Json): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function count(value: Json): number | undefined {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}

function mode(value: Json): Mode | undefined {
  return value === 'sync' || value === 'async' ? value : undefined;
}

function refusal(value: Json): Faults['refuse_next'] | undefined {
  if (value === false) return null;
  const given = typeof value === 'number' ? { code: value } : value;
  if (!isObject(given) || typeof given['code'] !== 'number') return undefined;
  const how = mode(given['mode'] ?? 'sync');
  const details = given['details'];
  if (how === undefined) return undefined;
  return { code: given['code'], mode: how, ...(typeof details === 'string' ? { details } : {}) };
}

function windowClosed(value: Json): Faults['window_closed'] | undefined {
  if (value === false) return null;
  const how = mode(value === true ? 'async' : ((isObject(value) ? value['mode'] : undefined) ?? 'async'));
  return how === undefined ? undefined : { mode: how };
}

function hang(value: Json): Faults['hang_next'] | undefined {
  if (value === false) return null;
  if (value === true) return 'accepted';
  return value === 'accepted' || value === 'lost' ? value : undefined;
}

function pairRate(value: Json): Faults['pair_rate'] | undefined {
  if (typeof value === 'boolean') return value;
  if (!isObject(value)) return undefined;
  const { burst, interval_ms } = value;
  return typeof burst === 'number' && typeof interval_ms === 'number' ? { burst, interval_ms } : undefined;
}
