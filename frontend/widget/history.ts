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

  /*
   * What a live event told while we asked is newer than the answer, and whether the answer counts it
   * nobody can tell. Then the messages are taken, and the rest is asked again.
   */
  async function take(answer: History, asked: State, known: readonly Message[]) {
    const { messages: now, ticket } = store.get();
    const isOvertaken = now !== asked.messages || ticket !== asked.ticket;
    const newest = answer.data.at(-1)?.id ?? '';
    const later = isOvertaken ? now.filter(({ id }) => id > newest) : [];
    store.set({
      messages: merge(known, [...answer.data, ...later]),
      history: 'ready',
      ...(!isOvertaken && { unread: answer.unread, ticket: answer.state }),
    });
    onMessages(answer.data);
    if (isOvertaken) await newer();
  }

  async function latest() {
    const token = session.token();
    if (token === null || loading === token) return;
    loading = token;
    if (store.get().history !== 'ready') store.set({ history: 'loading' });
    const asked = store.get();
    try {
      const answer = await ask({});
      if (answer === null) return;
      store.set({ hasOlder: answer.has_older });
      await take(answer, asked, []);
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

  async function newer(): Promise<void> {
    const asked = store.get();
    const last = asked.messages.at(-1);
    if (!last) return latest();
    const answer = await ask({ after: last.id });
    if (answer === null) return;
    await take(answer, asked, store.get().messages);
    const newest = answer.data.at(-1);
    if (answer.data.length === PAGE_SIZE && newest && newest.id > last.id) await newer();
  }

  return { latest, older, newer };
}
