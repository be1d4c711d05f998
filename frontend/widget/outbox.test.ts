import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MessageBody } from './api';
import { type Outbox, createOutbox } from './outbox';
import { Refusal } from './refusal';
import { createShelf } from './storage';
import { memoryStorage } from './testing/memory-storage';

let storage: Storage;
let isReady: boolean;
let answers: (Refusal | null)[];
let posted: MessageBody[];
let keys: number;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-20T12:00:00Z') });
  storage = memoryStorage();
  isReady = true;
  answers = [];
  posted = [];
  keys = 0;
});
afterEach(() => vi.useRealTimers());

function outbox(): Outbox {
  return createOutbox({
    shelf: createShelf('t:', () => storage),
    newKey: () => `key-${++keys}`,
    isReady: () => isReady,
    onChange: () => undefined,
    upload: () => Promise.resolve(77),
    post: async (body) => {
      await Promise.resolve();
      posted.push(body);
      const refusal = answers.shift();
      if (refusal) throw refusal;
    },
  });
}

const texts = () => posted.map(({ text }) => text);
const states = (box: Outbox) => box.items().map(({ state }) => state);

describe('the outbox', () => {
  it('sends in the order of typing, one at a time', async () => {
    const box = outbox();
    box.add('um', null);
    box.add('dois', null);
    box.add('três', null);
    await vi.runAllTimersAsync();
    expect(texts()).toEqual(['um', 'dois', 'três']);
    expect(states(box)).toEqual(['kept', 'kept', 'kept']);
  });

  it('repeats a lost one with the same key and lets nothing overtake it', async () => {
    answers = [new Refusal('unreachable'), new Refusal('busy', 503)];
    const box = outbox();
    box.add('um', null);
    box.add('dois', null);
    await vi.runAllTimersAsync();
    expect(texts()).toEqual(['um', 'um', 'um', 'dois']);
    expect(new Set(posted.map(({ client_key }) => client_key))).toEqual(
      new Set(['key-1', 'key-2']),
    );
  });

  it('keeps what is typed offline, and sends it after a reload, once', async () => {
    isReady = false;
    outbox().add('sem rede', null);
    outbox().add('ainda sem', null);
    expect(posted).toEqual([]);

    isReady = true;
    const later = outbox();
    await later.flush();
    expect(texts()).toEqual(['sem rede', 'ainda sem']);
    await later.flush();
    expect(posted).toHaveLength(2);
  });

  it('does not send again, after a reload, what the server has taken', async () => {
    const box = outbox();
    box.add('um', null);
    await vi.runAllTimersAsync();
    const later = outbox();
    await later.flush();
    expect(posted).toHaveLength(1);
    expect(states(later)).toEqual(['kept']);
  });

  it('lets go of a message when the history shows it', async () => {
    const box = outbox();
    box.add('um', null);
    await vi.runAllTimersAsync();
    box.settle(['key-1']);
    expect(box.items()).toEqual([]);
    expect(outbox().items()).toEqual([]);
  });

  it('stays settled when the history is faster than the answer', async () => {
    const box = outbox();
    box.add('um', null);
    box.settle(['key-1']);
    await vi.runAllTimersAsync();
    expect(box.items()).toEqual([]);
  });

  it('is silent for as long as the server asked, even when the network wakes', async () => {
    answers = [new Refusal('rate_limited', 429, undefined, 12)];
    const box = outbox();
    box.add('um', null);
    await vi.advanceTimersByTimeAsync(11_000);
    box.wake();
    box.add('dois', null);
    await vi.advanceTimersByTimeAsync(900);
    expect(texts()).toEqual(['um']);
    expect(states(box)).toEqual(['waiting', 'waiting']);
    await vi.advanceTimersByTimeAsync(200);
    expect(texts()).toEqual(['um', 'um', 'dois']);
  });

  it('waits longer after each failure, and tries at once when the network wakes', async () => {
    answers = Array.from({ length: 5 }, () => new Refusal('unreachable'));
    const box = outbox();
    box.add('um', null);
    await vi.advanceTimersByTimeAsync(8000); // about 1, 2 and 4 s
    expect(posted.length).toBeLessThan(6);
    answers = [];
    box.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(states(box)).toEqual(['kept']);
  });

  it('sets a refused one aside, says why, and goes on', async () => {
    answers = [new Refusal('body_too_long', 422)];
    const box = outbox();
    box.add('longa', null);
    box.add('curta', null);
    await vi.runAllTimersAsync();
    expect(states(box)).toEqual(['refused', 'kept']);
    expect(box.items()[0]?.slug).toBe('body_too_long');

    box.retry('key-1');
    await vi.runAllTimersAsync();
    expect(states(box)).toEqual(['kept', 'kept']);
  });

  it('uploads the bytes once, however often the message is repeated', async () => {
    answers = [new Refusal('unreachable')];
    const box = outbox();
    box.add('veja', new File(['x'], 'foto.png', { type: 'image/png' }));
    await vi.runAllTimersAsync();
    expect(posted).toEqual([
      { client_key: 'key-1', text: 'veja', attachment_id: 77 },
      { client_key: 'key-1', text: 'veja', attachment_id: 77 },
    ]);
  });

  it('says that a file was lost when the page closed before it was sent', () => {
    isReady = false;
    outbox().add('', new File(['x'], 'foto.png'));
    expect(outbox().items()[0]).toMatchObject({ state: 'refused', slug: 'file_lost' });
  });

  it('lets go of kept ones the history never showed, after a day', async () => {
    outbox().add('um', null);
    await vi.runAllTimersAsync();
    vi.setSystemTime(Date.now() + 25 * 60 * 60 * 1000);
    expect(outbox().items()).toEqual([]);
  });

  it('sends nothing more of a person who left while one was on its way', async () => {
    const box = outbox();
    box.add('um', null);
    box.add('dois', null);
    box.clear();
    await vi.runAllTimersAsync();
    expect(texts()).toEqual(['um']);
    expect(box.items()).toEqual([]);
  });

  it('two tabs do not lose each other’s messages', () => {
    isReady = false;
    const [one, other] = [outbox(), outbox()];
    one.add('daqui', null);
    other.add('dali', null);
    one.add('daqui de novo', null);
    expect(
      new Set(
        outbox()
          .items()
          .map(({ text }) => text),
      ),
    ).toEqual(new Set(['daqui', 'dali', 'daqui de novo']));
  });
});
