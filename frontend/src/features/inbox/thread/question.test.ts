import { expect, it } from 'vitest';
import { aMessage } from '@/testing/factories';
import { isTapOf, optionsOf, pickedOf, picksOf, wordsOf } from './question';

const asked = (token: number, more: object = {}) =>
  aMessage({
    seq: token,
    direction: 'out',
    author_kind: 'bot',
    kind: 'question',
    text: 'Como posso ajudar?',
    detail: {
      style: 'buttons',
      options: [
        { id: `b1.c.${token}.fatura`, label: 'Fatura', description: null },
        {
          id: `b1.c.${token}.pessoa`,
          label: 'Falar com alguém',
          description: 'De segunda a sexta',
        },
      ],
    },
    ...more,
  });
const tapped = (id: string) =>
  aMessage({ seq: 9, kind: 'choice', text: 'Fatura', detail: { id, title: 'Fatura' } });

it('knows which option of which asking was tapped', () => {
  const picks = picksOf([asked(1), asked(2), tapped('b1.c.2.fatura')]);
  expect(pickedOf(asked(1), picks)).toBeUndefined();
  expect(pickedOf(asked(2), picks)).toBe('b1.c.2.fatura');
});

it('needs no quote of the question that marks what was tapped', () => {
  expect(isTapOf(tapped('b1.c.1.fatura'), asked(1))).toBe(true);
  expect(isTapOf(tapped('b1.c.1.fatura'), asked(2))).toBe(false);
  expect(isTapOf(tapped('b1.c.1.fatura'), undefined)).toBe(false);
  expect(isTapOf(aMessage({ text: 'Fatura' }), asked(1))).toBe(false);
});

it('shows less of what is damaged or was taken back, and never breaks', () => {
  expect(optionsOf(asked(1, { detail: { options: [{ id: 7 }] } }))).toEqual([]);
  expect(optionsOf(asked(1, { detail: null }))).toEqual([]);
  expect(optionsOf(asked(1, { deleted_at: '2026-11-21T15:00:00Z' }))).toEqual([]);
  expect(picksOf([aMessage({ kind: 'choice', detail: { title: 'Sem id' } })]).size).toBe(0);
});

it('is found by what it offers', () => {
  expect(wordsOf(asked(1))).toBe('Como posso ajudar? · Fatura · Falar com alguém');
});
