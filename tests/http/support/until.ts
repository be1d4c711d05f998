/** Waiting for what the house does in its own time: bounded, and saying at the end what it waited for. */
import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 10_000;
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 150;

/** Asks until the answer is something. Prefer a stream or the lab's `wait`: they tell by themselves. */
export async function until<T>(
  what: string,
  ask: () => T | undefined | false | Promise<T | undefined | false>,
  patience_ms = PATIENCE_MS,
): Promise<T> {
  const deadline = Date.now() + patience_ms;
  for (let pause_ms = FIRST_PAUSE_MS; ; pause_ms = Math.min(pause_ms * 1.5, LONGEST_PAUSE_MS)) {
    const found = await ask();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`it did not happen in ${patience_ms} ms: ${what}`);
    await pause(pause_ms);
  }
}
