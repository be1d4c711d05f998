import { expect, it } from 'vitest';
import {
  clock,
  copyDay,
  minutes,
  nextRange,
  ofDay,
  overlaps,
  piecesOf,
  rangeOf,
  withDay,
} from './week';

const WEEK = [
  { day: 1, from_min: 480, until_min: 1116 },
  { day: 5, from_min: 1320, until_min: 1560 },
];

it('reads and writes what a clock shows', () => {
  expect([clock(480), clock(1116), clock(1440), clock(1560)]).toEqual([
    '08:00',
    '18:36',
    '00:00',
    '02:00',
  ]);
  expect([minutes('08:00'), minutes('18:36'), minutes('24:00'), minutes('8h')]).toEqual([
    480,
    1116,
    undefined,
    undefined,
  ]);
});

it('takes an end that is not after its beginning for the next date', () => {
  expect(rangeOf(480, 1116)).toEqual({ from_min: 480, until_min: 1116 });
  expect(rangeOf(1320, 120)).toEqual({ from_min: 1320, until_min: 1560 });
  expect(rangeOf(1320, 0)).toEqual({ from_min: 1320, until_min: 1440 });
  expect(rangeOf(0, 0)).toEqual({ from_min: 0, until_min: 1440 });
});

it('knows ranges that lie over each other, in whatever order they were written', () => {
  const noon = { from_min: 720, until_min: 780 };
  expect(overlaps([noon, { from_min: 480, until_min: 720 }])).toBe(false);
  expect(overlaps([noon, { from_min: 480, until_min: 721 }])).toBe(true);
});

it('offers the time after what is there, within the day', () => {
  expect(nextRange([])).toEqual({ from_min: 480, until_min: 1080 });
  expect(nextRange([{ from_min: 480, until_min: 720 }])).toEqual({
    from_min: 780,
    until_min: 1020,
  });
  expect(nextRange([{ from_min: 480, until_min: 1430 }])).toEqual({
    from_min: 1380,
    until_min: 1440,
  });
});

it('copies a day to others, and leaves the rest', () => {
  const copied = copyDay(WEEK, 1, [2, 5]);
  expect(copied.map(({ day }) => day)).toEqual([1, 2, 5]);
  expect(ofDay(copied, 5)).toEqual([{ from_min: 480, until_min: 1116 }]);
  expect(ofDay(withDay(WEEK, 1, []), 1)).toEqual([]);
});

it('draws what passes midnight on both days', () => {
  expect(piecesOf(WEEK, 5)).toEqual([{ from_min: 1320, until_min: 1440, isLeftOver: false }]);
  expect(piecesOf(WEEK, 6)).toEqual([{ from_min: 0, until_min: 120, isLeftOver: true }]);
});
