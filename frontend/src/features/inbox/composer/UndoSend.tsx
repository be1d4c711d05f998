import { useTranslation } from 'react-i18next';
import { useHeldActs } from '@/lib/grace';
import { useSeconds } from '@/lib/now';
import { undoSend } from '../model/outbox';
import classes from './composer.module.css';

/** "Enviando em 4 s · Desfazer": the seconds in which a send can be taken back. */
export function UndoSend({ ticketId }: { ticketId: number }) {
  const held = useHeldActs().filter(({ subject }) => subject === `send ${ticketId}`);
  const last = held.at(-1);
  return last ? <Countdown id={last.id} due_at={last.due_at} /> : null;
}

function Countdown({ id, due_at }: { id: string; due_at: number }) {
  const { t } = useTranslation(['inbox', 'common']);
  const now = useSeconds();
  const count = Math.max(1, Math.ceil((due_at - now) / 1000));
  return (
    <div className={classes.undo} role="status">
      <span className="num" aria-live="off">
        {t('composer.sending_in', { count })}
      </span>
      <button type="button" onClick={() => undoSend(id)}>
        {t('common:undo')}
      </button>
    </div>
  );
}
