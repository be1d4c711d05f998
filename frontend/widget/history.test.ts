import { expect, it } from 'vitest';
import type { History } from './api';
import type { Page } from './client';
import { createHistory } from './history';
import { Refusal } from './refusal';
import { type State, createStore, initialState } from './store';
import { config, message } from './testing/fake-server';

/** A server whose answers the test gives one by one. */
function setUp() {
  const store = createStore<State>({ ...initialState(config()), token: 'a' });
  const asked: { page: Page; answer: (history: History) => void; fail: (why: Refusal) => void }[] =
    [];
  const person = { token: 'a' };
  const forgotten: string[] = [];
  const history = createHistory({
    store,
    session: { token: () => person.token, forget: (token) => forgotten.push(token) },
    client: {
      history: (_token, page) =>
        new Promise((answer, fail) => {
          asked.push({ page, answer, fail });
        }),
    },
    onMessages: () => undefined,
  });
  return { store, history, asked, person, forgotten };
}

const page = (patch: Partial<History> = {}): History => ({
  data: [],
  has_older: false,
  unread: 0,
  state: 'open',
  ...patch,
});

it('keeps what a live event told while the page was on its way, and asks for the rest again', async () => {
  const { store, history, asked } = setUp();
  const [old, live] = [message(), message()];
  const loading = history.latest();
  store.set({ messages: [live], unread: 1 });
  asked[0]?.answer(page({ data: [old], unread: 0, state: 'none' }));
  await Promise.resolve();
  await Promise.resolve();
  expect(store.get().messages).toEqual([old, live]);
  expect(store.get().unread).toBe(1);
  expect(asked[1]?.page).toEqual({ after: live.id });
  asked[1]?.answer(page({ unread: 2 }));
  await loading;
  expect(store.get()).toMatchObject({ unread: 2, ticket: 'open' });
});

it('throws away the page of somebody who left meanwhile', async () => {
  const { store, history, asked, person } = setUp();
  const loading = history.latest();
  person.token = 'b';
  asked[0]?.answer(page({ data: [message()], unread: 1 }));
  await loading;
  expect(store.get()).toMatchObject({ messages: [], unread: 0 });
});

it('asks for the next person while the page of the one before is on its way', () => {
  const { history, asked, person } = setUp();
  void history.latest();
  void history.latest();
  expect(asked).toHaveLength(1);
  person.token = 'b';
  void history.latest();
  expect(asked).toHaveLength(2);
});

it('takes the last page in place of everything after a reset', async () => {
  const { store, history, asked } = setUp();
  const [gone, there] = [message(), message()];
  store.set({ messages: [gone], history: 'ready' });
  const loading = history.latest();
  asked[0]?.answer(page({ data: [there] }));
  await loading;
  expect(store.get().messages).toEqual([there]);
});

it('says when it failed, and when the token is worth nothing', async () => {
  const { store, history, asked, forgotten } = setUp();
  const loading = history.latest();
  asked[0]?.fail(new Refusal('visitor_invalid', 401));
  await expect(loading).rejects.toThrow('visitor_invalid');
  expect(store.get().history).toBe('failed');
  expect(forgotten).toEqual(['a']);
});

it('fetches all that was missed, however much', async () => {
  const { store, history, asked } = setUp();
  const first = message();
  store.set({ messages: [first], history: 'ready' });
  const many = Array.from({ length: 43 }, () => message());
  const loading = history.newer();
  asked[0]?.answer(page({ data: many.slice(0, 40) }));
  await new Promise((resolve) => setTimeout(resolve));
  expect(asked[1]?.page).toEqual({ after: many[39]?.id });
  asked[1]?.answer(page({ data: many.slice(40) }));
  await loading;
  expect(store.get().messages).toEqual([first, ...many]);
});
