import { aMessage, aReply, anAttachment } from '@/testing/factories';
import type { Pending } from './outbox';
import { threadItems } from './thread-items';

const at = (time: string) => `2026-11-20T${time}:00.000Z`;
const dayOf = (iso: string) => iso.slice(0, 10);
const items = (messages: Parameters<typeof threadItems>[0], seenSeq: number | null = null) =>
  threadItems(messages, [], { dayOf, seenSeq, hasOlder: false });

it('groups what one person says within two minutes', () => {
  const drawn = items([
    aMessage({ seq: 1, created_at: at('12:00') }),
    aMessage({ seq: 2, created_at: at('12:01') }),
    aMessage({ seq: 3, created_at: at('12:04') }),
  ]);
  expect(drawn.map((item) => ('last' in item ? [item.first, item.last] : item.type))).toEqual([
    'day',
    [true, false],
    [false, true],
    [true, true],
  ]);
});

it('does not group across people or days', () => {
  const drawn = items([
    aMessage({ seq: 1, created_at: '2026-11-20T23:59:30.000Z' }),
    aMessage({ seq: 2, created_at: '2026-11-21T00:00:10.000Z' }),
    aReply({ seq: 3, created_at: '2026-11-21T00:00:20.000Z' }),
  ]);
  expect(drawn.map(({ type }) => type)).toEqual(['day', 'message', 'day', 'message', 'message']);
});

it('draws one line before the first message that was not seen, and counts', () => {
  const drawn = items(
    [
      aMessage({ seq: 1, created_at: at('12:00') }),
      aReply({ seq: 2, created_at: at('12:10') }),
      aMessage({ seq: 3, created_at: at('12:20') }),
      aMessage({ seq: 4, created_at: at('12:30') }),
    ],
    2,
  );
  expect(drawn.map(({ key }) => key)).toEqual([
    'day-2026-11-20',
    'seq-1',
    'seq-2',
    'new-3',
    'seq-3',
    'seq-4',
  ]);
  expect(drawn[3]).toMatchObject({ type: 'new', count: 2 });
});

it('puts pictures without words that follow each other in one grid', () => {
  const picture = (seq: number, text = '') =>
    aMessage({ seq, kind: 'image', text, attachments: [anAttachment({ id: seq, kind: 'image' })] });
  const drawn = items([picture(1), picture(2), picture(3), picture(4, 'olha')]);
  expect(drawn.map(({ type }) => type)).toEqual(['day', 'album', 'message']);
  expect(drawn[1]).toMatchObject({ messages: [{ seq: 1 }, { seq: 2 }, { seq: 3 }] });
});

it('keeps the key of an optimistic message when the server has it', () => {
  const pending: Pending = {
    client_key: 'chave-12345',
    account_id: 1,
    member_id: 7,
    ticket_id: 5,
    mode: 'reply',
    text: 'já vou',
    created_at: at('12:00'),
    state: 'sending',
  };
  const options = { dayOf, seenSeq: null, hasOlder: false };
  const before = threadItems([], [pending], options);
  const sent = aReply({ seq: 1, client_key: 'chave-12345', created_at: at('12:00') });
  const after = threadItems([sent], [pending], options);
  expect(before.map(({ key }) => key)).toEqual(['chave-12345']);
  expect(after.map(({ key }) => key)).toEqual(['day-2026-11-20', 'chave-12345']);
});

it('begins without a day when older messages are still elsewhere', () => {
  const messages = [
    aMessage({ seq: 51, created_at: at('12:00') }),
    aMessage({ seq: 52, created_at: at('12:01') }),
  ];
  const drawn = (hasOlder: boolean) =>
    threadItems(messages, [], { dayOf, seenSeq: null, hasOlder }).map(({ type }) => type);
  expect(drawn(true)).toEqual(['message', 'message']);
  expect(drawn(false)).toEqual(['day', 'message', 'message']);
});
