import { QueryClient } from '@tanstack/react-query';
import { moveTo } from './places';
import { unreadOf, unreadQuery } from './unread';

const cacheWith = (data: { chat_id: number; last_seq: number; read_seq: number }[]) => {
  const cache = new QueryClient();
  cache.setQueryData(unreadQuery.queryKey, { data });
  return { cache, count: () => unreadOf(cache.getQueryData(unreadQuery.queryKey)) };
};

it('counts by how far each chat has come, and an event told twice once', () => {
  const { cache, count } = cacheWith([{ chat_id: 1, last_seq: 5, read_seq: 3 }]);
  expect(count()).toBe(2);
  moveTo(cache, 1, { last_seq: 6 });
  moveTo(cache, 1, { last_seq: 6 });
  expect(count()).toBe(3);
  moveTo(cache, 2, { last_seq: 40 });
  expect(count()).toBe(4);
  moveTo(cache, 1, { read_seq: 6 });
  moveTo(cache, 1, { read_seq: 4 });
  expect(count()).toBe(1);
});

it('is not moved back by an event that a fresh answer knew already', () => {
  const { cache, count } = cacheWith([{ chat_id: 1, last_seq: 9, read_seq: 9 }]);
  moveTo(cache, 1, { last_seq: 8 });
  expect(count()).toBe(0);
});

it('counts nothing of what I said myself', () => {
  const { cache, count } = cacheWith([]);
  moveTo(cache, 3, { last_seq: 12, read_seq: 12 });
  expect(count()).toBe(0);
});
