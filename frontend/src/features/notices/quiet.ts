import type { NoticeChoices } from './api';

/** Minute of the day on the clocks of a zone. */
export function minuteIn(zone: string, now: Date): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(now);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return (of('hour') % 24) * 60 + of('minute');
}

/** As the server judges its pushes: from the one minute up to before the other, past midnight too. */
export function isQuiet(
  {
    quiet_from_min: from,
    quiet_until_min: until,
  }: Pick<NoticeChoices, 'quiet_from_min' | 'quiet_until_min'>,
  minute: number,
): boolean {
  if (from == null || until == null) return false;
  return from <= until ? minute >= from && minute < until : minute >= from || minute < until;
}

/** "22:00" and the minute it is; an empty field is none. */
export const minuteOf = (text: string): number | null => {
  const [, hours, minutes] = /^(\d{2}):(\d{2})/.exec(text) ?? [];
  return hours && minutes ? Number(hours) * 60 + Number(minutes) : null;
};
export const clockOf = (minute: number | null | undefined): string =>
  minute == null
    ? ''
    : `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
