import { useFormat } from '@/lib/session';
import type { SurveySearch } from './place';

export const SPANS = ['7', '30', '90'] as const;
export const USUAL = '30';
const DAY_MS = 86_400_000;

/** Days of the calendar, both included. */
export type Days = { from: string; to: string };

const later = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** The days that stand in the address, or so many up to today; and the instants at which they begin and end. */
export function usePeriod({ span = USUAL, from, to }: SurveySearch) {
  const { dayKey, startOfDay } = useFormat();
  const today = dayKey(new Date().toISOString());
  const days: Days =
    from || to
      ? { from: from ?? to ?? today, to: to ?? today }
      : { from: later(today, 1 - Number(span)), to: today };
  return { days, from: startOfDay(days.from), until: startOfDay(later(days.to, 1)) };
}
