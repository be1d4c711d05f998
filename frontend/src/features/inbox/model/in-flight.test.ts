import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { aMessage, aTicket } from '@/testing/factories';
import { putMessage, putToldTicket } from './cache';

it.each([
  ['a later', true],
  ['the first', false],
])('%s answer, asked for before a message came, does not take it away', async (_, isKnown) => {
  const cache = new QueryClient();
  const queryKey = ['thread', 3];
  const [first, told] = [1, 2].map((seq) => aMessage({ ticket_id: 3, seq }));
  const before = { pages: [{ data: [first] }], pageParams: [null] };
  const after = { pages: [{ data: [first, told] }], pageParams: [null] };
  if (isKnown) cache.setQueryData(queryKey, before);
  let arrive: (thread: object) => void = () => undefined;
  const late = new Promise<object>((resolve) => (arrive = resolve));
  const answers: Promise<object>[] = [late, Promise.resolve(after)];
  const queryFn = () => answers.shift() ?? Promise.resolve(after);
  const stop = new QueryObserver(cache, { queryKey, queryFn }).subscribe(() => undefined);
  if (told) putMessage(cache, told);
  arrive(before);
  await vi.waitFor(() => expect(answers).toHaveLength(0));
  await vi.waitFor(() => expect(cache.isFetching()).toBe(0));
  expect(cache.getQueryData(queryKey)).toEqual(after);
  stop();
});

it.each([
  ['a later', true],
  ['the first', false],
])('%s answer, asked for before a ticket changed, does not change it back', async (_, isKnown) => {
  const cache = new QueryClient();
  const old = aTicket({ id: 3, tag_ids: [] });
  const list = ['tickets', 'list', { tab: 'serving' }];
  const asked = [
    { queryKey: list, answer: { pages: [{ data: [old], next: null }], pageParams: [''] } },
    { queryKey: ['tickets', 'one', 3], answer: old },
  ];
  const arrive: (() => void)[] = [];
  const stops = asked.map(({ queryKey, answer }) => {
    if (isKnown) cache.setQueryData(queryKey, answer);
    const late = new Promise((resolve) => arrive.push(() => resolve(answer)));
    return new QueryObserver(cache, { queryKey, queryFn: () => late }).subscribe(() => undefined);
  });
  const masked = { ...old.contact, name: 'R•••' };
  putToldTicket(cache, { ...old, tag_ids: [8], contact: masked });
  for (const answer of arrive) answer();
  await vi.waitFor(() => expect(cache.isFetching()).toBe(0));
  const now = { ...old, tag_ids: [8] };
  expect(cache.getQueryData(list)).toMatchObject({ pages: [{ data: [now] }] });
  expect(cache.getQueryData(['tickets', 'one', 3])).toEqual(now);
  for (const stop of stops) stop();
});
