import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { toast } from '@/lib/toast';
import { useCatalogue, type Ticket } from '../api';
import { useAssign } from './api';
import classes from './queue.module.css';

/** Into a colleague's hands, whoever has it now. */
export function AssignForm({ ticket, onDone }: { ticket: Ticket; onDone: () => void }) {
  const { t } = useTranslation(['distribution', 'common']);
  const { data } = useCatalogue();
  const assign = useAssign(ticket.id);
  const [member, setMember] = useState<string | null>(null);
  const people = (data?.members ?? []).filter(
    ({ id, is_agent, is_active }) => is_agent && is_active && id !== ticket.assignee_id,
  );

  return (
    <form
      className={classes.stack}
      aria-label={t('assign_title')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const chosen = people.find(({ id }) => String(id) === member);
        if (!chosen) return;
        assign.mutate(chosen.id, {
          onSuccess: () => {
            toast({ message: t('assign_done', { name: chosen.display_name }) });
            onDone();
          },
        });
      }}
    >
      <p className={classes.lead}>{t('assign_text')}</p>
      <Select
        data-autofocus
        openOnFocus={false}
        searchable
        label={t('assign_to')}
        data={people.map(({ id, display_name, serving }) => ({
          value: String(id),
          label: `${display_name} · ${t('assign_held', { count: serving })}`,
        }))}
        value={member}
        onChange={setMember}
      />
      <RefusalLine error={assign.error} />
      <div className={classes.acts}>
        <Button variant="subtle" onClick={onDone}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" disabled={member === null} loading={assign.isPending}>
          {t('assign_act')}
        </Button>
      </div>
    </form>
  );
}
