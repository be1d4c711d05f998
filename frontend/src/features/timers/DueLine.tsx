import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/session';
import { dueQuery } from './api';
import { nextFriday } from './spans';
import classes from './timers.module.css';

type Props = { minutes: number | null; departmentId: number | null; what?: string };

/** What so many minutes mean for somebody who writes on a Friday at six, by the hours that count there. */
export function DueLine({ minutes, departmentId, what }: Props) {
  const { t } = useTranslation('timers');
  const format = useFormat();
  const wall = nextFriday(format.wall(new Date().toISOString()));
  const due = useQuery({
    ...dueQuery(minutes ?? 1, departmentId, wall),
    enabled: minutes !== null && minutes > 0,
    placeholderData: (before) => before,
  });
  if (minutes === null || !due.data) return null;
  const { due_wall, period_name, time_zone } = due.data;
  const say = (text: string) => `${format.calendarDay(text.slice(0, 10))} ${text.slice(11, 16)}`;
  return (
    <p className={classes.due} role="status">
      {what && <b>{what}</b>}{' '}
      {due_wall
        ? t('due.line', { arrives: say(due.data.wall), due: say(due_wall) })
        : t('due.never')}{' '}
      <small>
        {period_name ? t('due.hours', { name: period_name }) : t('due.always')} ·{' '}
        {format.zoneName(time_zone)}
      </small>
    </p>
  );
}
