import { expect, it } from 'vitest';
import { dayAfter, wallOf } from './wall';

it('a wall shows the hours of its place', () => {
  const at = new Date('2026-11-21T01:30:00Z');
  expect(wallOf(at, 'America/Sao_Paulo')).toEqual({ day: '2026-11-20', time: '22:30' });
  expect(wallOf(at, 'Asia/Tokyo')).toEqual({ day: '2026-11-21', time: '10:30' });
});

it('days follow one another across months and years', () => {
  expect(dayAfter('2026-12-31', 1)).toBe('2027-01-01');
  expect(dayAfter('2028-02-28', 1)).toBe('2028-02-29');
  expect(dayAfter('2026-11-20', 7)).toBe('2026-11-27');
});
