import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import form from '@/lib/panes/form.module.css';
import { RefusalLine } from '@/lib/refusal';
import { useFormat, useSession } from '@/lib/session';
import { Dialog } from '@/ui/Dialog';
import { useSchedule, type Scheduled, type useScheduledActs } from './api';
import { dayAfter, wallOf } from './wall';
import classes from './compose.module.css';

type Props = {
  ticketId: number;
  open: boolean;
  /** One that is there already. */
  scheduled?: Scheduled;
  edit?: ReturnType<typeof useScheduledActs>['edit'];
  text: string;
  attachmentIds: readonly number[];
  onClose: () => void;
  onDone: () => void;
};

export function LaterDialog(props: Props) {
  const { t } = useTranslation('compose');
  return (
    <Dialog
      open={props.open}
      width={440}
      title={props.scheduled ? t('later.edit_title') : t('later.title')}
      onClose={props.onClose}
    >
      <LaterForm {...props} />
    </Dialog>
  );
}

const MINUTE_MS = 60_000;

/** Days and hours are the account's, wherever the agent sits. */
function LaterForm({ ticketId, scheduled, edit, text, attachmentIds, onClose, onDone }: Props) {
  const { t } = useTranslation(['compose', 'common']);
  const format = useFormat();
  const { account } = useSession();
  const schedule = useSchedule(ticketId);
  const today = wallOf(new Date(), account.time_zone).day;
  const first = scheduled
    ? wallOf(new Date(scheduled.send_at), account.time_zone)
    : { day: dayAfter(today, 1), time: '08:00' };
  const [day, setDay] = useState(first.day);
  const [time, setTime] = useState(first.time);
  const [words, setWords] = useState(text);
  const [keys] = useState(() => [
    crypto.randomUUID(),
    ...attachmentIds.map(() => crypto.randomUUID()),
  ]);

  const moment = () => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    const start = Date.parse(format.startOfDay(day));
    return new Date(start + (hours * 60 + minutes) * MINUTE_MS).toISOString();
  };
  const done = () => {
    onDone();
    onClose();
  };
  const save = () => {
    const send_at = moment();
    if (scheduled && edit) {
      edit.mutate({ id: scheduled.id, text: words, send_at }, { onSuccess: done });
      return;
    }
    /* As when sending now: the words are the caption of the first file. */
    const parts =
      attachmentIds.length === 0
        ? [{ text, send_at }]
        : attachmentIds.map((attachment_id, index) => ({
            text: index === 0 ? text : '',
            attachment_id,
            send_at,
          }));
    schedule.mutate(
      parts.map((part, index) => ({ ...part, client_key: keys[index] ?? crypto.randomUUID() })),
      { onSuccess: done },
    );
  };
  const presets = [
    { word: 'tomorrow', day: dayAfter(today, 1), time: '08:00' },
    { word: 'in_two', day: dayAfter(today, 2), time: '08:00' },
    { word: 'in_week', day: dayAfter(today, 7), time: '08:00' },
  ] as const;

  return (
    <form
      aria-label={t('later.title')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        /* React hands it on to the composer, in whose form the dialog stands: that one sends. */
        event.stopPropagation();
        save();
      }}
    >
      <div className={form.stack}>
        <div className={classes.presets}>
          {presets.map((preset) => (
            <Button
              key={preset.word}
              size="xs"
              variant="default"
              onClick={() => {
                setDay(preset.day);
                setTime(preset.time);
              }}
            >
              {t(`later.${preset.word}`)}
            </Button>
          ))}
        </div>
        <div className={classes.when}>
          <TextInput
            type="date"
            label={t('later.day')}
            min={today}
            value={day}
            onChange={({ currentTarget: { value } }) => setDay(value)}
          />
          <TextInput
            type="time"
            label={t('later.time')}
            value={time}
            onChange={({ currentTarget: { value } }) => setTime(value)}
          />
        </div>
        {scheduled && (
          <Textarea
            label={t('later.text')}
            autosize
            minRows={2}
            maxRows={8}
            value={words}
            onChange={({ currentTarget: { value } }) => setWords(value)}
          />
        )}
        <p>{t('later.rule')}</p>
        <RefusalLine error={schedule.error ?? edit?.error} />
      </div>
      <div className={form.acts}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button
          type="submit"
          data-autofocus
          loading={schedule.isPending || edit?.isPending === true}
          disabled={day === '' || time === ''}
        >
          {scheduled ? t('common:save') : t('later.act')}
        </Button>
      </div>
    </form>
  );
}
