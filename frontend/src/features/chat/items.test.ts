import type { ChatMessage } from './api';
import { chatItems } from './items';

const said = (seq: number, author_id: number, created_at: string): ChatMessage => ({
  chat_id: 1,
  seq,
  author_id,
  text: `n ${seq}`,
  attachment: null,
  link: null,
  client_key: `key-${seq}`,
  created_at,
});
const options = { dayOf: (iso: string) => iso.slice(0, 10), seenSeq: 9, me: 7, hasOlder: false };

it('puts a day over its first message, and the line over what others said since', () => {
  const messages = [
    said(1, 7, '2026-03-04T15:00:00Z'),
    said(2, 8, '2026-03-05T15:00:00Z'),
    said(3, 8, '2026-03-05T15:01:00Z'),
  ];
  const items = chatItems(messages, [], { ...options, seenSeq: 1 });
  expect(items.map(({ key }) => key)).toEqual([
    'day-2026-03-04',
    'key-1',
    'day-2026-03-05',
    'new-2',
    'key-2',
    'key-3',
  ]);
  expect(items.find(({ type }) => type === 'new')).toMatchObject({ count: 2 });
});

it('draws no line over my own words, and no day whose beginning is not here', () => {
  const items = chatItems([said(5, 7, '2026-03-04T15:00:00Z')], [], {
    ...options,
    seenSeq: 0,
    hasOlder: true,
  });
  expect(items.map(({ type }) => type)).toEqual(['message']);
});

it('shows what is on its way once, under one key', () => {
  const pending = ['key-1', 'key-2'].map((client_key) => ({
    client_key,
    chat_id: 1,
    text: 'x',
    created_at: '2026-03-04T15:00:00Z',
  }));
  const items = chatItems([said(1, 7, '2026-03-04T15:00:00Z')], pending, options);
  expect(items.map(({ key }) => key)).toEqual(['day-2026-03-04', 'key-1', 'key-2']);
});
