import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { toast } from '@/lib/toast';
import { useCatalogue, type Ticket } from '../api';
import { useClassify } from './api';
import classes from './acts.module.css';

const idOf = (value: string | null) => (value === null ? null : Number(value));
const textOf = (id: number | null) => (id === null ? null : String(id));

/** What it was about, while it lasts or afterwards. */
export function ClassifyForm({ ticket, onDone }: { ticket: Ticket; onDone: () => void }) {
  const { t } = useTranslation(['acts', 'common']);
  const { data } = useCatalogue();
  const classify = useClassify(ticket.id);
  const [type, setType] = useState(ticket.type_id);
  const [reason, setReason] = useState(ticket.reason_id);
  const types = (data?.ticket_types ?? []).filter(({ id, is_active }) => is_active || id === type);

  return (
    <form
      className={classes.stack}
      aria-label={t('classify_title')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        classify.mutate(
          { type_id: type, reason_id: reason },
          {
            onSuccess: () => {
              toast({ message: t('done.classify') });
              onDone();
            },
          },
        );
      }}
    >
      <Select
        data-autofocus
        openOnFocus={false}
        clearable
        label={t('type')}
        placeholder={t('none')}
        data={types.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={textOf(type)}
        onChange={(value) => setType(idOf(value))}
      />
      <Select
        openOnFocus={false}
        clearable
        searchable
        label={t('reason')}
        placeholder={t('none')}
        data={(data?.close_reasons ?? []).map(({ id, name }) => ({
          value: String(id),
          label: name,
        }))}
        value={textOf(reason)}
        onChange={(value) => setReason(idOf(value))}
      />
      <RefusalLine error={classify.error} />
      <div className={classes.acts}>
        <Button variant="subtle" onClick={onDone}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={classify.isPending}>
          {t('common:save')}
        </Button>
      </div>
    </form>
  );
}
