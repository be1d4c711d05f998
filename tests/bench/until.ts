/** Waiting for what happens in its own time: bounded, and saying at the end what it waited for. */
import { setTimeout as pause } from 'node:timers/promises';

export async function until<T>(what: string, look: () => T | undefined | false | Promise<T | undefined | false>, patience_ms = 30_000, every_ms = 10): Promise<T> {
  const deadline = performance.now() + patience_ms;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`it did not happen in ${patience_ms} ms: ${what}`);
    await pause(every_ms);
  }
}
