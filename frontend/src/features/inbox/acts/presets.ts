import type { Format } from '@/lib/format';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const AFTERNOON_H = 14;
const MORNING_H = 8;
const FRIDAY = 5;

export type Preset = {
  word: 'hour' | 'afternoon' | 'opening' | 'later_day' | 'tomorrow' | 'business';
  until: string;
};

/** When somebody is there again, by the hours of the ticket's department; null: it keeps none. */
export type Openings = { next_at: string | null; later_day_at: string | null };
const NO_HOURS: Openings = { next_at: null, later_day_at: null };

/** A time of day in the account's zone, so many days from now. */
function at(format: Format, now: Date, days: number, hour: number) {
  const day = format.dayKey(new Date(now.getTime() + days * DAY_MS).toISOString());
  return new Date(Date.parse(format.startOfDay(day)) + hour * HOUR_MS);
}

/** Those that still lie ahead, the same moment only once. */
export function snoozePresets(format: Format, now: Date, openings = NO_HOURS): Preset[] {
  const { next_at, later_day_at } = openings;
  const weekday = new Date(`${format.dayKey(now.toISOString())}T12:00:00Z`).getUTCDay();
  const toMonday = weekday >= FRIDAY ? 8 - weekday : 1;
  const all = [
    { word: 'hour', until: new Date(now.getTime() + HOUR_MS) },
    { word: 'afternoon', until: at(format, now, 0, AFTERNOON_H) },
    ...(next_at ? [{ word: 'opening', until: new Date(next_at) } as const] : []),
    ...(later_day_at ? [{ word: 'later_day', until: new Date(later_day_at) } as const] : []),
    ...((next_at ?? later_day_at)
      ? []
      : ([
          { word: 'tomorrow', until: at(format, now, 1, MORNING_H) },
          { word: 'business', until: at(format, now, weekday === 0 ? 1 : toMonday, MORNING_H) },
        ] as const)),
  ] as const;
  const seen = new Set<number>();
  return all
    .filter(({ until }) => until > now && !seen.has(until.getTime()) && seen.add(until.getTime()))
    .map(({ word, until }) => ({ word, until: until.toISOString() }));
}

/** What a datetime field holds (2026-08-12T14:30), meant in the account's zone. */
export function fromField(format: Format, text: string): string | undefined {
  const [day = '', time = ''] = text.split('T');
  const [hours, minutes] = time.split(':').map(Number);
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || hours === undefined || minutes === undefined) {
    return undefined;
  }
  const start = Date.parse(format.startOfDay(day));
  return new Date(start + hours * HOUR_MS + minutes * MINUTE_MS).toISOString();
}
