import { expect, it } from 'vitest';
import { isReading } from './reading';

const at = (second: number) => `2026-11-27T12:00:0${second}.000Z`;
const book = { waba_id: '1', wanted_at: null, read_at: at(1), failed_at: null, why: null };

it('is being read while it is queued, and from the asking until it came or failed', () => {
  expect(isReading(undefined, null)).toBe(false);
  expect(isReading(undefined, at(1))).toBe(true);
  expect(isReading({ ...book, wanted_at: at(2) }, null)).toBe(true);
  expect(isReading(book, at(2))).toBe(true);
  expect(isReading({ ...book, read_at: at(3) }, at(2))).toBe(false);
  expect(isReading({ ...book, failed_at: at(3), why: 'token_invalid' }, at(2))).toBe(false);
});
