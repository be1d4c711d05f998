import { describe, expect, it } from 'vitest';
import { message } from './testing/fake-server';
import { lastOfOurs, merge, rowsOf } from './thread';

const at = (time: string) => new Date(`2026-11-20T${time}`).toISOString();

describe('the thread', () => {
  it('holds each message once, in the order of the ids, whatever came first', () => {
    const [a, b, c] = [message(), message(), message()];
    const once = merge([b, c], [a, b]);
    expect(once).toEqual([a, b, c]);
    expect(merge(once, [])).toEqual([a, b, c]);
  });

  it('believes the newer telling of a message', () => {
    const before = message({ from: 'visitor', state: 'accepted' });
    const after = { ...before, state: 'read' };
    expect(merge([before], [after])).toEqual([after]);
  });

  it('compares ids as plain text', () => {
    const ids = merge(
      [message({ id: '000b' })],
      [message({ id: '000a' }), message({ id: '0010' })],
    );
    expect(ids.map(({ id }) => id)).toEqual(['000a', '000b', '0010']);
  });

  it('finds the newest that is not the visitor’s', () => {
    const team = message();
    expect(lastOfOurs([team, message({ from: 'visitor' })])).toBe(team);
    expect(lastOfOurs([message({ from: 'visitor' })])).toBeUndefined();
  });

  it('shows an outgoing one until the history does, under the same key', () => {
    const outgoing = {
      key: 'k1',
      order: Date.now(),
      text: 'oi',
      file: null,
      attachment_id: null,
      state: 'kept',
      slug: null,
      progress: 0,
    } as const;
    expect(rowsOf([], [outgoing]).map(({ key, kind }) => [key, kind])).toEqual([
      ['k1', 'outgoing'],
    ]);
    const stored = message({ from: 'visitor', client_key: 'k1' });
    expect(rowsOf([stored], [outgoing]).map(({ key, kind }) => [key, kind])).toEqual([
      ['k1', 'message'],
    ]);
  });

  it('groups what one person said within two minutes', () => {
    const rows = rowsOf(
      [
        message({ created_at: at('12:00:00') }),
        message({ created_at: at('12:01:00') }),
        message({ created_at: at('12:05:00') }),
        message({ created_at: at('12:05:10'), author: 'Diego' }),
      ],
      [],
    );
    expect(rows.map(({ startsGroup, endsGroup }) => [startsGroup, endsGroup])).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
    ]);
  });

  it('starts a day where a day starts', () => {
    const rows = rowsOf(
      [
        message({ created_at: at('12:00:00') }),
        message({ created_at: at('12:00:01') }),
        message({ created_at: new Date('2026-11-21T12:00:00').toISOString() }),
      ],
      [],
    );
    expect(rows.map(({ startsDay }) => startsDay)).toEqual([true, false, true]);
  });
});
