import { Button, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '@/api/client';
import { asRefusal } from '@/api/refusal';
import { RefusalLine } from '@/lib/refusal';
import { CodeInput } from './CodeInput';
import { QrCode } from './QrCode';
import classes from './factor.module.css';

const DIGITS = 6;

type Props = {
  setup: Schema['FactorSecret'];
  /** The first code, and the mailed one when there is one: rejects with the refusal. */
  onCode: (code: string, emailCode: string) => Promise<unknown>;
};

/** What an authenticator is set up with, and the first code that shows it worked. */
export function FactorSetup({ setup, onCode }: Props) {
  const { t } = useTranslation('factor');
  const [code, setCode] = useState('');
  const [emailCode, setEmailCode] = useState('');
  const [refusal, setRefusal] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const needsEmailCode = setup.needs_email_code === true;
  const isMailRefused = refusal !== undefined && asRefusal(refusal).field === 'email_code';
  const isReady = !needsEmailCode || emailCode.trim().length === DIGITS;

  const show = async (value: string) => {
    setBusy(true);
    setRefusal(undefined);
    try {
      await onCode(value, emailCode.trim());
    } catch (thrown) {
      setRefusal(thrown);
      setCode('');
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void show(code);
  };

  return (
    <form onSubmit={submit} className={classes.stack}>
      <p>{t('setup.lead')}</p>
      <QrCode text={setup.uri} />
      <p className={classes.secret}>
        {t('setup.by_hand')} <code>{setup.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      {needsEmailCode && (
        <TextInput
          label={t('enrol.email_code')}
          description={t('setup.email_code_why')}
          inputMode="numeric"
          autoComplete="off"
          value={emailCode}
          onChange={({ currentTarget }) => setEmailCode(currentTarget.value)}
          error={isMailRefused && t('setup.email_code_wrong')}
        />
      )}
      <CodeInput
        value={code}
        onChange={setCode}
        onComplete={(value) => isReady && void show(value)}
      />
      <RefusalLine error={isMailRefused ? undefined : refusal} />
      <Button type="submit" loading={isBusy} disabled={!isReady || code.length < DIGITS}>
        {t('setup.confirm')}
      </Button>
    </form>
  );
}
