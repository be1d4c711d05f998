import type { Config, Message, TicketState, Visitor } from './api';
import type { Identity } from './identity';
import type { Outgoing } from './outbox';

/** A file chosen but not sent. */
export interface Staged {
  key: string;
  file: File;
}

/** One sentence above the text field: a slug of words.ts and what fills it. */
export interface Notice {
  slug: string;
  name?: string;
}

/** Everything the screen shows. Replaced, never changed in place. */
export interface State {
  config: Config;
  isOpen: boolean;
  isOnline: boolean;
  identity: Identity | null;
  token: string | null;
  /** What the pre-chat form told; null while it is not answered. */
  details: Visitor | null;
  detailsFault: { field: string; slug: string } | null;
  messages: readonly Message[];
  hasOlder: boolean;
  history: 'idle' | 'loading' | 'loading_older' | 'failed' | 'ready';
  outgoing: readonly Outgoing[];
  quiet_until: number; // the server asked for silence until then; 0: it did not
  ticket: TicketState;
  unread: number;
  isTyping: boolean;
  isStale: boolean; // replies do not arrive at the moment
  staged: readonly Staged[];
  notice: Notice | null;
}

export interface Store<T> {
  get(): T;
  set(patch: Partial<T>): void;
  subscribe(listener: () => void): () => void;
}

export function createStore<T extends object>(initial: T): Store<T> {
  const listeners = new Set<() => void>();
  let state = initial;
  return {
    get: () => state,
    set(patch) {
      const changed = Object.keys(patch) as (keyof T)[];
      if (changed.every((name) => Object.is(state[name], patch[name]))) return;
      state = { ...state, ...patch };
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const emptyConversation = {
  messages: [],
  hasOlder: false,
  history: 'idle',
  ticket: 'none',
  unread: 0,
  isTyping: false,
} as const satisfies Partial<State>;

export const initialState = (config: Config): State => ({
  config,
  isOpen: false,
  isOnline: true,
  identity: null,
  token: null,
  details: null,
  detailsFault: null,
  ...emptyConversation,
  outgoing: [],
  quiet_until: 0,
  isStale: false,
  staged: [],
  notice: null,
});
