import { Button } from '@mantine/core';
import IconClock from '@tabler/icons-react/dist/esm/icons/IconClock.mjs';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Ticket } from '../api';
import { startAct } from '../model/acting';
import { decisionsQuery } from './api';
import classes from './queue.module.css';
import { useOutcome } from './reason';

/** Why it still waits, where its queue gives by itself. Nothing where people pick. */
export function QueueStrip({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('distribution');
  const { data } = useQuery(decisionsQuery(ticket));
  const say = useOutcome();
  const last = data?.data[0];
  if (!last || last.member_id !== null || last.department_id !== ticket.department_id) return null;
  return (
    <div className={classes.strip} role="status">
      <IconClock size={16} stroke={1.75} aria-hidden="true" />
      <span>{t('because', { reason: say(last) })}</span>
      <Button size="xs" variant="subtle" onClick={() => startAct({ kind: 'why', ticket })}>
        {t('why_ask')}
      </Button>
    </div>
  );
}
