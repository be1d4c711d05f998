import type { Range, WeekRange } from './api';

export const DAY_MIN = 1440;
/** Days of a week in the order in which people write them; the last are holidays. */
export const WEEK_DAYS = [1, 2, 3, 4, 5, 6, 0] as const;
export const HOLIDAY = 7;
export const DAYS = [...WEEK_DAYS, HOLIDAY] as const;
export type Day = (typeof DAYS)[number];

/** 480 → "08:00"; 1560 → "02:00", of the next date. */
export function clock(min: number): string {
  const within = min % DAY_MIN;
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(within / 60))}:${two(within % 60)}`;
}

/** "08:00" → 480; nothing while it is being typed. */
export function minutes(text: string): number | undefined {
  const found = /^(\d{1,2}):(\d{2})$/.exec(text);
  if (!found) return undefined;
  const [hour, minute] = [Number(found[1]), Number(found[2])];
  return hour < 24 && minute < 60 ? hour * 60 + minute : undefined;
}

/** A range as two clocks say it: an end that is not after its beginning is on the next date. */
export const rangeOf = (from: number, until: number): Range => ({
  from_min: from,
  until_min: until % DAY_MIN > from ? until % DAY_MIN : (until % DAY_MIN) + DAY_MIN,
});

export const passesMidnight = ({ until_min }: Range): boolean => until_min > DAY_MIN;

export const sorted = <T extends Range>(ranges: readonly T[]): T[] =>
  ranges.toSorted((a, b) => a.from_min - b.from_min);

/** Where a range lies over the one before it. */
export const overlaps = (ranges: readonly Range[]): boolean =>
  sorted(ranges).some((range, at, all) => at > 0 && range.from_min < (all[at - 1]?.until_min ?? 0));

/** What a day is offered when somebody adds to it: after what is there, or the morning. */
export function nextRange(ranges: readonly Range[]): Range {
  const last = Math.max(-1, ...ranges.map(({ until_min }) => until_min));
  if (last < 0) return { from_min: 480, until_min: 1080 };
  const from = Math.min(last + 60, DAY_MIN - 60);
  return { from_min: from, until_min: Math.min(from + 240, DAY_MIN) };
}

export const ofDay = (week: readonly WeekRange[], day: number): Range[] =>
  week.filter((one) => one.day === day).map(({ from_min, until_min }) => ({ from_min, until_min }));

/** The week with this day's ranges in the place of what it had; days in order, ranges too. */
export function withDay(week: readonly WeekRange[], day: number, ranges: readonly Range[]) {
  return [
    ...week.filter((one) => one.day !== day),
    ...ranges.map((range) => ({ day, ...range })),
  ].toSorted((a, b) => a.day - b.day || a.from_min - b.from_min);
}

export const copyDay = (week: readonly WeekRange[], from: number, to: readonly number[]) =>
  to.reduce((all, day) => withDay(all, day, ofDay(week, from)), [...week]);

/** A piece of a day as it is drawn: what the night before left over is a piece of this one. */
export type Piece = { from_min: number; until_min: number; isLeftOver: boolean };

export function piecesOf(week: readonly WeekRange[], day: (typeof WEEK_DAYS)[number]): Piece[] {
  const before = (day + 6) % 7;
  return [
    ...ofDay(week, before)
      .filter(passesMidnight)
      .map(({ until_min }) => ({ from_min: 0, until_min: until_min - DAY_MIN, isLeftOver: true })),
    ...ofDay(week, day).map(({ from_min, until_min }) => ({
      from_min,
      until_min: Math.min(until_min, DAY_MIN),
      isLeftOver: false,
    })),
  ];
}
