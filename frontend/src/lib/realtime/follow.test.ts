import { QueryClient } from '@tanstack/react-query';
import { FakeSource } from '@/testing/live';
import { followLive } from './follow';

const setUp = () => {
  const cache = new QueryClient();
  const asked = vi.spyOn(cache, 'invalidateQueries');
  const heard: unknown[] = [];
  const states: string[] = [];
  let source: FakeSource | undefined;
  followLive(
    cache,
    {
      account: Math.floor(Math.random() * 1e9), // a channel of its own per test
      patches: { 'ticket.changed': (_cache, { data }) => void heard.push(data) },
      renew: () => Promise.resolve(),
      onState: (state) => states.push(state),
    },
    (address) => (source = new FakeSource(address)),
  );
  return { asked, heard, states, source: () => source };
};

beforeEach(() => void vi.stubGlobal('navigator', {})); // no locks: it leads at once
afterEach(() => void vi.unstubAllGlobals());

it('changes the cache as each event says', () => {
  const { heard, asked, source } = setUp();
  source()?.opened();
  source()?.says('ticket.changed', { ticket: 7 });
  expect(heard).toEqual([{ ticket: 7 }]);
  expect(asked).not.toHaveBeenCalled();
});

it('asks again for what is looked at when the line was cut', () => {
  const { asked, states, source } = setUp();
  source()?.opened();
  source()?.cut();
  expect(asked).not.toHaveBeenCalled();
  source()?.opened();
  expect(states).toEqual(['open', 'retrying', 'open']);
  expect(asked).toHaveBeenCalledExactlyOnceWith({ refetchType: 'active' });
});

it('asks again for everything when there is a hole', () => {
  const { asked, source } = setUp();
  source()?.opened();
  source()?.says('reset', null);
  expect(asked).toHaveBeenCalledExactlyOnceWith({ type: 'all' });
});
