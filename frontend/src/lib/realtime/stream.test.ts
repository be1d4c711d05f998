import { FakeSource } from '@/testing/live';
import { LiveStream } from './stream';

const setUp = () => {
  const heard: string[] = [];
  const opened: FakeSource[] = [];
  const renew = vi.fn(() => Promise.resolve());
  const stream = new LiveStream(
    3,
    ['message.created'],
    {
      renew,
      onEvent: ({ kind, id }) => heard.push(`${kind} ${id}`),
      onState: (state) => heard.push(state),
    },
    (address) => {
      const source = new FakeSource(address);
      opened.push(source);
      return source;
    },
  );
  stream.open();
  return { heard, opened, renew, stream };
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('hands events on, in order', () => {
  const { heard, opened } = setUp();
  opened[0]?.opened();
  opened[0]?.says('message.created', { a: 1 }, '7-1');
  opened[0]?.says('reset', {}, '7-2');
  expect(heard).toEqual(['open', 'message.created 7-1', 'reset 7-2']);
});

it('leaves a short cut to the browser', async () => {
  const { heard, opened } = setUp();
  opened[0]?.cut();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(heard).toEqual(['retrying']);
  expect(opened).toHaveLength(1);
});

it('opens another after a refusal, with the session renewed, from the last event on', async () => {
  const { opened, renew } = setUp();
  opened[0]?.opened();
  opened[0]?.says('message.created', {}, '9-4');
  opened[0]?.cut(true);
  await vi.advanceTimersByTimeAsync(2000);
  expect(renew).toHaveBeenCalledOnce();
  expect(opened[1]?.address).toBe('/live?account=3&cursor=9-4');
});

it('waits longer after each refusal', async () => {
  const { opened } = setUp();
  opened[0]?.cut(true);
  await vi.advanceTimersByTimeAsync(1300);
  opened[1]?.cut(true);
  await vi.advanceTimersByTimeAsync(1300);
  expect(opened).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1300);
  expect(opened).toHaveLength(3);
});

it('stops for good when the session was ended', async () => {
  const { heard, opened } = setUp();
  opened[0]?.says('signed_out', { reason: 'ended' });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(heard).toEqual(['signed_out']);
  expect(opened).toHaveLength(1);
});

it('survives a damaged line', () => {
  const { heard, opened } = setUp();
  opened[0]?.opened();
  const bad = new MessageEvent('message.created', { data: '{', lastEventId: '1-1' });

  opened[0]?.['listeners'].get('message.created')?.(bad);
  expect(heard).toEqual(['open']);
});
