import { Button } from '@mantine/core';
import IconAlert from '@tabler/icons-react/dist/esm/icons/IconAlertCircle.mjs';
import IconLock from '@tabler/icons-react/dist/esm/icons/IconLock.mjs';
import IconRefresh from '@tabler/icons-react/dist/esm/icons/IconRefresh.mjs';
import { useTranslation } from 'react-i18next';
import { Refusal } from '@/api/refusal';
import { sayRefusal } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { letIn } from '../api';
import { forget, sendAgain, type Pending } from '../model/outbox';
import { AttachmentView } from './AttachmentView';
import { DeliveryTick } from './DeliveryTick';
import classes from './thread.module.css';

const nothing = () => undefined;

/** A message of ours that the server does not have yet. It looks sent only by its clock. */
export function PendingRow({ pending, last }: { pending: Pending; last: boolean }) {
  const { t } = useTranslation(['inbox', 'common']);
  const format = useFormat();
  const refused = pending.state === 'refused';
  const waiting = pending.state === 'queued';
  const look = refused ? 'failed' : pending.mode === 'whisper' ? 'whisper' : 'out';

  return (
    <div
      className={classes.message}
      data-look={look}
      data-side="right"
      data-last={last || undefined}
    >
      <div className={classes.bubble}>
        {pending.mode === 'whisper' && (
          <div className={classes.author}>
            <IconLock size={14} stroke={1.75} aria-hidden="true" />
            {t('message.whisper')}
          </div>
        )}
        {pending.attachment && <AttachmentView attachment={pending.attachment} onView={nothing} />}
        {pending.text && <div className={classes.text}>{pending.text}</div>}
        {refused && (
          <div className={classes.error} role="alert">
            <IconAlert size={16} stroke={1.75} aria-hidden="true" />
            <span>
              <b>{t('message.not_sent')}</b>{' '}
              {sayRefusal(new Refusal({ slug: pending.slug ?? '', status: 400 }))}{' '}
              <i>{t('message.code', { code: pending.code ?? pending.slug })}</i>
            </span>
          </div>
        )}
        <div className={classes.foot}>
          <time dateTime={pending.created_at}>{format.time(pending.created_at)}</time>
          <DeliveryTick state={refused ? 'failed' : 'queued'} />
        </div>
      </div>
      {waiting && (
        <div className={classes.acts}>
          <span role="status">{t('message.waiting')}</span>
          <Button size="xs" variant="subtle" onClick={() => forget(pending.client_key)}>
            {t('common:discard')}
          </Button>
        </div>
      )}
      {refused && (
        <div className={classes.acts}>
          {pending.blind && (
            <Button
              size="xs"
              onClick={() =>
                void letIn(pending.ticket_id, pending.blind ?? []).finally(() =>
                  sendAgain(pending.client_key),
                )
              }
            >
              {t('message.let_in')}
            </Button>
          )}
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRefresh size={14} stroke={1.75} />}
            onClick={() => sendAgain(pending.client_key)}
          >
            {t('common:retry')}
          </Button>
          <Button size="xs" variant="subtle" onClick={() => forget(pending.client_key)}>
            {t('common:discard')}
          </Button>
        </div>
      )}
    </div>
  );
}
