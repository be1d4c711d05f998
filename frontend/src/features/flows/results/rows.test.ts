import { expect, it } from 'vitest';
import type { FunnelCard } from './api';
import { asCsv, sorted } from './rows';

const card = (id: string, more: Partial<FunnelCard> = {}) =>
  ({
    card: id,
    type: 'question',
    name: '',
    entries: 1,
    abandoned: 0,
    exits: [],
    ...more,
  }) as FunnelCard;

it('puts cards as the flow meets them, or where most were lost first', () => {
  const document = {
    key: 'x',
    name: 'x',
    channels: [],
    settings: {},
    variables: [],
    start: 'b',
    cards: [
      { id: 'a', type: 'note', v: 1, settings: {} },
      { id: 'b', type: 'note', v: 1, settings: {} },
    ],
    connectors: [{ from: 'b', outlet: 'next', to: 'a' }],
  };
  const types = new Map([
    [
      'note',
      {
        type: 'note',
        v: 1,
        kind: 'tool',
        label: 'Nota',
        fields: [],
        outlets: [{ name: 'next', label: '', required: true }],
      } as const,
    ],
  ]);
  const cards = [card('gone', { abandoned: 5 }), card('a', { abandoned: 9 }), card('b')];
  const ids = (list: FunnelCard[]) => list.map((one) => one.card);
  expect(ids(sorted(cards, 'flow', document, types as never))).toEqual(['b', 'a', 'gone']);
  expect(ids(sorted(cards, 'abandoned', document, types as never))).toEqual(['a', 'gone', 'b']);
});

it('writes a table in which no name becomes a formula or a column', () => {
  const text = asCsv([card('a', { exits: [{ outlet: 'opt:x', n: 2 }] })], () => '=1+1;"x"');
  expect(text.split('\r\n')[1]?.startsWith(`a,"'=1+1;""x""",1,`)).toBe(true);
  expect(text.endsWith(',opt:x=2')).toBe(true);
});
