import { Button, PasswordInput, Skeleton, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { paths } from '@/lib/paths';
import { refuseField, RefusalLine, RefusalState } from '@/lib/refusal';
import { useAcceptInvite, useLookAtInvite } from './api';
import { Door } from './Door';
import { BackToSignIn } from './ForgotPassword';
import { LinkIsOver } from './LinkIsOver';
import { useToken } from './useToken';
import classes from './team.module.css';

type Props = { signedInAs: string | undefined };

export function AcceptInvite({ signedInAs }: Props) {
  const { t } = useTranslation('team');
  const token = useToken();
  const invite = useLookAtInvite(token);
  if (invite.error && asRefusal(invite.error).status === 410) {
    return <LinkIsOver error={invite.error} />;
  }
  if (invite.isError) {
    return <RefusalState error={invite.error} onRetry={() => void invite.refetch()} />;
  }
  if (!invite.data) {
    return (
      <Door title={t('accept.loading')} lead="">
        <Skeleton height={44} />
      </Door>
    );
  }
  const { account_name, inviter_name, email, is_known } = invite.data;
  return (
    <Door
      title={t('accept.title', { account: account_name })}
      lead={t('accept.lead', { inviter: inviter_name, email })}
    >
      {!is_known ? (
        <NewPerson token={token} />
      ) : signedInAs === email ? (
        <KnownPerson token={token} />
      ) : (
        <>
          <p>{t(signedInAs ? 'accept.other' : 'accept.sign_in', { email })}</p>
          <BackToSignIn />
        </>
      )}
    </Door>
  );
}

/** Signing in follows: with the new password, or as who they are already. */
function useArrival() {
  const navigate = useNavigate();
  const cache = useQueryClient();
  return async (to: string) => {
    cache.clear();
    await navigate({ href: to, replace: true });
  };
}

function NewPerson({ token }: { token: string }) {
  const { t, i18n } = useTranslation('team');
  const accept = useAcceptInvite();
  const arrive = useArrival();
  const form = useForm({
    initialValues: { name: '', password: '' },
    validate: {
      name: (typed) => (typed.trim() === '' ? t('door.name_missing') : null),
      password: (typed) => (typed === '' ? t('door.password_missing') : null),
    },
  });
  const submit = form.onSubmit(({ name, password }) =>
    accept.mutate(
      {
        token,
        name: name.trim(),
        password,
        locale: i18n.resolvedLanguage === 'en' ? 'en' : 'pt-BR',
      },
      {
        onSuccess: () => void arrive(paths.signIn),
        onError: (thrown) => refuseField(form, thrown),
      },
    ),
  );
  const isShown = Object.keys(form.errors).length > 0;
  return (
    <form className={classes.stack} onSubmit={submit} aria-label={t('accept.form')} noValidate>
      <TextInput
        label={t('door.name')}
        autoComplete="name"
        maxLength={80}
        {...form.getInputProps('name')}
      />
      <PasswordInput
        label={t('door.new_password')}
        description={t('door.password_hint')}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('door.show_password') }}
        {...form.getInputProps('password')}
      />
      {!isShown && <RefusalLine error={accept.error} />}
      <Button type="submit" size="lg" fullWidth loading={accept.isPending}>
        {t('accept.create')}
      </Button>
    </form>
  );
}

function KnownPerson({ token }: { token: string }) {
  const { t } = useTranslation('team');
  const accept = useAcceptInvite();
  const arrive = useArrival();
  return (
    <div className={classes.stack}>
      <RefusalLine error={accept.error} />
      <Button
        size="lg"
        fullWidth
        loading={accept.isPending}
        onClick={() => accept.mutate({ token }, { onSuccess: () => void arrive('/') })}
      >
        {t('accept.join')}
      </Button>
    </div>
  );
}
