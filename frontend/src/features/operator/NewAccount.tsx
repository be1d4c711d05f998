import { Button, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { refuseField, RefusalLine } from '@/lib/refusal';
import { Dialog } from '@/ui/Dialog';
import { useOpenAccount, type Opening } from './api';
import classes from './operator.module.css';

const FIELDS = ['name', 'slug', 'owner_email', 'owner_name'] as const;

type Props = { open: boolean; onClose: () => void };

/** The owner's password is shown once, here: nothing else of ours will ever know it. */
export function NewAccount({ open, onClose }: Props) {
  const { t } = useTranslation(['operator', 'refused']);
  const opening = useOpenAccount();
  const required = z.string().check(z.trim(), z.minLength(1, t('refused:required')));
  const form = useForm<Opening>({
    initialValues: { name: '', slug: '', owner_email: '', owner_name: '' },
    validate: schemaResolver(
      z.object({ name: required, slug: required, owner_email: required, owner_name: z.string() }),
      { sync: true },
    ),
  });
  const leave = () => {
    opening.reset();
    form.reset();
    onClose();
  };
  const submit = form.onSubmit((values) =>
    opening.mutate(values, { onError: (thrown) => refuseField(form, thrown) }),
  );
  const { data: opened } = opening;

  return (
    <Dialog open={open} title={t('new')} onClose={leave}>
      {opened ? (
        <div className={classes.opened} role="status">
          <p>{opened.owner_is_known ? t('owner_known') : t('owner_password')}</p>
          {opened.password && <code>{opened.password}</code>}
          <Button onClick={leave}>{t('done')}</Button>
        </div>
      ) : (
        <form onSubmit={submit} noValidate className={classes.opened}>
          {FIELDS.map((field) => (
            <TextInput
              key={field}
              label={t(`field.${field}`)}
              description={field === 'slug' ? t('field.slug_how') : undefined}
              type={field === 'owner_email' ? 'email' : 'text'}
              {...form.getInputProps(field)}
            />
          ))}
          <Button type="submit" loading={opening.isPending}>
            {t('open')}
          </Button>
          <RefusalLine error={opening.error} />
        </form>
      )}
    </Dialog>
  );
}
