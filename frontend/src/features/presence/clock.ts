import type { Break } from './api';

/** Seconds since it began, until it ended or until now, and how far that is beyond its plan. */
export function lengthOf({ started_at, ended_at, planned_min }: Break, now: number) {
  const until = ended_at === null ? now : Date.parse(ended_at);
  const seconds = Math.max(0, Math.floor((until - Date.parse(started_at)) / 1000));
  return { seconds, left: planned_min * 60 - seconds };
}
