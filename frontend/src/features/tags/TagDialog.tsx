import { Button, Select, Switch, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { refuseField, RefusalLine } from '@/lib/refusal';
import { toast } from '@/lib/toast';
import { Dialog } from '@/ui/Dialog';
import { COLORS, useSaveTag, type Tag, type TagWish } from './api';
import classes from './tags.module.css';

/** Without a tag, a new one. */
export function TagDialog({ tag, onClose }: { tag: Tag | undefined; onClose: () => void }) {
  const { t } = useTranslation(['tags', 'common', 'refused']);
  const save = useSaveTag();
  const form = useForm<TagWish>({
    initialValues: {
      name: tag?.name ?? '',
      color: tag?.color ?? 'plain',
      description: tag?.description ?? '',
      is_active: tag?.is_active ?? true,
    },
    validate: schemaResolver(
      z.object({ name: z.string().check(z.trim(), z.minLength(1, t('refused:required'))) }),
      { sync: true },
    ),
  });
  const title = tag ? t('form.edit') : t('form.new');

  const submit = form.onSubmit((wish) =>
    save.mutate(
      { id: tag?.id, wish },
      {
        onSuccess: () => {
          toast({ message: t('saved') });
          onClose();
        },
        onError: (thrown) => refuseField(form, thrown),
      },
    ),
  );

  return (
    <Dialog open title={title} onClose={onClose}>
      <form onSubmit={submit} aria-label={title} noValidate className={classes.stack}>
        <TextInput
          data-autofocus
          label={t('form.name')}
          maxLength={40}
          {...form.getInputProps('name')}
        />
        <Select
          label={t('form.color')}
          allowDeselect={false}
          data={COLORS.map((color) => ({ value: color, label: t(`color.${color}`) }))}
          leftSection={<i className={classes.dot} data-color={form.getValues().color} />}
          {...form.getInputProps('color')}
        />
        <TextInput
          label={t('form.description')}
          description={t('form.description_hint')}
          maxLength={200}
          {...form.getInputProps('description')}
        />
        {tag && (
          <Switch
            label={t('form.active')}
            description={t('form.active_hint')}
            {...form.getInputProps('is_active', { type: 'checkbox' })}
          />
        )}
        <RefusalLine error={save.error} />
        <div className={classes.acts}>
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('common:save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
