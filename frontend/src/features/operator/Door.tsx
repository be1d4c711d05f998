import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { refuseField, RefusalLine } from '@/lib/refusal';
import { Logo } from '@/ui/Logo';
import { useOperatorSignIn } from './api';
import classes from './operator.module.css';

export function Door() {
  const { t } = useTranslation(['operator', 'auth']);
  const signIn = useOperatorSignIn();
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: '', password: '' } });
  const submit = form.onSubmit((values) =>
    signIn.mutate(values, { onError: (thrown) => refuseField(form, thrown) }),
  );
  return (
    <main id="content" className={classes.door}>
      <form onSubmit={submit} aria-label={t('title')} noValidate>
        <Logo size={40} />
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
    </main>
  );
}
