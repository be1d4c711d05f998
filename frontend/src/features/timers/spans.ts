/** The wall of a place says this; the wall of its next Friday at 18:00. */
export function nextFriday(wall: string): string {
  const day = new Date(`${wall.slice(0, 10)}T00:00:00Z`);
  const FRIDAY = 5;
  day.setUTCDate(day.getUTCDate() + ((FRIDAY - day.getUTCDay() + 7) % 7));
  return `${day.toISOString().slice(0, 10)}T18:00`;
}

export type Unit = 'minutes' | 'hours';

/** Whole hours are shown as hours, everything else in minutes. */
export const unitOf = (minutes: number): Unit =>
  minutes >= 60 && minutes % 60 === 0 ? 'hours' : 'minutes';

export const inUnit = (minutes: number, unit: Unit) => (unit === 'hours' ? minutes / 60 : minutes);
export const toMinutes = (figure: number, unit: Unit) =>
  Math.round(unit === 'hours' ? figure * 60 : figure);
