import { Anchor, Button, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '@/api/client';
import { asRefusal } from '@/api/refusal';
import { RefusalLine } from '@/lib/refusal';
import { useStep } from '@/lib/useStep';
import { FactorSetup } from './FactorSetup';
import classes from './factor.module.css';

type Props<Answer> = {
  lead: string;
  needsEmailCode?: boolean;
  begin: (emailCode: string) => Promise<Schema['FactorSecret']>;
  confirm: (first: { ticket: string; code: string }) => Promise<Answer>;
  onNext: (answer: Answer) => void;
  onBack: () => void;
};

/** A second factor that is demanded and not there yet: the mailed code, then the authenticator. */
export function EnrolForm<Answer>({
  lead,
  needsEmailCode = false,
  begin,
  confirm,
  onNext,
  onBack,
}: Props<Answer>) {
  const { t } = useTranslation('factor');
  const { refusal, isBusy, take } = useStep(onBack);
  const [emailCode, setEmailCode] = useState('');
  const [setup, setSetup] = useState<Schema['FactorSecret']>();

  const start = (event: SyntheticEvent) => {
    event.preventDefault();
    void take(() => begin(emailCode), setSetup);
  };
  const show = async (code: string) => {
    try {
      onNext(await confirm({ ticket: setup?.ticket ?? '', code }));
    } catch (thrown) {
      if (asRefusal(thrown).slug === 'ticket_invalid') return onBack();
      throw thrown;
    }
  };

  return (
    <section aria-label={t('enrol.title')}>
      <h1>{t('enrol.title')}</h1>
      <p className={classes.lead}>{lead}</p>
      {setup ? (
        <FactorSetup setup={setup} onCode={show} />
      ) : (
        <form onSubmit={start} className={classes.stack}>
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
