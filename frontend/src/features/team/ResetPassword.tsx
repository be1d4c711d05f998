import { Button, PasswordInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { refuseField, RefusalLine } from '@/lib/refusal';
import { useConfirmReset } from './api';
import { Door } from './Door';
import { BackToSignIn } from './ForgotPassword';
import { LinkIsOver } from './LinkIsOver';
import { useToken } from './useToken';
import classes from './team.module.css';

export function ResetPassword() {
  const { t } = useTranslation('team');
  const token = useToken();
  const confirm = useConfirmReset();
  const form = useForm({
    initialValues: { password: '' },
    validate: { password: (typed) => (typed === '' ? t('door.password_missing') : null) },
  });

  if (confirm.isSuccess) {
    return (
      <Door title={t('reset.done_title')} lead={t('reset.done_text')}>
        <BackToSignIn />
      </Door>
    );
  }
  if (token === '' || (confirm.error && asRefusal(confirm.error).status === 410)) {
    return <LinkIsOver error={confirm.error} />;
  }
  return (
    <Door title={t('reset.title')} lead={t('reset.text')}>
      <form
        className={classes.stack}
        onSubmit={form.onSubmit(({ password }) =>
          confirm.mutate({ token, password }, { onError: (thrown) => refuseField(form, thrown) }),
        )}
        aria-label={t('reset.title')}
        noValidate
      >
        <PasswordInput
          label={t('door.new_password')}
          description={t('door.password_hint')}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('door.show_password') }}
          {...form.getInputProps('password')}
        />
        {!form.errors.password && <RefusalLine error={confirm.error} />}
        <Button type="submit" size="lg" fullWidth loading={confirm.isPending}>
          {t('reset.save')}
        </Button>
      </form>
      <BackToSignIn />
    </Door>
  );
}
