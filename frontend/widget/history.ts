import type { History, Message } from './api';
import { type Client, PAGE_SIZE, type Page } from './client';
import { asRefusal } from './refusal';
import type { Session } from './session';
import type { State, Store } from './store';
import { merge } from './thread';

export interface HistoryLoader {
  /** The last page, in place of whatever was there. */
  latest(): Promise<void>;
  older(): Promise<void>;
  /** Everything since the newest we have. */
  newer(): Promise<void>;
}

interface Needs {
  store: Store<State>;
  client: Pick<Client, 'history'>;
  session: Pick<Session, 'token' | 'forget'>;
  onMessages: (arrived: readonly Message[]) => void;
}

export function createHistory({ store, client, session, onMessages }: Needs): HistoryLoader {
  let loading: string | null = null; // whose last page is on its way

  /* Null when there is nobody to ask for, or the answer is about somebody who left meanwhile. */
  async function ask(page: Page): Promise<History | null> {
    const token = session.token();
    if (token === null) return null;
    try {
      const answer = await client.history(token, page);
      return session.token() === token ? answer : null;
    } catch (thrown) {
      const refusal = asRefusal(thrown);
      if (refusal.status === 401) session.forget(token);
      if (session.token() !== token) return null;
      throw refusal;
    }
  }

  async function latest() {
    const token = session.token();
    if (token === null || loading === token) return;
    loading = token;
    if (store.get().history !== 'ready') store.set({ history: 'loading' });
    try {
      const answer = await ask({});
      if (answer === null) return;
      const { data, has_older, unread, state } = answer;
      const newest = data.at(-1)?.id ?? '';
      // What a live event told while we asked is newer than the answer.
      const later = store.get().messages.filter(({ id }) => id > newest);
      const messages = merge(data, later);
      store.set({ messages, hasOlder: has_older, unread, ticket: state, history: 'ready' });
      onMessages(data);
    } catch (thrown) {
      store.set({ history: 'failed' });
      throw thrown;
    } finally {
      if (loading === token) loading = null;
    }
  }

  async function older() {
    const { history, hasOlder, messages } = store.get();
    const first = messages[0];
    if (history !== 'ready' || !hasOlder || !first) return;
    store.set({ history: 'loading_older' });
    try {
      const answer = await ask({ before: first.id });
      if (answer === null) return;
      store.set({
        messages: merge(store.get().messages, answer.data),
        hasOlder: answer.has_older,
      });
    } finally {
      if (store.get().history === 'loading_older') store.set({ history: 'ready' });
    }
  }

  async function newer() {
    let last = store.get().messages.at(-1);
    if (!last) return latest();
    for (;;) {
      const answer = await ask({ after: last.id });
      if (answer === null) return;
      const { data, unread, state } = answer;
      store.set({ messages: merge(store.get().messages, data), unread, ticket: state });
      onMessages(data);
      const newest = data.at(-1);
      if (data.length < PAGE_SIZE || !newest || newest.id <= last.id) return;
      last = newest;
    }
  }

  return { latest, older, newer };
}
