import { expect, it } from 'vitest';
import { inUnit, nextFriday, toMinutes, unitOf } from './spans';

it('finds the coming Friday, which may be today', () => {
  expect(nextFriday('2026-03-04T12:00')).toBe('2026-03-06T18:00');
  expect(nextFriday('2026-03-06T23:59')).toBe('2026-03-06T18:00');
  expect(nextFriday('2026-12-27T08:00')).toBe('2027-01-01T18:00');
});

it('shows whole hours as hours and keeps the minutes of the others', () => {
  expect(unitOf(4320)).toBe('hours');
  expect(unitOf(90)).toBe('minutes');
  expect(unitOf(0)).toBe('minutes');
  expect(inUnit(4320, 'hours')).toBe(72);
  expect(toMinutes(72, 'hours')).toBe(4320);
  expect(toMinutes(15, 'minutes')).toBe(15);
});
