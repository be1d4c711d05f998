import { Button, PasswordInput, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import IconAlert from '@tabler/icons-react/dist/esm/icons/IconAlertCircle.mjs';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import * as z from 'zod/mini';
import { asRefusal, type Refusal } from '@/api/refusal';
import { sayDevice } from '@/lib/device';
import { makeFormat } from '@/lib/format';
import { useNow, useSeconds } from '@/lib/now';
import { refuseField, sayRefusal } from '@/lib/refusal';
import { door, farewellQuery } from './api';
import type { StepAnswer } from './steps';
import classes from './SignIn.module.css';

const DEFAULT_WAIT_S = 30;

const inSeconds = (seconds: number) => Date.now() + seconds * 1000;

/** Why one stands at the door: one left, or the session did. */
export type Farewell = 'left' | 'ended' | undefined;

type Props = { farewell: Farewell; onNext: (answer: StepAnswer) => void };

export function PasswordStep({ farewell, onNext }: Props) {
  const { t, i18n } = useTranslation(['auth', 'common']);
  const format = makeFormat(i18n.resolvedLanguage ?? 'pt-BR', 'America/Sao_Paulo', {
    now: t('common:now'),
    today: '',
    yesterday: '',
  });
  const now = useNow();
  const signIn = useMutation({ mutationFn: door.password });
  const firstField = useRef<HTMLInputElement>(null);
  const [refusal, setRefusal] = useState<Refusal>();
  const [closedUntil, setClosedUntil] = useState(0);

  useEffect(() => firstField.current?.focus(), []);

  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '' },
    validate: schemaResolver(
      z.object({
        email: z.string().check(z.trim(), z.email(t('email_invalid'))),
        password: z.string().check(z.minLength(1, t('password_missing'))),
      }),
      { sync: true },
    ),
  });

  const submit = form.onSubmit(async (values) => {
    setRefusal(undefined);
    try {
      onNext(await signIn.mutateAsync(values));
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
    <form onSubmit={submit} aria-label={t('title')} noValidate>
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
        <div className={classes.secret}>
          <PasswordInput
            classNames={{ input: classes.field }}
            label={t('password')}
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': t('show_password') }}
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          <a href={paths.forgot} className={`${classes.forgot} reach`}>
            {t('forgot')}
          </a>
        </div>
        <SubmitButton closedUntil={closedUntil} busy={signIn.isPending} label={t('title')} />
      </div>
      <Answer refusal={refusal} closedUntil={closedUntil} farewell={farewell} />
      <p className={classes.foot}>
        <span className="num">
          {t('clock', { time: format.time(new Date(now).toISOString()) })}
        </span>
      </p>
    </form>
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
      {props.farewell === 'left' && t('farewell.left')}
      {props.farewell === 'ended' && <WhyEnded />}
    </div>
  );
}

/** The reason is worth a sentence where somebody, or something, else ended it. */
function WhyEnded() {
  const { t } = useTranslation('auth');
  const { data: why } = useQuery(farewellQuery);
  if (why?.slug === 'session_taken_over' && why.by) {
    return t('farewell.taken_over', { device: sayDevice(why.by.device), address: why.by.address });
  }
  if (why?.slug === 'session_idle') return t('farewell.idle');
  if (why?.slug === 'session_reused') return t('farewell.reused');
  if (why?.slug === 'session_password_changed') return t('farewell.password_changed');
  if (why?.slug === 'session_email_changed') return t('farewell.email_changed');
  return t('farewell.ended');
}
