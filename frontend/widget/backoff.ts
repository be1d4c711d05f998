const FIRST_MS = 1000;
const LONGEST_MS = 60_000;

/**
 * How long to wait after the nth failure in a row, n from 0. A quarter either way by chance, so that
 * a server that restarts does not meet all its visitors in the same second.
 */
export function backoff_ms(failures: number, chance = Math.random()): number {
  const wait_ms = Math.min(FIRST_MS * 2 ** failures, LONGEST_MS);
  return Math.round(wait_ms * (0.75 + chance / 2));
}
