import { Button, PasswordInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refuseField, RefusalLine } from '@/lib/refusal';
import { toast } from '@/lib/toast';
import { useChangePassword } from './api';
import classes from './profile.module.css';

export function PasswordSection() {
  const { t } = useTranslation(['profile', 'factor']);
  const change = useChangePassword();
  const [refusal, setRefusal] = useState<unknown>();
  const form = useForm({ initialValues: { current: '', password: '' } });
  const eye = { visibilityToggleButtonProps: { 'aria-label': t('factor:show_password') } };

  const submit = form.onSubmit(async (values) => {
    setRefusal(undefined);
    try {
      await change.mutateAsync(values);
      form.reset();
      toast({ message: t('password.done') });
    } catch (thrown) {
      if (!refuseField(form, thrown)) setRefusal(thrown);
    }
  });

  return (
    <section className={classes.section} aria-labelledby="profile-password">
      <h2 id="profile-password">{t('password.title')}</h2>
      <p>{t('password.lead')}</p>
      <form onSubmit={submit} className={classes.form}>
        <PasswordInput
          label={t('password.current')}
          autoComplete="current-password"
          {...eye}
          {...form.getInputProps('current')}
        />
        <PasswordInput
          label={t('password.new')}
          description={t('password.hint')}
          autoComplete="new-password"
          {...eye}
          {...form.getInputProps('password')}
        />
        <RefusalLine error={refusal} />
        <div>
          <Button
            type="submit"
            loading={change.isPending}
            disabled={!form.values.current || !form.values.password}
          >
            {t('password.submit')}
          </Button>
        </div>
      </form>
    </section>
  );
}
