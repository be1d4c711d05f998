import { useTranslation } from 'react-i18next';
import { useFigures } from '@/lib/figures';
import { useFormat } from '@/lib/session';
import type { Scores } from './api';
import { averageOf, spreadOf } from './scores';
import classes from './surveys.module.css';

type Props = { scores: Scores; chosen: number | undefined; onChoose: (score?: number) => void };

/** How many gave each score, as long as the bar; a score shows its answers below. */
export function Spread({ scores, chosen, onChoose }: Props) {
  const { t } = useTranslation('surveys');
  const format = useFormat();
  const { share, decimal } = useFigures();
  const rows = spreadOf(scores);
  const most = Math.max(1, ...rows.map(({ count }) => count));
  return (
    <section className={classes.spread} aria-labelledby="survey-spread">
      <h3 id="survey-spread">{t('spread')}</h3>
      <p className="hidden">
        {t('spread_said', { count: scores.answered, average: decimal(averageOf(scores)) })}
      </p>
      <ul>
        {rows.map(({ score, count }) => (
          <li key={score}>
            <button
              type="button"
              aria-pressed={chosen === score}
              disabled={count === 0}
              aria-label={t('score_said', {
                score,
                count,
                share: share(count / Math.max(1, scores.answered)),
              })}
              onClick={() => onChoose(chosen === score ? undefined : score)}
            >
              <b className="num">{score}</b>
              <span className={classes.track} aria-hidden="true">
                <i style={{ width: `${(count / most) * 100}%` }} />
              </span>
              <span className="num">
                {format.number(count)} · {share(count / Math.max(1, scores.answered))}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
