import { clockOf, isQuiet, minuteIn, minuteOf } from './quiet';

const hours = (from: number | null, until: number | null) => ({
  quiet_from_min: from,
  quiet_until_min: until,
});

it('is quiet from the one minute up to before the other, past midnight too', () => {
  expect(isQuiet(hours(null, null), 0)).toBe(false);
  expect(isQuiet(hours(720, 780), 719)).toBe(false);
  expect(isQuiet(hours(720, 780), 720)).toBe(true);
  expect(isQuiet(hours(720, 780), 780)).toBe(false);
  expect(isQuiet(hours(1320, 420), 1439)).toBe(true);
  expect(isQuiet(hours(1320, 420), 0)).toBe(true);
  expect(isQuiet(hours(1320, 420), 420)).toBe(false);
});

it('reads the clocks of the account, midnight as the first minute', () => {
  expect(minuteIn('America/Sao_Paulo', new Date('2026-03-04T15:00:00Z'))).toBe(720);
  expect(minuteIn('America/Sao_Paulo', new Date('2026-03-05T03:00:00Z'))).toBe(0);
});

it('says a minute as a clock and back', () => {
  expect(minuteOf(clockOf(1230))).toBe(1230);
  expect(clockOf(null)).toBe('');
  expect(minuteOf('')).toBeNull();
});
