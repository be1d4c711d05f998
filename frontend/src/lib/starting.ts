import { useSyncExternalStore } from 'react';

/** A conversation that somebody is about to begin, from wherever they are; with whom, if that is known. */
export type Starting = { contact?: { id: number; name: string } };

let starting: Starting | undefined;
const listeners = new Set<() => void>();

function set(next: Starting | undefined) {
  starting = next;
  for (const listener of listeners) listener();
}

export const startConversation = (next: Starting = {}) => set(next);
export const endStarting = () => set(undefined);

export const useStarting = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => starting,
  );
