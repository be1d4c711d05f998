import { useCallback, useSyncExternalStore } from 'react';

/** One ticking clock per pace for the whole page; a hundred rows share it. */
function makeClock(every_ms: number) {
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const listeners = new Set<() => void>();

  return {
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      timer ??= setInterval(() => {
        now = Date.now();
        for (const each of listeners) each();
      }, every_ms);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    read: () => {
      if (!timer) now = Date.now() - (Date.now() % every_ms); // stable between renders
      return now;
    },
  };
}

const slow = makeClock(15_000);
const fast = makeClock(1000);

/** For clocks that count minutes. */
export const useNow = () => useSyncExternalStore(slow.subscribe, slow.read);

/** For countdowns that count seconds. */
export const useSeconds = () => useSyncExternalStore(fast.subscribe, fast.read);

/** The longest that a browser's timer waits. */
const TIMER_MAX_MS = 2 ** 31 - 1;

/**
 * Whether a moment is over; null: there is none. Told when it comes, where a clock would first have to tick: one that
 * is over already when it is heard of is so at once.
 */
export function usePassed(moment: string | null): boolean {
  const at = moment === null ? Infinity : Date.parse(moment);
  const subscribe = useCallback(
    (listener: () => void) => {
      const left_ms = at - Date.now();
      if (left_ms <= 0 || left_ms > TIMER_MAX_MS) return () => undefined;
      const timer = setTimeout(listener, left_ms);
      return () => clearTimeout(timer);
    },
    [at],
  );
  return useSyncExternalStore(subscribe, () => Date.now() >= at);
}
