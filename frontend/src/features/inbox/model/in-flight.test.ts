import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { aMessage } from '@/testing/factories';
import { putMessage } from './cache';

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
