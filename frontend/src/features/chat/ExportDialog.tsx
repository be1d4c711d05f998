import { Button, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { Dialog } from '@/ui/Dialog';
import { accountQuery, useExportChat } from './api';
import classes from './chat.module.css';

const DAY_MS = 86_400_000;
const REASON_MIN = 10;
const today = () => new Date().toISOString().slice(0, 10);
const dayAfter = (day: string) => new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);

function hand(file: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** What two people said in a period, for a duty of law. It asks why, and the trail keeps it. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['chat', 'common']);
  const { startOfDay } = useFormat();
  const { data: account } = useQuery(accountQuery);
  const people = (account?.members ?? []).map(({ id, display_name }) => ({
    value: String(id),
    label: display_name,
  }));
  const [one, setOne] = useState<string | null>(null);
  const [other, setOther] = useState<string | null>(null);
  const [from, setFrom] = useState(today);
  const [until, setUntil] = useState(today);
  const [format, setFormat] = useState<'text' | 'jsonl'>('text');
  const [reason, setReason] = useState('');
  const file = useExportChat();
  const ready =
    one && other && one !== other && from && until >= from && reason.trim().length >= REASON_MIN;

  const submit = () =>
    ready &&
    file.mutate(
      {
        member_a: Number(one),
        member_b: Number(other),
        from: startOfDay(from),
        until: startOfDay(dayAfter(until)),
        format,
        reason: reason.trim(),
      },
      {
        onSuccess: (blob) => {
          hand(blob, format === 'text' ? 'chat.txt' : 'chat.jsonl');
          onClose();
        },
      },
    );

  return (
    <Dialog open title={t('export.title')} onClose={onClose}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <p>{t('export.text')}</p>
        <Select searchable label={t('export.one')} data={people} value={one} onChange={setOne} />
        <Select
          searchable
          label={t('export.other')}
          data={people.filter(({ value }) => value !== one)}
          value={other}
          onChange={setOther}
        />
        <div className={classes.pair}>
          <TextInput
            type="date"
            label={t('export.from')}
            value={from}
            onChange={({ currentTarget: { value } }) => setFrom(value)}
          />
          <TextInput
            type="date"
            label={t('export.until')}
            value={until}
            onChange={({ currentTarget: { value } }) => setUntil(value)}
          />
        </div>
        <SegmentedControl
          aria-label={t('export.format')}
          value={format}
          onChange={(next) => setFormat(next === 'jsonl' ? 'jsonl' : 'text')}
          data={[
            { value: 'text', label: t('export.as_text') },
            { value: 'jsonl', label: t('export.as_json') },
          ]}
        />
        <Textarea
          label={t('export.reason')}
          description={t('export.reason_text')}
          maxLength={300}
          value={reason}
          onChange={({ currentTarget: { value } }) => setReason(value)}
        />
        <RefusalLine error={file.error} />
        <div className={classes.end}>
          <Button variant="subtle" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" disabled={!ready} loading={file.isPending}>
            {t('export.do')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
