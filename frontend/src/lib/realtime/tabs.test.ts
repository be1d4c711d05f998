import { FakeSource } from '@/testing/live';
import { joinLive } from './tabs';

/** Locks granted one at a time, when the test says so: also to those who have just left. */
function fakeLocks() {
  const queue: (() => Promise<unknown>)[] = [];
  const locks = {
    request: (_name: string, _options: unknown, work: () => Promise<unknown>) => {
      queue.push(work);
      return new Promise(() => undefined);
    },
  };
  vi.stubGlobal('navigator', Object.create(navigator, { locks: { value: locks } }));
  return { grant: () => queue.shift()?.() };
}

const join = () => {
  const heard: string[] = [];
  const leave = joinLive(
    Math.floor(Math.random() * 1e9), // a channel of its own per test
    ['ticket.changed'],
    {
      renew: () => Promise.resolve(),
      onEvent: ({ kind }) => heard.push(kind),
      onState: (state) => heard.push(state),
    },
    (address) => new FakeSource(address),
  );
  return { heard, leave };
};

beforeEach(() => {
  FakeSource.last = undefined;
});
afterEach(() => void vi.unstubAllGlobals());

it('opens no stream until it leads', () => {
  const { grant } = fakeLocks();
  const { heard, leave } = join();
  expect(FakeSource.last).toBeUndefined();
  void grant();
  const { last } = FakeSource as { last: FakeSource | undefined };
  last?.opened();
  last?.says('ticket.changed', {});
  expect(heard).toEqual(['open', 'ticket.changed']);
  leave();
  expect(last?.readyState).toBe(2);
});

it('passes the lead on when it is granted to somebody who has left', async () => {
  const { grant } = fakeLocks();
  join().leave();
  await grant(); // would never end while the lock is held
  expect(FakeSource.last).toBeUndefined();
});

it('gives the lead back on leaving', async () => {
  const { grant } = fakeLocks();
  const { leave } = join();
  const led = grant();
  leave();
  await expect(led).resolves.toBeUndefined();
});
