import { Button, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { refuseField, RefusalLine } from '@/lib/refusal';
import { useSession } from '@/lib/session';
import { useEditContact, type Contact } from '../api';
import classes from './panel.module.css';

const MASK_EMAIL = 2;

/** Only what changed is told: a name or an e-mail shown with a mask would go back with it. */
export function ContactForm({ contact, onDone }: { contact: Contact; onDone: () => void }) {
  const { t } = useTranslation(['inbox', 'auth', 'common', 'refused']);
  const edit = useEditContact(contact.id);
  const { account } = useSession();
  const hidesEmail = (account.masks & MASK_EMAIL) !== 0;
  const saved = { name: contact.name, email: contact.email ?? '' };
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: saved,
    validate: schemaResolver(
      z.object({
        name: z.string().check(z.trim(), z.minLength(1, t('refused:field_required'))),
        email: hidesEmail ? z.string() : z.union([z.literal(''), z.email(t('auth:email_invalid'))]),
      }),
      { sync: true },
    ),
  });
  const submit = form.onSubmit(({ name, email }) =>
    edit.mutate(
      { ...(name !== saved.name && { name }), ...(email !== saved.email && { email }) },
      { onSuccess: onDone, onError: (thrown) => refuseField(form, thrown) },
    ),
  );

  return (
    <form className={classes.form} onSubmit={submit} aria-label={t('panel.edit')} noValidate>
      <TextInput
        label={t('panel.name')}
        maxLength={120}
        key={form.key('name')}
        {...form.getInputProps('name')}
      />
      <TextInput
        label={t('panel.email')}
        type="email"
        maxLength={254}
        {...(hidesEmail && { readOnly: true, description: t('mask.kept') })}
        key={form.key('email')}
        {...form.getInputProps('email')}
      />
      <RefusalLine error={edit.error} />
      <div>
        <Button variant="subtle" onClick={onDone}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={edit.isPending}>
          {t('common:save')}
        </Button>
      </div>
    </form>
  );
}
