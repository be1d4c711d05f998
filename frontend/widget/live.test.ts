import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLive } from './live';
import { FakeSource } from './testing/fake-source';

beforeEach(() => {
  vi.useFakeTimers();
  FakeSource.opened = [];
});
afterEach(() => vi.useRealTimers());

function setUp() {
  const heard: [string, unknown][] = [];
  const stale: boolean[] = [];
  const poll = vi.fn(() => Promise.resolve());
  const live = createLive({
    url: (cursor) => `/live/widget?cursor=${cursor}`,
    openSource: (url) => new FakeSource(url),
    onEvent: (kind, data) => heard.push([kind, data]),
    onStale: (isStale) => stale.push(isStale),
    pause_ms: () => 5000,
    poll,
  });
  return { live, heard, stale, poll };
}

describe('the live stream', () => {
  it('hands on what it hears, and survives a damaged line', () => {
    const { live, heard } = setUp();
    live.start();
    FakeSource.last.accept();
    FakeSource.last.raw('message', '{"message":');
    FakeSource.last.tell('typing', {});
    expect(heard).toEqual([['typing', {}]]);
  });

  it('opens one stream, however often it is started', () => {
    const { live } = setUp();
    live.start();
    live.start();
    expect(FakeSource.opened).toHaveLength(1);
  });

  it('resumes where it was when it has to open another', async () => {
    const { live } = setUp();
    live.start();
    FakeSource.last.accept();
    FakeSource.last.tell('ticket', { state: 'open' }, '7-31');
    FakeSource.last.refuse();
    await vi.advanceTimersByTimeAsync(5000);
    expect(FakeSource.opened).toHaveLength(2);
    expect(FakeSource.last.url).toBe('/live/widget?cursor=7-31');
  });

  it('leaves a plain cut to the browser', async () => {
    const { live, poll } = setUp();
    live.start();
    FakeSource.last.accept();
    poll.mockClear();
    FakeSource.last.cut();
    await vi.advanceTimersByTimeAsync(7000);
    FakeSource.last.accept();
    expect(FakeSource.opened).toHaveLength(1);
  });

  it('fetches what was said before it listened, once', async () => {
    const { live, poll } = setUp();
    live.start();
    expect(poll).not.toHaveBeenCalled();
    FakeSource.last.accept('7-30');
    expect(poll).toHaveBeenCalledTimes(1);
    FakeSource.last.cut();
    FakeSource.last.accept('7-31');
    await vi.advanceTimersByTimeAsync(0);
    expect(poll).toHaveBeenCalledTimes(1); // resumed: nothing was missed
  });

  it('resumes a stream on which nothing but the hello was said', async () => {
    const { live } = setUp();
    live.start();
    FakeSource.last.accept('7-30');
    FakeSource.last.refuse();
    await vi.advanceTimersByTimeAsync(5000);
    expect(FakeSource.last.url).toBe('/live/widget?cursor=7-30');
  });

  it('asks every few seconds while the stream is refused, and stops when it is back', async () => {
    const { live, poll } = setUp();
    live.start();
    FakeSource.last.refuse();
    await vi.advanceTimersByTimeAsync(0);
    expect(poll).toHaveBeenCalledTimes(1);
    FakeSource.last.refuse();
    await vi.advanceTimersByTimeAsync(10_100);
    const asked = poll.mock.calls.length;
    expect(asked).toBeGreaterThanOrEqual(3);

    FakeSource.last.accept();
    await vi.advanceTimersByTimeAsync(0);
    const settled = poll.mock.calls.length;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(poll.mock.calls.length).toBe(settled);
  });

  it('asks as well when a proxy holds the stream back without a word', async () => {
    const { live, poll } = setUp();
    live.start();
    await vi.advanceTimersByTimeAsync(8100);
    expect(poll).toHaveBeenCalledTimes(1);
  });

  it('says that replies do not arrive only when asking fails too', async () => {
    const { live, poll, stale } = setUp();
    poll.mockRejectedValueOnce(new Error('gone'));
    live.start();
    FakeSource.last.refuse();
    await vi.advanceTimersByTimeAsync(0);
    expect(stale).toEqual([true]);
    await vi.advanceTimersByTimeAsync(10_100);
    expect(stale.at(-1)).toBe(false);
  });

  it('starts a new person from the beginning', () => {
    const { live } = setUp();
    live.start();
    FakeSource.last.tell('typing', {}, '7-31');
    const old = FakeSource.last;
    live.restart();
    live.start();
    expect(old.readyState).toBe(2);
    expect(FakeSource.last.url).toBe('/live/widget?cursor=');
  });

  it('is silent once stopped', async () => {
    const { live, poll, heard } = setUp();
    live.start();
    const source = FakeSource.last;
    source.refuse();
    live.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    source.tell('typing', {});
    expect(poll.mock.calls.length).toBeLessThanOrEqual(1);
    expect(heard).toEqual([]);
    expect(FakeSource.opened).toHaveLength(1);
  });
});
