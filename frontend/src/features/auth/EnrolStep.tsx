import { Anchor, Button, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '@/api/client';
import { asRefusal } from '@/api/refusal';
import { FactorSetup } from '@/lib/factor/FactorSetup';
import { RefusalLine } from '@/lib/refusal';
import { door } from './api';
import type { StepAnswer } from './steps';
import { useStep } from './useStep';
import classes from './SignIn.module.css';

type Props = {
  ticket: string;
  needsEmailCode: boolean;
  onNext: (answer: StepAnswer) => void;
  onBack: () => void;
};

/** A second factor that is demanded and not there yet: the mailed code, then the authenticator. */
export function EnrolStep({ ticket, needsEmailCode, onNext, onBack }: Props) {
  const { t } = useTranslation('factor');
  const { refusal, isBusy, take } = useStep(onBack);
  const [emailCode, setEmailCode] = useState('');
  const [setup, setSetup] = useState<Schema['FactorSecret']>();

  const begin = (event: SyntheticEvent) => {
    event.preventDefault();
    const body = needsEmailCode ? { ticket, email_code: emailCode } : { ticket };
    void take(() => door.enrol(body), setSetup);
  };
  const confirm = async (code: string) => {
    try {
      onNext(await door.confirm({ ticket: setup?.ticket ?? '', code }));
    } catch (thrown) {
      if (asRefusal(thrown).slug === 'ticket_invalid') return onBack();
      throw thrown;
    }
  };

  return (
    <section aria-label={t('enrol.title')}>
      <h1>{t('enrol.title')}</h1>
      <p className={classes.lead}>{t('enrol.lead')}</p>
      {setup ? (
        <FactorSetup setup={setup} onCode={confirm} />
      ) : (
        <form onSubmit={begin} className={classes.fields}>
          {needsEmailCode && (
            <TextInput
              autoFocus
              label={t('enrol.email_code')}
              description={t('enrol.email_code_why')}
              inputMode="numeric"
              autoComplete="one-time-code"
              value={emailCode}
              onChange={({ currentTarget }) => setEmailCode(currentTarget.value)}
            />
          )}
          <RefusalLine error={refusal} />
          <Button
            type="submit"
            size="lg"
            fullWidth
            loading={isBusy}
            disabled={needsEmailCode && emailCode.trim().length < 6}
          >
            {t('go_on')}
          </Button>
        </form>
      )}
      <div className={classes.ways}>
        <Anchor component="button" type="button" onClick={onBack}>
          {t('back')}
        </Anchor>
      </div>
    </section>
  );
}
