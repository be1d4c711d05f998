import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { wordsFor } from '@/lib/i18n';
import { RefusalState } from '@/lib/refusal';
import { healthQuery } from './api';
import classes from './operator.module.css';
import { useNumbers } from './useNumbers';

export function Health() {
  const { t } = useTranslation('operator');
  const format = useNumbers();
  const health = useQuery(healthQuery);
  if (health.isError && !health.data)
    return <RefusalState error={health.error} onRetry={() => void health.refetch()} />;
  if (!health.data) return null;
  const { queues, dead, inbound, as_of } = health.data;
  const age = (waiting: number, seconds: number) => (waiting > 0 ? format.duration(seconds) : '');
  return (
    <section className={classes.health} aria-label={t('health')}>
      <h2>{t('health')}</h2>
      <dl>
        <Figure
          name={t('inbound')}
          value={format.number(inbound.pending)}
          age={age(inbound.pending, inbound.oldest_s)}
        />
        {queues.map(({ queue, waiting, oldest_s }) => (
          <Figure
            key={queue}
            name={wordsFor('operator', `queue.${queue}`) ?? queue}
            value={format.number(waiting)}
            age={age(waiting, oldest_s)}
          />
        ))}
        {dead.map(({ kind, count }) => (
          <Figure key={kind} name={t('dead', { kind })} value={format.number(count)} isBad />
        ))}
      </dl>
      <small className="num">{t('as_of', { time: format.time(as_of) })}</small>
    </section>
  );
}

type FigureProps = { name: string; value: string; age?: string; isBad?: boolean };

function Figure({ name, value, age, isBad }: FigureProps) {
  const { t } = useTranslation('operator');
  return (
    <div data-bad={isBad || undefined}>
      <dt>{name}</dt>
      <dd className="num">
        {value} {age && <small>{t('oldest', { age })}</small>}
      </dd>
    </div>
  );
}
