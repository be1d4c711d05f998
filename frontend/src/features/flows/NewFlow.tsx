import { Button, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import form from '@/lib/panes/form.module.css';
import { paths } from '@/lib/paths';
import { RefusalLine } from '@/lib/refusal';
import { Dialog } from '@/ui/Dialog';
import { useNewFlow } from './api';

const NAME_MAX = 80;

/** An empty flow needs a name and nothing else. */
export function NewFlow({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation(['flows', 'common']);
  const navigate = useNavigate();
  const make = useNewFlow();
  const [name, setName] = useState('');
  return (
    <Dialog open={open} title={t('new.title')} width={440} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate(
            { name: name.trim() },
            {
              onSuccess: ({ id }) =>
                void navigate({ to: paths.flow, params: { flowId: String(id) } }),
            },
          );
        }}
      >
        <TextInput
          label={t('new.name')}
          description={t('new.name_hint')}
          maxLength={NAME_MAX}
          data-autofocus
          value={name}
          onChange={({ currentTarget: { value } }) => setName(value)}
        />
        <RefusalLine error={make.error} />
        <div className={form.acts}>
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={make.isPending} disabled={name.trim() === ''}>
            {t('new.make')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
