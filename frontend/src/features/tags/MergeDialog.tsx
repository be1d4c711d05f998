import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { toast } from '@/lib/toast';
import { Dialog } from '@/ui/Dialog';
import { useMergeTag, type Tag } from './api';
import classes from './tags.module.css';

type Props = { tag: Tag; all: readonly Tag[]; onClose: () => void };

export function MergeDialog({ tag, all, onClose }: Props) {
  const { t } = useTranslation(['tags', 'common']);
  const merge = useMergeTag();
  const [into, setInto] = useState<string | null>(null);

  return (
    <Dialog open title={t('merge_dialog.title')} onClose={onClose}>
      <div className={classes.stack}>
        <p>{t('merge_dialog.text', { name: tag.name })}</p>
        <Select
          data-autofocus
          openOnFocus={false}
          searchable
          label={t('merge_dialog.into')}
          data={all
            .filter(({ id, is_active }) => is_active && id !== tag.id)
            .map(({ id, name }) => ({ value: String(id), label: name }))}
          value={into}
          onChange={setInto}
        />
        <RefusalLine error={merge.error} />
        <div className={classes.acts}>
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button
            color="red"
            disabled={into === null}
            loading={merge.isPending}
            onClick={() =>
              merge.mutate(
                { id: tag.id, into: Number(into) },
                {
                  onSuccess: () => {
                    toast({ message: t('merge_dialog.done') });
                    onClose();
                  },
                },
              )
            }
          >
            {t('merge_dialog.act')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
