import { Menu } from '@mantine/core';
import IconBot from '@tabler/icons-react/dist/esm/icons/IconRobot.mjs';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { sayRefusal } from '@/lib/refusal';
import { toast } from '@/lib/toast';
import type { Ticket } from '../api';
import { startAct } from '../model/acting';
import classes from './acts.module.css';
import { returnWaysQuery, useReturn } from './api';

/**
 * Gives a ticket to the bot again: it asks once more what it asked, begins from the start, or another flow speaks. Where
 * no flow could take it there is nothing to offer.
 */
export function ReturnItems({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('acts');
  const { data: ways } = useQuery(returnWaysQuery(ticket.id));
  const giveBack = useReturn(ticket.id);
  if (!ways) return null;
  const { is_opted_out, can_resume, can_restart, flows } = ways;
  if (!can_restart && flows.length === 0) return null;
  const back = (mode: 'resume' | 'restart') =>
    giveBack.mutate(
      { mode },
      {
        onSuccess: () => void toast({ message: t('return.done') }),
        onError: (thrown) => toast({ message: sayRefusal(asRefusal(thrown)), tone: 'bad' }),
      },
    );
  const why = (can: boolean, reason: string) =>
    is_opted_out ? t('return.opted_out') : can ? undefined : reason;
  return (
    <>
      <Way
        label={t('return.resume')}
        why={why(can_resume, t('return.nothing_waits'))}
        onClick={() => back('resume')}
      />
      <Way
        label={t('return.restart')}
        why={why(can_restart, t('return.begins_nowhere'))}
        onClick={() => back('restart')}
      />
      {flows.length > 0 && (
        <Way
          label={t('return.flow')}
          why={why(true, '')}
          onClick={() => startAct({ kind: 'return', ticket })}
        />
      )}
    </>
  );
}

type WayProps = { label: string; why: string | undefined; onClick: () => void };

/** What cannot be done stays where it always is, can be reached, and says why. */
function Way({ label, why, onClick }: WayProps) {
  return (
    <Menu.Item
      leftSection={<IconBot size={16} stroke={1.75} />}
      {...(why
        ? { 'aria-disabled': true, closeMenuOnClick: false, className: classes.unable }
        : { onClick })}
    >
      {label}
      {why && <small>{why}</small>}
    </Menu.Item>
  );
}
