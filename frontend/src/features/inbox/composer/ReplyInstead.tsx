import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { useCan, useFormat } from '@/lib/session';
import { useTakeTicket, type Ticket } from '../api';
import { firstName, useNames, usePersonName } from '../names';
import classes from './composer.module.css';

const TemplateDialog = lazy(async () => ({
  default: (await import('./TemplateDialog')).TemplateDialog,
}));

export type Obstacle = 'closed' | 'forbidden' | 'not_mine' | 'window';

type Props = { ticket: Ticket; why: Obstacle; onWhisper: () => void };

/** In place of the text: why a reply cannot go now, and what can be done instead. */
export function ReplyInstead({ ticket, why, onWhisper }: Props) {
  const { t } = useTranslation('inbox');
  const can = useCan();
  const take = useTakeTicket(ticket.id);
  const sentence = useSentence(ticket, why);
  const fromQueue = ticket.controller === 'queue';
  const [choosing, setChoosing] = useState<boolean>();
  const mayTake = why === 'not_mine' && can(fromQueue ? 'tickets.pick' : 'tickets.take_over');

  return (
    <div className={classes.instead}>
      <p>{sentence}</p>
      <div>
        {mayTake && (
          <Button loading={take.isPending} onClick={() => take.mutate(undefined)}>
            {t('act.take')}
          </Button>
        )}
        {why === 'window' && can('messages.template') && (
          <Button onClick={() => setChoosing(true)}>{t('composer.template')}</Button>
        )}
        {can('tickets.whisper') && (
          <Button variant="default" onClick={onWhisper}>
            {t('composer.do_whisper')}
          </Button>
        )}
      </div>
      <RefusalLine error={take.error} />
      {choosing !== undefined && (
        <Suspense>
          <TemplateDialog ticket={ticket} open={choosing} onClose={() => setChoosing(false)} />
        </Suspense>
      )}
    </div>
  );
}

function useSentence(ticket: Ticket, why: Obstacle) {
  const { t } = useTranslation('inbox');
  const format = useFormat();
  const names = useNames();
  const customer = firstName(usePersonName()(ticket.contact));

  if (why === 'closed') return t('instead.closed');
  if (why === 'forbidden') return t('instead.forbidden');
  if (why === 'window') {
    const at = ticket.window_ends_at ?? '';
    return t('instead.window', { day: format.day(at), time: format.time(at), name: customer });
  }
  if (ticket.controller === 'bot') return t('instead.bot');
  if (ticket.controller === 'queue') return t('instead.queue', { name: customer });
  return t('instead.held', { name: firstName(names.member(ticket.assignee_id) ?? t('somebody')) });
}
