import { Anchor, Button, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { paths } from '@/lib/paths';
import { RefusalLine } from '@/lib/refusal';
import { useAskForReset } from './api';
import { Door } from './Door';
import classes from './team.module.css';

/** The same words whether or not somebody is known by this e-mail. */
export function ForgotPassword() {
  const { t } = useTranslation(['team', 'refused']);
  const ask = useAskForReset();
  const form = useForm({
    initialValues: { email: '' },
    validate: schemaResolver(
      z.object({ email: z.string().check(z.trim(), z.email(t('refused:email_invalid'))) }),
      { sync: true },
    ),
  });
  if (ask.isSuccess) {
    return (
      <Door title={t('forgot.sent_title')} lead={t('forgot.sent_text', { email: ask.variables })}>
        <BackToSignIn />
      </Door>
    );
  }
  return (
    <Door title={t('forgot.title')} lead={t('forgot.text')}>
      <form
        className={classes.stack}
        onSubmit={form.onSubmit(({ email }) => ask.mutate(email.trim()))}
        aria-label={t('forgot.title')}
        noValidate
      >
        <TextInput
          type="email"
          label={t('forgot.email')}
          autoComplete="username"
          inputMode="email"
          {...form.getInputProps('email')}
        />
        <RefusalLine error={ask.error} />
        <Button type="submit" size="lg" fullWidth loading={ask.isPending}>
          {t('forgot.send')}
        </Button>
      </form>
      <BackToSignIn />
    </Door>
  );
}

export function BackToSignIn() {
  const { t } = useTranslation('team');
  return (
    <p className={classes.doorFoot}>
      <Anchor component={Link} to={paths.signIn}>
        {t('forgot.back')}
      </Anchor>
    </p>
  );
}
