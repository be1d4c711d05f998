import { useSyncExternalStore } from 'react';

/** "Marina está digitando" fades by itself: nobody says when a person stops. */
const FADE_MS = 6000;

/** Who is writing where, by number of the place. Each kind of place keeps its own. */
export function makeTyping<T>() {
  const typing = new Map<number, { who: T; timer: ReturnType<typeof setTimeout> }>();
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const listen = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };

  /** A message arrived, or time passed. */
  const stop = (place: number) => {
    const known = typing.get(place);
    if (!known) return;
    clearTimeout(known.timer);
    typing.delete(place);
    changed();
  };
  const note = (place: number, who: T) => {
    stop(place);
    typing.set(place, { who, timer: setTimeout(() => stop(place), FADE_MS) });
    changed();
  };
  const useTyping = (place: number): T | undefined =>
    useSyncExternalStore(listen, () => typing.get(place)?.who);
  return { note, stop, useTyping };
}
