import { expect, it } from 'vitest';
import { averageOf, spreadOf, together } from './scores';

it('has an average only of what was answered', () => {
  expect(averageOf({ sum: 9, answered: 2 })).toBe(4.5);
  expect(averageOf({ sum: 0, answered: 0 })).toBeNull();
});

it('spreads from the best score to the least, with those that nobody gave', () => {
  const scores = [
    { score: 2, count: 1 },
    { score: 5, count: 7 },
  ];
  expect(spreadOf({ scores }).map(({ score, count }) => [score, count])).toEqual([
    [5, 7],
    [4, 0],
    [3, 0],
    [2, 1],
  ]);
  expect(spreadOf({ scores: [] })).toEqual([]);
});

it('adds several up', () => {
  const one = { asked: 3, answered: 2, sum: 9 };
  expect(together([one, one])).toEqual({ asked: 6, answered: 4, sum: 18 });
  expect(together([])).toEqual({ asked: 0, answered: 0, sum: 0 });
});
