import { Button } from '@mantine/core';
import IconAlert from '@tabler/icons-react/dist/esm/icons/IconAlertCircle.mjs';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import IconHourglass from '@tabler/icons-react/dist/esm/icons/IconHourglassLow.mjs';
import { useTranslation } from 'react-i18next';
import { Refusal } from '@/api/refusal';
import { wordsFor } from '@/lib/i18n';
import { RefusalLine, sayRefusal } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { useTestChannel, type Channel, type TestStep } from './api';
import classes from './channels.module.css';

const ICON = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;

/** A step by the name the server gave it; one we have no words for is shown as it came. */
const stepName = (name: string) => wordsFor('channels', `check.${name}`) ?? name;

/** Talks to the provider now and says, step by step, what works and what to do about the rest. */
export function ConnectionTest({ channel, unsaved }: { channel: Channel; unsaved: boolean }) {
  const { t } = useTranslation('channels');
  const format = useFormat();
  const test = useTestChannel(channel.id);

  return (
    <div>
      <div className={classes.checksHead}>
        <h4>{t('checks')}</h4>
        <Button
          size="xs"
          variant="default"
          loading={test.isPending}
          disabled={unsaved}
          title={unsaved ? t('save_first') : undefined}
          onClick={() => test.mutate()}
        >
          {t('test')}
        </Button>
      </div>
      <ul className={classes.checks} aria-live="polite">
        {test.data?.steps.map((step) => (
          <Step key={step.name} step={step} />
        ))}
        {!test.data && (
          <li data-tone="plain">
            <IconHourglass {...ICON} />
            <div>
              <b>{t('not_tested')}</b>
              <small>{unsaved ? t('save_first') : t('not_tested_text')}</small>
            </div>
          </li>
        )}
        <li data-tone={channel.last_event_at ? 'ok' : 'plain'}>
          {channel.last_event_at ? <IconCheck {...ICON} /> : <IconHourglass {...ICON} />}
          <div>
            <b>{t('first_message')}</b>
            <small>{t(`first_message_text.${channel.kind}`)}</small>
          </div>
          <span>{channel.last_event_at ? format.moment(channel.last_event_at) : t('waiting')}</span>
        </li>
      </ul>
      <RefusalLine error={test.error} />
    </div>
  );
}

function Step({ step }: { step: TestStep }) {
  const { t } = useTranslation('channels');
  const told = step.slug ? sayRefusal(new Refusal({ slug: step.slug, status: 0 })) : undefined;
  return (
    <li data-tone={step.ok ? 'ok' : 'bad'}>
      {step.ok ? <IconCheck {...ICON} /> : <IconAlert {...ICON} />}
      <div>
        <b>{stepName(step.name)}</b>
        <small>{told ?? step.detail ?? (step.ok ? t('fine') : t('failed'))}</small>
      </div>
      <span className="num">{step.took_ms > 0 ? t('took', { count: step.took_ms }) : ''}</span>
    </li>
  );
}
