import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { toast } from '@/lib/toast';
import type { Ticket } from '../api';
import { returnWaysQuery, useReturn } from './api';
import classes from './acts.module.css';

/** Which flow is to go on with it. */
export function ReturnForm({ ticket, onDone }: { ticket: Ticket; onDone: () => void }) {
  const { t } = useTranslation(['acts', 'common']);
  const ways = useQuery(returnWaysQuery(ticket.id));
  const giveBack = useReturn(ticket.id);
  const [flow, setFlow] = useState<string | null>(null);
  return (
    <form
      className={classes.stack}
      aria-label={t('return.title')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        giveBack.mutate(
          { mode: 'flow', flow_id: Number(flow) },
          {
            onSuccess: () => {
              toast({ message: t('return.done') });
              onDone();
            },
          },
        );
      }}
    >
      <p className={classes.lead}>{t('return.text')}</p>
      <Select
        data-autofocus
        openOnFocus={false}
        searchable
        label={t('return.which')}
        nothingFoundMessage={t('return.not_found')}
        data={(ways.data?.flows ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
        value={flow}
        onChange={setFlow}
      />
      <RefusalLine error={giveBack.error ?? ways.error} />
      <div className={classes.acts}>
        <Button variant="subtle" onClick={onDone}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" disabled={flow === null} loading={giveBack.isPending}>
          {t('return.act')}
        </Button>
      </div>
    </form>
  );
}
