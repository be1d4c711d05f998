import { Button, TextInput } from '@mantine/core';
import IconMoon from '@tabler/icons-react/dist/esm/icons/IconMoon.mjs';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { toast } from '@/lib/toast';
import type { Ticket } from '../api';
import { openingsQuery, useSnooze } from './api';
import { fromField, snoozePresets } from './presets';
import classes from './acts.module.css';

/** One press for the usual times; a field for the others. */
export function SnoozeForm({ ticket, onDone }: { ticket: Ticket; onDone: () => void }) {
  const { t } = useTranslation('acts');
  const format = useFormat();
  const snooze = useSnooze(ticket.id);
  const openings = useQuery(openingsQuery(ticket.id));
  const [typed, setTyped] = useState('');
  const chosen = fromField(format, typed);

  const until = (iso: string) =>
    snooze.mutate(iso, {
      onSuccess: () => {
        toast({ message: t('done.snooze', { when: format.upcoming(iso) }) });
        onDone();
      },
    });

  return (
    <form
      className={classes.stack}
      aria-label={t('snooze_title')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen) until(chosen);
      }}
    >
      <p className={classes.lead}>{t('snooze_text')}</p>
      <ul className={classes.presets}>
        {snoozePresets(format, new Date(), openings.data).map(({ word, until: iso }, at) => (
          <li key={word}>
            <button
              type="button"
              className={classes.option}
              data-autofocus={at === 0 || undefined}
              disabled={snooze.isPending}
              onClick={() => until(iso)}
            >
              <IconMoon size={16} stroke={1.75} aria-hidden="true" />
              <span>{t(`preset.${word}`)}</span>
              <small className="num">{format.upcoming(iso)}</small>
            </button>
          </li>
        ))}
      </ul>
      <div className={classes.date}>
        <TextInput
          type="datetime-local"
          label={t('preset.date')}
          value={typed}
          onChange={({ currentTarget: { value } }) => setTyped(value)}
        />
        <Button type="submit" disabled={!chosen} loading={snooze.isPending}>
          {t('snooze_act')}
        </Button>
      </div>
      <RefusalLine error={snooze.error} />
    </form>
  );
}
