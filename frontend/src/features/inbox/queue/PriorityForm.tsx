import { Button, Radio } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { toast } from '@/lib/toast';
import type { Ticket } from '../api';
import { PRIORITIES, usePrioritize } from './api';
import classes from './queue.module.css';

/** Forward or back in its queue. */
export function PriorityForm({ ticket, onDone }: { ticket: Ticket; onDone: () => void }) {
  const { t } = useTranslation(['distribution', 'common']);
  const prioritize = usePrioritize(ticket.id);
  const [chosen, setChosen] = useState(ticket.priority);

  return (
    <form
      className={classes.stack}
      aria-label={t('priority_title')}
      onSubmit={(event) => {
        event.preventDefault();
        prioritize.mutate(chosen, {
          onSuccess: () => {
            toast({ message: t('priority_done', { name: t(`priority.${chosen}`) }) });
            onDone();
          },
        });
      }}
    >
      <Radio.Group
        label={t('priority_title')}
        description={t('priority_text')}
        value={chosen}
        onChange={(next) => setChosen(PRIORITIES.find((one) => one === next) ?? chosen)}
      >
        <div className={classes.choices}>
          {PRIORITIES.map((one) => (
            <Radio
              key={one}
              value={one}
              label={t(`priority.${one}`)}
              data-autofocus={one === chosen || undefined}
            />
          ))}
        </div>
      </Radio.Group>
      <RefusalLine error={prioritize.error} />
      <div className={classes.acts}>
        <Button variant="subtle" onClick={onDone}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={prioritize.isPending}>
          {t('common:save')}
        </Button>
      </div>
    </form>
  );
}
