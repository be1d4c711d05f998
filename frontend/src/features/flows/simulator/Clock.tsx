import { Button, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/session';
import { SECOND } from './model/play';
import { opened } from './model/world';
import { useConversation } from './useConversation';
import classes from './simulator.module.css';

const AHEAD = [
  ['minute', 60],
  ['ten', 600],
  ['hour', 3600],
] as const;
const YEAR_S = 366 * 24 * 3600;

/** Time goes by only here. */
export function Clock() {
  const { t } = useTranslation('simulator');
  const format = useFormat();
  const { play, dispatch, query, now } = useConversation();
  const mayNot = play.steps.length === 0 || query.isFetching || Boolean(now?.call);
  const wait = (advance_s: number) => dispatch({ kind: 'did', step: { advance_s } });
  /* A year is as far as one step goes. */
  const until = (iso: string) => {
    const seconds = Math.ceil((Date.parse(iso) - Date.parse(now?.now ?? iso)) / SECOND);
    if (seconds > 0) wait(Math.min(seconds, YEAR_S));
  };
  /* What is said before its doors open is said while they are closed. */
  const untilOpening = (given: Record<string, unknown>, iso: string) => {
    until(iso);
    dispatch({ kind: 'did', step: { fact: opened(given) } });
  };
  return (
    <section className={classes.block} aria-label={t('clock')}>
      <header>
        <h3>{t('clock')}</h3>
        <span className="num">{now && format.timed(now.now)}</span>
      </header>
      <div className={classes.acts}>
        {AHEAD.map(([name, seconds]) => (
          <Button
            key={name}
            variant="default"
            size="xs"
            disabled={mayNot}
            onClick={() => wait(seconds)}
          >
            {t(`ahead.${name}`)}
          </Button>
        ))}
        {now?.next_event_at && (
          <Button
            variant="default"
            size="xs"
            disabled={mayNot}
            onClick={() => until(now.next_event_at ?? '')}
          >
            {t('until_next', { at: format.timed(now.next_event_at) })}
          </Button>
        )}
        {now?.next_opening_at && (
          <Button
            variant="default"
            size="xs"
            disabled={mayNot}
            onClick={() => untilOpening(now.given, now.next_opening_at ?? '')}
          >
            {t('until_opening', { at: format.timed(now.next_opening_at) })}
          </Button>
        )}
        <TextInput
          type="date"
          size="xs"
          aria-label={t('until_day')}
          disabled={mayNot}
          value=""
          onChange={({ currentTarget: { value } }) => value && until(format.startOfDay(value))}
        />
      </div>
    </section>
  );
}
