import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, inAccount, unwrap } from '@/api/client';
import { RefusalLine } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { contactQuery } from '../api';
import classes from './panel.module.css';

/** Who writes is in the conversation only, until somebody wants them in the address book. */
export function Unsaved({ contactId }: { contactId: number }) {
  const { t } = useTranslation('intake');
  const can = useCan();
  const cache = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/v1/contacts/{id}/save', {
          params: { header: inAccount(), path: { id: contactId } },
        }),
      ),
    onSuccess: (contact) => {
      cache.setQueryData(contactQuery(contactId).queryKey, contact);
      return cache.invalidateQueries({ queryKey: ['contacts', 'list'] });
    },
  });
  return (
    <div className={classes.unsaved} role="note">
      <p>{t('unsaved.text')}</p>
      {can('contacts.create') && (
        <Button size="xs" variant="default" loading={save.isPending} onClick={() => save.mutate()}>
          {t('unsaved.save')}
        </Button>
      )}
      <RefusalLine error={save.error} />
    </div>
  );
}
