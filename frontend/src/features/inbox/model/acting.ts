import { useSyncExternalStore } from 'react';
import type { Message, Ticket } from '../api';
import type { Amend } from './amend';

/**
 * What somebody is about to do with a ticket: which dialog or menu stands open, over whichever part of
 * the inbox it was asked for in. One at a time.
 */
export type Acting =
  | { kind: 'menu'; ticket: Ticket; x: number; y: number }
  | {
      kind:
        | 'snooze'
        | 'tags'
        | 'classify'
        | 'contact_tags'
        | 'transcript'
        | 'assign'
        | 'priority'
        | 'why'
        | 'merge'
        | 'return';
      ticket: Ticket;
    }
  | { kind: 'message_tags'; ticket: Ticket; message: Message }
  /** What a message says, and what it said before. */
  | { kind: 'amend'; amend: Amend; ticket: Ticket; message: Message };

let acting: Acting | undefined;
const listeners = new Set<() => void>();

function set(next: Acting | undefined) {
  acting = next;
  for (const listener of listeners) listener();
}

export const startAct = (next: Acting) => set(next);

/** A menu closes after what was chosen in it has begun: that goes on. */
export const endMenu = (menu: Acting) => {
  if (acting === menu) set(undefined);
};
export const endAct = () => set(undefined);

export const useActing = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => acting,
  );
