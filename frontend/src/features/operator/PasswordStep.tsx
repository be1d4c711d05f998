import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { refuseField, RefusalLine } from '@/lib/refusal';
import { door, type Step } from './api';
import classes from './operator.module.css';

export function PasswordStep({ onNext }: { onNext: (step: Step) => void }) {
  const { t } = useTranslation(['operator', 'auth']);
  const signIn = useMutation({ mutationFn: door.password, onSuccess: onNext });
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: '', password: '' } });
  const submit = form.onSubmit((values) =>
    signIn.mutate(values, { onError: (thrown) => refuseField(form, thrown) }),
  );
  return (
    <form onSubmit={submit} aria-label={t('title')} className={classes.fields} noValidate>
      <h1>{t('title')}</h1>
      <p>{t('lead')}</p>
      <TextInput
        type="email"
        label={t('auth:email')}
        autoComplete="username"
        key={form.key('email')}
        {...form.getInputProps('email')}
      />
      <PasswordInput
        label={t('auth:password')}
        autoComplete="current-password"
        visibilityToggleButtonProps={{ 'aria-label': t('auth:show_password') }}
        key={form.key('password')}
        {...form.getInputProps('password')}
      />
      <Button type="submit" size="lg" fullWidth loading={signIn.isPending}>
        {t('enter')}
      </Button>
      <RefusalLine error={signIn.error} />
    </form>
  );
}
