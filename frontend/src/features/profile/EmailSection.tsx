import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refuseField, RefusalLine } from '@/lib/refusal';
import { useSession } from '@/lib/session';
import { useAskForEmail } from './api';
import classes from './profile.module.css';

/** Asked for here, done by the link in the letter to the new address. */
export function EmailSection() {
  const { t } = useTranslation('profile');
  const { user } = useSession();
  const ask = useAskForEmail();
  const [refusal, setRefusal] = useState<unknown>();
  const form = useForm({ initialValues: { email: '' } });

  const submit = form.onSubmit(async ({ email }) => {
    setRefusal(undefined);
    try {
      await ask.mutateAsync(email);
      form.reset();
    } catch (thrown) {
      if (!refuseField(form, thrown)) setRefusal(thrown);
    }
  });

  return (
    <section className={classes.section} aria-labelledby="profile-email">
      <h2 id="profile-email">{t('email.title')}</h2>
      <p>{t('email.lead', { email: user.email })}</p>
      <form onSubmit={submit} className={classes.form} noValidate>
        <TextInput
          type="email"
          label={t('email.new')}
          autoComplete="off"
          {...form.getInputProps('email')}
        />
        <RefusalLine error={refusal} />
        <p role="status">{ask.isSuccess && t('email.sent', { email: ask.variables })}</p>
        <div>
          <Button type="submit" loading={ask.isPending} disabled={!form.values.email.trim()}>
            {t('email.submit')}
          </Button>
        </div>
      </form>
    </section>
  );
}
