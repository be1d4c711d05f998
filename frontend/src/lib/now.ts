import { useSyncExternalStore } from 'react';

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
