import { Button, PasswordInput, Switch, TextInput } from '@mantine/core';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Detail } from '@/lib/panes/Detail';
import panes from '@/lib/panes/panes.module.css';
import { paths } from '@/lib/paths';
import { useCan } from '@/lib/session';
import { ChannelMark } from '@/ui/ChannelMark';
import type { Channel } from './api';
import { ConnectionTest } from './ConnectionTest';
import { CopyField } from './CopyField';
import { FormBar } from './FormBar';
import { OwnFields } from './OwnFields';
import type { ChannelForm, FieldName } from './useChannelForm';
import classes from './channels.module.css';

const TemplatesDialog = lazy(async () => ({
  default: (await import('./TemplatesDialog')).TemplatesDialog,
}));

const route = getRouteApi('/in/configuracoes/canais/$channelId');

const STEPS = ['connection', 'number', 'receive', 'welcome', 'test'] as const;
type StepName = (typeof STEPS)[number];

/** A step is done when what it asks for is on the server. */
function isDone(step: StepName, channel: Channel): boolean {
  const { settings, secrets_set } = channel;
  switch (step) {
    case 'connection':
      return secrets_set.includes('access_token') && secrets_set.includes('app_secret');
    case 'number':
      return Boolean(settings.phone_number_id);
    case 'receive':
      return channel.last_event_at !== null;
    case 'welcome':
      return channel.welcome_text !== '';
    case 'test':
      return channel.state === 'connected';
  }
}

/** Where somebody who comes back goes on. */
const firstOpen = (channel: Channel) => {
  const at = STEPS.findIndex((step) => !isDone(step, channel));
  return at < 0 ? STEPS.length - 1 : at;
};

type Props = { channel: Channel; form: ChannelForm };

export function WhatsappWizard({ channel, form }: Props) {
  const { t } = useTranslation('channels');
  const navigate = useNavigate();
  const { step } = route.useSearch();
  const at = Math.min(
    STEPS.length - 1,
    step === undefined ? firstOpen(channel) : Math.max(0, step - 1),
  );
  const current = STEPS[at] ?? 'connection';
  const goTo = (index: number) => void navigate({ to: '.', search: { step: index + 1 } });

  return (
    <Detail
      title={channel.name}
      mark={<ChannelMark kind={channel.kind} size={32} />}
      sub={t('wizard.place', { at: at + 1, total: STEPS.length })}
      back={{ to: paths.channels, label: t('back') }}
      acts={<Templates channel={channel} />}
    >
      <div className={panes.form}>
        <div className={`${panes.scroll} scrolls`}>
          <div className={classes.wizard}>
            <ol className={classes.steps} aria-label={t('wizard.steps')}>
              {STEPS.map((name, index) => {
                const done = isDone(name, channel);
                return (
                  <li key={name} data-done={(done && index !== at) || undefined}>
                    <button
                      type="button"
                      className={classes.step}
                      onClick={() => goTo(index)}
                      aria-current={index === at ? 'step' : undefined}
                    >
                      <i>
                        {done && index !== at ? <IconCheck size={14} stroke={2.25} /> : index + 1}
                      </i>
                      <span>
                        <b>{t(`step.${name}`)}</b>
                        <small>{resultOf(name)}</small>
                      </span>
                    </button>
                  </li>
                );
              })}
            </ol>
            <section className={classes.section} aria-labelledby="step-title">
              <h3 id="step-title">{t(`step_title.${current}`)}</h3>
              <p>{t(`step_text.${current}`)}</p>
              <div className={classes.stack}>
                <StepFields step={current} channel={channel} form={form} />
              </div>
            </section>
          </div>
        </div>
        <FormBar
          form={form}
          onBack={at > 0 ? () => goTo(at - 1) : undefined}
          onNext={at < STEPS.length - 1 ? () => goTo(at + 1) : undefined}
        />
      </div>
    </Detail>
  );

  /** One word under each step: what is known of it already. */
  function resultOf(name: StepName) {
    if (name === 'number') return channel.settings.display_phone_number || t('step_hint.number');
    return isDone(name, channel) ? t(`step_done.${name}`) : t(`step_hint.${name}`);
  }
}

/** What its network approved beforehand; before it belongs to an account there is nothing to show. */
function Templates({ channel }: { channel: Channel }) {
  const { t } = useTranslation('channels');
  const can = useCan();
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(false);
  if (!can('templates.view') || !channel.settings.waba_id) return null;
  return (
    <>
      <Button
        variant="default"
        onClick={() => {
          setAsked(true);
          setOpen(true);
        }}
      >
        {t('templates')}
      </Button>
      <Suspense>
        {asked && <TemplatesDialog channel={channel} open={open} onClose={() => setOpen(false)} />}
      </Suspense>
    </>
  );
}

type StepProps = Props & { step: StepName };

function StepFields({ step, channel, form }: StepProps) {
  const { t } = useTranslation('channels');
  switch (step) {
    case 'connection':
      return (
        <>
          <SecretField name="access_token" channel={channel} form={form} />
          <SecretField name="app_secret" channel={channel} form={form} />
          <details className={classes.advanced}>
            <summary>{t('advanced')}</summary>
            <div className={classes.stack}>
              <Setting name="api_version" form={form} />
              <Setting name="base_url" form={form} />
            </div>
          </details>
        </>
      );
    case 'number':
      return (
        <>
          <Setting name="phone_number_id" form={form} />
          <Setting name="waba_id" form={form} />
          <Setting name="display_phone_number" form={form} />
        </>
      );
    case 'receive':
      return (
        <>
          <CopyField label={t('field.hook_url')} value={channel.hook_url} />
          <CopyField label={t('field.verify_token')} value={channel.verify_token} secret />
          <ConnectionTest channel={channel} unsaved={form.changes > 0} />
        </>
      );
    case 'welcome':
      return <OwnFields form={form} />;
    case 'test':
      return (
        <>
          <ConnectionTest channel={channel} unsaved={form.changes > 0} />
          <Switch
            label={t('field.is_active')}
            description={t('hint.is_active')}
            {...form.check('is_active')}
          />
        </>
      );
  }
}

type SettingName = Extract<
  FieldName,
  'phone_number_id' | 'waba_id' | 'display_phone_number' | 'api_version' | 'base_url'
>;

function Setting({ name, form }: { name: SettingName; form: ChannelForm }) {
  const { t } = useTranslation('channels');
  return (
    <TextInput label={t(`field.${name}`)} description={t(`hint.${name}`)} {...form.input(name)} />
  );
}

type SecretProps = Props & { name: 'access_token' | 'app_secret' };

/** Written, never read back: an empty field keeps the one that is there. */
function SecretField({ name, channel, form }: SecretProps) {
  const { t } = useTranslation('channels');
  const may = useCan()('channels.secrets');
  const kept = channel.secrets_set.includes(name);
  return (
    <PasswordInput
      label={t(`field.${name}`)}
      description={t(may ? `hint.${name}` : 'hint.secrets_closed')}
      disabled={!may}
      placeholder={kept ? t('secret_kept') : undefined}
      autoComplete="off"
      visibilityToggleButtonProps={{ 'aria-label': t('show') }}
      {...form.input(name)}
    />
  );
}
