import { Button, Checkbox, PasswordInput, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import IconAlert from '@tabler/icons-react/dist/esm/icons/IconAlertCircle.mjs';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { asRefusal, type Refusal } from '@/api/refusal';
import { makeFormat } from '@/lib/format';
import { useNow, useSeconds } from '@/lib/now';
import { usePageMark } from '@/lib/page-mark';
import { refuseField, sayRefusal } from '@/lib/refusal';
import { AzulejoWall } from '@/ui/Azulejo';
import { Logo } from '@/ui/Logo';
import { useSignIn } from './api';
import classes from './SignIn.module.css';

const DEFAULT_WAIT_S = 30;

const inSeconds = (seconds: number) => Date.now() + seconds * 1000;

/** Why one stands at the door: one left, or the session did. */
type Farewell = 'left' | 'ended' | undefined;

type Props = { onSignedIn: () => void; farewell?: Farewell };

export function SignIn({ onSignedIn, farewell }: Props) {
  const { t, i18n } = useTranslation(['auth', 'common']);
  const format = makeFormat(i18n.resolvedLanguage ?? 'pt-BR', 'America/Sao_Paulo', {
    now: t('common:now'),
    today: '',
    yesterday: '',
  });
  const now = useNow();
  const signIn = useSignIn();
  const firstField = useRef<HTMLInputElement>(null);
  const [refusal, setRefusal] = useState<Refusal>();
  const [closedUntil, setClosedUntil] = useState(0);
  usePageMark(t('title'), 0);

  useEffect(() => firstField.current?.focus(), []);

  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '', remember: true },
    validate: schemaResolver(
      z.object({
        email: z.string().check(z.trim(), z.email(t('email_invalid'))),
        password: z.string().check(z.minLength(1, t('password_missing'))),
        remember: z.boolean(),
      }),
      { sync: true },
    ),
  });

  const submit = form.onSubmit(async (values) => {
    setRefusal(undefined);
    try {
      await signIn.mutateAsync({ ...values, email: values.email.trim() });
      onSignedIn();
    } catch (thrown) {
      const refused = asRefusal(thrown);
      if (refused.status === 429) {
        setClosedUntil(inSeconds(refused.retryAfterS ?? DEFAULT_WAIT_S));
      } else if (!refuseField(form, refused)) {
        setRefusal(refused);
      }
    }
  });

  return (
    <div className={classes.page}>
      <div className={classes.art} aria-hidden="true">
        <AzulejoWall className={classes.wall} />
        <div className={classes.brand}>
          <Logo size={40} />
          {t('common:product')}
        </div>
        <p className={classes.motto}>{t('motto')}</p>
        <p className={classes.more}>{t('motto_more')}</p>
      </div>
      <main className={classes.main}>
        <form className={classes.form} onSubmit={submit} aria-label={t('title')} noValidate>
          <div className={classes.phoneLogo}>
            <Logo size={68} />
          </div>
          <h1>{t('title')}</h1>
          <p className={classes.lead}>{t('lead')}</p>
          <div className={classes.fields}>
            <TextInput
              ref={firstField}
              type="email"
              classNames={{ input: classes.field }}
              label={t('email')}
              autoComplete="username"
              inputMode="email"
              key={form.key('email')}
              {...form.getInputProps('email')}
            />
            <PasswordInput
              classNames={{ input: classes.field }}
              label={t('password')}
              autoComplete="current-password"
              visibilityToggleButtonProps={{ 'aria-label': t('show_password') }}
              key={form.key('password')}
              {...form.getInputProps('password')}
            />
            <Checkbox
              label={t('remember')}
              key={form.key('remember')}
              {...form.getInputProps('remember', { type: 'checkbox' })}
            />
            <SubmitButton closedUntil={closedUntil} busy={signIn.isPending} label={t('title')} />
          </div>
          <Answer refusal={refusal} closedUntil={closedUntil} farewell={farewell} />
          <p className={classes.foot}>
            <span>{t('forgot')}</span>
            <span className="num">
              {t('clock', { time: format.time(new Date(now).toISOString()) })}
            </span>
          </p>
        </form>
      </main>
    </div>
  );
}

function SubmitButton(props: { closedUntil: number; busy: boolean; label: string }) {
  const now = useSeconds();
  return (
    <Button
      type="submit"
      size="lg"
      fullWidth
      loading={props.busy}
      disabled={props.closedUntil > now}
    >
      {props.label}
    </Button>
  );
}

/** Why the door stayed shut; while it is closed, for how long still. */
function Answer(props: { refusal: Refusal | undefined; closedUntil: number; farewell: Farewell }) {
  const { t } = useTranslation(['auth', 'common']);
  const now = useSeconds();
  const left_s = Math.floor((props.closedUntil - now) / 1000);

  if (left_s > 0) {
    const minutes = Math.floor(left_s / 60);
    const time = `${minutes}:${String(left_s % 60).padStart(2, '0')}`;
    return (
      <div className={classes.answer} role="alert">
        <IconAlert size={16} stroke={1.75} />
        <span className="num">{t('wait', { time })}</span>
      </div>
    );
  }
  if (props.refusal) {
    return (
      <div className={classes.answer} role="alert">
        <IconAlert size={16} stroke={1.75} />
        {sayRefusal(props.refusal)}
      </div>
    );
  }
  return (
    <div className={classes.answer} data-calm role="status">
      {props.farewell && t(`farewell.${props.farewell}`)}
    </div>
  );
}
