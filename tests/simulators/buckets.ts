/** Token buckets for the two rates of the provider: per (number, person) and per number. */
import type { Clock } from './clock.ts';
import { SECOND } from './clock.ts';
import type { Faults } from './faults.ts';

type Bucket = { tokens: number; at_ms: number };
type Rate = { burst: number; interval_ms: number };

/** One message per 6 s to the same person; up to 45 may leave at once, borrowed from the future. */
const PAIR_RATE: Rate = { burst: 45, interval_ms: 6 * SECOND };

export class Buckets {
  #clock: Clock;
  #buckets = new Map<string, Bucket>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  takePair(chat: string, limit: Faults['pair_rate']): boolean {
    if (limit === false) return true;
    const rate = limit === null ? PAIR_RATE : limit === true ? { ...PAIR_RATE, burst: 1 } : limit;
    return this.#take(`pair ${chat}`, rate);
  }

  takeThroughput(phone_number_id: string, per_s: Faults['throughput_per_s']): boolean {
    if (per_s === 0) return true;
    return this.#take(`number ${phone_number_id}`, { burst: per_s, interval_ms: SECOND / per_s });
  }

  clear(): void {
    this.#buckets.clear();
  }

  #take(name: string, { burst, interval_ms }: Rate): boolean {
    const now = this.#clock.now();
    const bucket = this.#buckets.get(name) ?? { tokens: burst, at_ms: now };
    const tokens = Math.min(burst, bucket.tokens + (now - bucket.at_ms) / interval_ms);
    const allowed = tokens >= 1;
    this.#buckets.set(name, { tokens: allowed ? tokens - 1 : tokens, at_ms: now });
    return allowed;
  }
}
