/**
 * The lab's clock. It runs with the real one, and a test may push it ahead: that is how a 24 h window closes, a media
 * address expires or a message becomes too old to edit without anybody waiting. Retries of deliveries do not use it:
 * they are pauses, not dates.
 */
export class Clock {
  #ahead_ms = 0;

  now(): number {
    return Date.now() + this.#ahead_ms;
  }

  get ahead_ms(): number {
    return this.#ahead_ms;
  }

  advance(ms: number): void {
    this.#ahead_ms += ms;
  }

  reset(): void {
    this.#ahead_ms = 0;
  }
}

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Unix seconds as text, the way the provider writes every `timestamp`. */
export function unixSeconds(at_ms: number): string {
  return String(Math.floor(at_ms / SECOND));
}
