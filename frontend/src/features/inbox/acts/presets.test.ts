import { makeFormat } from '@/lib/format';
import { fromField, snoozePresets } from './presets';

const format = makeFormat('pt-BR', 'America/Sao_Paulo', { now: '', today: '', yesterday: '' });
const words = (now: string) =>
  Object.fromEntries(snoozePresets(format, new Date(now)).map(({ word, until }) => [word, until]));

it('reads the clock of the account, not of the browser', () => {
  expect(words('2026-11-18T12:00:00Z')).toEqual({
    hour: '2026-11-18T13:00:00.000Z',
    afternoon: '2026-11-18T17:00:00.000Z',
    tomorrow: '2026-11-19T11:00:00.000Z',
  });
});

it('offers no afternoon that is over, and Monday on a Friday', () => {
  expect(words('2026-11-20T20:00:00Z')).toEqual({
    hour: '2026-11-20T21:00:00.000Z',
    tomorrow: '2026-11-21T11:00:00.000Z',
    business: '2026-11-23T11:00:00.000Z',
  });
});

it('follows the hours of the department, where it keeps any', () => {
  const openings = { next_at: '2026-11-20T21:30:00Z', later_day_at: '2026-11-21T11:00:00Z' };
  const presets = snoozePresets(format, new Date('2026-11-20T20:00:00Z'), openings);
  expect(presets.map(({ word }) => word)).toEqual(['hour', 'opening', 'later_day']);
  const same = { next_at: '2026-11-21T11:00:00Z', later_day_at: '2026-11-21T11:00:00Z' };
  expect(
    snoozePresets(format, new Date('2026-11-20T20:00:00Z'), same).map(({ word }) => word),
  ).toEqual(['hour', 'opening']);
});

it('takes a typed date for one of the account', () => {
  expect(fromField(format, '2026-11-20T14:30')).toBe('2026-11-20T17:30:00.000Z');
  expect(fromField(format, '')).toBeUndefined();
});
