import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { RefusalState } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import type { Ticket } from '../api';
import { useNames } from '../names';
import { decisionsQuery, type Decision } from './api';
import classes from './queue.module.css';
import { useOutcome, useVerdict } from './reason';

/** Each time that its queue decided: who got it, or that nobody could, and of everybody why. */
export function Decisions({ ticket, onDone }: { ticket: Ticket; onDone: () => void }) {
  const { t } = useTranslation(['distribution', 'common']);
  const decisions = useQuery(decisionsQuery(ticket));
  return (
    <div className={classes.stack}>
      {decisions.data ? (
        decisions.data.data.length === 0 ? (
          <p className={classes.lead}>{t('why_none')}</p>
        ) : (
          decisions.data.data.map((decision) => <One key={decision.id} decision={decision} />)
        )
      ) : decisions.isError ? (
        <RefusalState error={decisions.error} onRetry={() => void decisions.refetch()} />
      ) : (
        <Skeleton height={120} />
      )}
      <div className={classes.acts}>
        <Button data-autofocus variant="default" onClick={onDone}>
          {t('common:close')}
        </Button>
      </div>
    </div>
  );
}

function One({ decision }: { decision: Decision }) {
  const { t } = useTranslation('distribution');
  const format = useFormat();
  const names = useNames();
  const outcome = useOutcome()(decision);
  const say = useVerdict();
  const { member_id, decided_at, department_id, why } = decision;
  const name = (id: number) => names.member(id) ?? '…';
  return (
    <section className={classes.decision}>
      <h3>
        {member_id === null
          ? t('waited', { reason: outcome })
          : t('given', { name: name(member_id), how: outcome })}
      </h3>
      <p>
        <time dateTime={decided_at}>{format.exact(decided_at)}</time> ·{' '}
        {names.department(department_id)} · {t(`mode.${why.mode}`)}.{' '}
        {why.ahead === 0 ? t('ahead_none') : t('ahead', { count: why.ahead })}
      </p>
      <ul className={classes.people}>
        {why.candidates.map((candidate) => (
          <li key={candidate.member_id} data-chosen={candidate.verdict === 'chosen' || undefined}>
            <span className="cut">{name(candidate.member_id)}</span>
            <small>{say(candidate, why.limit_here)}</small>
          </li>
        ))}
        {why.more > 0 && <li>{t('more', { count: why.more })}</li>}
      </ul>
    </section>
  );
}
