import { Button } from '@mantine/core';
import IconAlert from '@tabler/icons-react/dist/esm/icons/IconAlertCircle.mjs';
import IconClock from '@tabler/icons-react/dist/esm/icons/IconClockHour4.mjs';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal } from '@/api/refusal';
import { RefusalLine, sayRefusal } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { scheduledQuery, useScheduledActs, type Scheduled } from './api';
import { LaterDialog } from './LaterDialog';
import classes from './compose.module.css';

type Props = {
  ticketId: number;
  /** How often the clock was pressed. */
  asked: number;
  text: string;
  attachmentIds: readonly number[];
  onDone: () => void;
};

/** What is said later in this conversation, above the composer; and the dialog that adds to it. */
export function LaterTool({ ticketId, asked, text, attachmentIds, onDone }: Props) {
  const { t } = useTranslation('compose');
  const { data } = useQuery(scheduledQuery(ticketId));
  const [answered, setAnswered] = useState(0); // the press that the dialog was closed after
  const rows = data?.data ?? [];
  return (
    <>
      {rows.length > 0 && (
        <ul className={classes.later} aria-label={t('later.label')}>
          {rows.map((scheduled) => (
            <LaterRow key={scheduled.id} scheduled={scheduled} />
          ))}
        </ul>
      )}
      <LaterDialog
        ticketId={ticketId}
        open={asked > answered}
        text={text}
        attachmentIds={attachmentIds}
        onClose={() => setAnswered(asked)}
        onDone={onDone}
      />
    </>
  );
}

function LaterRow({ scheduled }: { scheduled: Scheduled }) {
  const { t } = useTranslation(['compose', 'common']);
  const format = useFormat();
  const { edit, cancel, sendNow } = useScheduledActs(scheduled.ticket_id);
  const [editing, setEditing] = useState(false);
  const { id, state, error_slug, send_at, text } = scheduled;
  const failed = state === 'failed';
  const Glyph = failed ? IconAlert : IconClock;
  return (
    <li data-failed={failed || undefined}>
      <Glyph size={16} stroke={1.75} aria-hidden="true" />
      <div>
        <b className="num">
          {failed
            ? t('later.failed')
            : t('later.at', { date: format.date(send_at), time: format.time(send_at) })}
        </b>
        <span className="cut">{text || t('later.file')}</span>
        {failed && (
          <small>{sayRefusal(new Refusal({ slug: error_slug ?? '', status: 409 }))}</small>
        )}
        <RefusalLine error={cancel.error ?? sendNow.error} />
      </div>
      <span>
        <Button size="xs" variant="subtle" onClick={() => setEditing(true)}>
          {t('later.edit')}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          loading={sendNow.isPending}
          onClick={() => sendNow.mutate(id)}
        >
          {t('later.now')}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          color="red"
          loading={cancel.isPending}
          onClick={() => cancel.mutate(id)}
        >
          {failed ? t('common:discard') : t('later.cancel')}
        </Button>
      </span>
      <LaterDialog
        ticketId={scheduled.ticket_id}
        open={editing}
        scheduled={scheduled}
        edit={edit}
        text={text}
        attachmentIds={[]}
        onClose={() => setEditing(false)}
        onDone={() => undefined}
      />
    </li>
  );
}
