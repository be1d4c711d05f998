import { Popover, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNow } from '@/lib/now';
import { useFormat } from '@/lib/session';
import { RefusalLine } from '@/lib/refusal';
import { ticketSlaQuery, type Ticket } from '../api';
import { TicketClock } from '../list/TicketClock';
import { promiseClock } from '../model/clock';
import classes from './sla.module.css';

type Props = { ticket: Ticket; sla: NonNullable<Ticket['sla']> };

/** What is left of the nearest promise; a click says until when, and what became of the others. */
export function Promises({ ticket, sla }: Props) {
  const { t } = useTranslation('timers');
  const format = useFormat();
  const clock = promiseClock(sla, useNow());
  return (
    <Popover position="bottom-start" withinPortal trapFocus>
      <Popover.Target>
        <UnstyledButton
          className={`${classes.badge} reach`}
          title={t('badge.due', { kind: t(`kinds.${sla.kind}`), when: format.exact(sla.due_at) })}
        >
          <TicketClock clock={clock} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.drop} aria-label={t('badge.title')}>
        <History ticketId={ticket.id} />
      </Popover.Dropdown>
      {clock.is === 'late' && (
        <span className="hidden" role="alert">
          {t('badge.late', { kind: t(`kinds.${sla.kind}`) })}
        </span>
      )}
    </Popover>
  );
}

function History({ ticketId }: { ticketId: number }) {
  const { t } = useTranslation('timers');
  const format = useFormat();
  const sla = useQuery(ticketSlaQuery(ticketId));
  if (sla.isError) return <RefusalLine error={sla.error} />;
  const { running = [], results = [] } = sla.data ?? {};
  const over = results.filter(({ ended_at }) => ended_at !== null);
  return (
    <dl className={classes.list}>
      {running.map(({ kind, started_at, due_at, is_paused, target_s, policy_name }) => (
        <div key={kind + started_at}>
          <dt>
            {t(`kinds.${kind}`)} · {format.duration(target_s)}
          </dt>
          <dd className="num">
            {is_paused || !due_at
              ? t('badge.paused')
              : t('badge.until', {
                  when: format.exact(due_at),
                  zone: format.zoneName(format.zone),
                })}
            {policy_name && ` · ${policy_name}`}
          </dd>
        </div>
      ))}
      {over.map(({ kind, started_at, outcome, spent_s, policy_name }) => (
        <div key={kind + started_at} data-outcome={outcome}>
          <dt>{t(`kinds.${kind}`)}</dt>
          <dd className="num">
            {t(`outcome.${outcome}`)}
            {spent_s !== null && ` · ${format.duration(spent_s)}`}
            {policy_name && ` · ${policy_name}`}
          </dd>
        </div>
      ))}
    </dl>
  );
}
