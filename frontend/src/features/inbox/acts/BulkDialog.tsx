import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { Dialog } from '@/ui/Dialog';
import { useCatalogue, type Catalogue } from '../api';
import type { BulkAct, BulkWish } from './api';
import { snoozePresets } from './presets';
import classes from './acts.module.css';

export type BulkTarget = { ticket_ids: number[] } | { filter: string };
type Asking = Exclude<BulkAct, 'read'>;

type Props = {
  act: Asking;
  target: BulkTarget;
  error: unknown;
  busy: boolean;
  onStart: (wish: BulkWish) => void;
  onClose: () => void;
};

const options = (rows: readonly { id: number; name: string }[], prefix = '') =>
  rows.map(({ id, name }) => ({ value: `${prefix}${id}`, label: name }));

/** What is chosen for each act, and what it is in the wish. */
function useChoices(act: Asking, catalogue: Catalogue | undefined) {
  const { t } = useTranslation('acts');
  const format = useFormat();
  const [presets] = useState(() => snoozePresets(format, new Date()));
  switch (act) {
    case 'tag':
    case 'untag':
      return options(
        (catalogue?.tags ?? []).filter(({ is_active }) => is_active || act === 'untag'),
      );
    case 'close':
      return options(catalogue?.close_reasons ?? []);
    case 'snooze':
      return presets.map(({ word, until }) => ({
        value: until,
        label: `${t(`preset.${word}`)} · ${format.upcoming(until)}`,
      }));
    case 'transfer':
      return [
        {
          group: t('bulk.departments'),
          items: options(
            (catalogue?.departments ?? []).filter((one) => one.is_active),
            'd',
          ),
        },
        {
          group: t('bulk.members'),
          items: (catalogue?.members ?? [])
            .filter(({ is_agent, is_active }) => is_agent && is_active)
            .map(({ id, display_name }) => ({ value: `m${id}`, label: display_name })),
        },
      ];
  }
}

function wishOf(act: Asking, choice: string): Omit<BulkWish, 'ticket_ids' | 'filter'> {
  switch (act) {
    case 'tag':
    case 'untag':
      return { act, tag_id: Number(choice) };
    case 'close':
      return { act, reason_id: Number(choice) };
    case 'snooze':
      return { act, until: choice };
    case 'transfer':
      return choice.startsWith('d')
        ? { act, department_id: Number(choice.slice(1)) }
        : { act, assignee_id: Number(choice.slice(1)) };
  }
}

export function BulkDialog({ act, target, error, busy, onStart, onClose }: Props) {
  const { t } = useTranslation(['acts', 'common']);
  const { data } = useCatalogue();
  const choices = useChoices(act, data);
  const [choice, setChoice] = useState<string | null>(null);
  const title = t(`bulk.act.${act}`);
  return (
    <Dialog open title={title} width={420} onClose={onClose}>
      <form
        className={classes.stack}
        aria-label={title}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (choice) onStart({ ...wishOf(act, choice), ...target });
        }}
      >
        <p className={classes.lead}>
          {'filter' in target
            ? t('bulk.all_warning')
            : t('bulk.selected', { count: target.ticket_ids.length })}
        </p>
        <Select
          data-autofocus
          openOnFocus={false}
          searchable
          label={t(`bulk.pick.${act}`)}
          data={choices}
          value={choice}
          onChange={setChoice}
        />
        <RefusalLine error={error} />
        <div className={classes.acts}>
          <Button variant="subtle" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" disabled={!choice} loading={busy}>
            {title}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
