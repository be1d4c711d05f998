import { useTranslation } from 'react-i18next';
import { useFigures } from '@/lib/figures';
import { useFormat } from '@/lib/session';
import type { Funnel } from './api';
import classes from './results.module.css';

const RATES = ['containment', 'transfer', 'fallback', 'silent', 'opt_out'] as const;

/** All together: how many, and what part of those that ended went which way. Each says what it counts. */
export function Figures({ figures }: { figures: Funnel['figures'] }) {
  const { t } = useTranslation('flows');
  const format = useFormat();
  const { share } = useFigures();
  const { runs, live, held, ended, bot_median_ms } = figures;
  const rows = [
    {
      key: 'runs',
      value: format.number(runs),
      note: t('results.note.runs', { live: format.number(live), held: format.number(held) }),
    },
    ...RATES.map((rate) => ({
      key: rate,
      value: share(figures[`${rate}_rate`]),
      note: t(`results.note.${rate}`),
    })),
    {
      key: 'bot_time',
      value: bot_median_ms === null ? '–' : seconds(bot_median_ms, format.duration),
      note: t('results.note.bot_time'),
    },
  ] as const;
  return (
    <section aria-label={t('results.together')}>
      <dl className={classes.figures}>
        {rows.map(({ key, value, note }) => (
          <div key={key}>
            <dt>{t(`results.figure.${key}`)}</dt>
            <dd>
              <b className="num">{value}</b>
              <small>{note}</small>
            </dd>
          </div>
        ))}
      </dl>
      <p className={classes.quiet}>{t('results.of_ended', { count: ended })}</p>
    </section>
  );
}

/** Short ones have their figure too. */
export const seconds = (ms: number, say: (seconds: number) => string) =>
  ms < 10_000 ? `${Math.max(1, Math.round(ms / 1000))} s` : say(ms / 1000);
