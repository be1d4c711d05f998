import { useSyncExternalStore } from 'react';

/** "Marina está digitando" fades by itself: nobody says when a person stops. */
const FADE_MS = 6000;

export type Typing = { who: string; member_id: number | null };

const typing = new Map<number, Typing & { timer: ReturnType<typeof setTimeout> }>();
const listeners = new Set<() => void>();

const changed = () => {
  for (const listener of listeners) listener();
};

export function noteTyping(ticket: number, who: string, member_id: number | null) {
  stopTyping(ticket);
  const timer = setTimeout(() => stopTyping(ticket), FADE_MS);
  typing.set(ticket, { who, member_id, timer });
  changed();
}

/** A message arrived, or time passed. */
export function stopTyping(ticket: number) {
  const known = typing.get(ticket);
  if (!known) return;
  clearTimeout(known.timer);
  typing.delete(ticket);
  changed();
}

export const useTyping = (ticket: number): Typing | undefined =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => typing.get(ticket),
  );
