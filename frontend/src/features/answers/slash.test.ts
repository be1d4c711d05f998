import { expect, it } from 'vitest';
import { movedStops, offsetOf, slashAt } from './slash';

it('a slash counts at the start or after a space, up to the caret', () => {
  expect(slashAt('/', 1)).toEqual({ from: 0, to: 1, words: '' });
  expect(slashAt('Oi /bol', 7)).toEqual({ from: 3, to: 7, words: 'bol' });
  expect(slashAt('Oi /bol', 5)).toEqual({ from: 3, to: 5, words: 'b' });
  expect(slashAt('linha\n/ação', 10)).toEqual({ from: 6, to: 10, words: 'açã' });
});

it('a slash inside of a word, or with a space behind it, is a slash', () => {
  for (const text of ['e/ou', 'http://', '20/11', '/bol eto', '//', ''])
    expect(slashAt(text, text.length)).toBeUndefined();
});

it('characters are counted as the server counts them', () => {
  expect(offsetOf('😀 oi', 2)).toBe(3);
  expect(offsetOf('oi', 9)).toBe(2);
});

it('gaps behind what is typed move along', () => {
  expect(movedStops([3, 10], 'Oi, fim aqui.', 'Oi Ana, fim aqui.')).toEqual([3, 14]);
  expect(movedStops([9], 'abcdefghij', 'abcdefgh')).toEqual([8]);
  expect(movedStops([2], 'abcd', 'abcdef')).toEqual([2]);
});
