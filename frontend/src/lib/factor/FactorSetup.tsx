import { Button } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '@/api/client';
import { RefusalLine } from '@/lib/refusal';
import { CodeInput } from './CodeInput';
import { QrCode } from './QrCode';
import classes from './factor.module.css';

type Props = {
  setup: Schema['FactorSecret'];
  /** The first code: rejects with the refusal. */
  onCode: (code: string) => Promise<unknown>;
};

/** What an authenticator is set up with, and the first code that shows it worked. */
export function FactorSetup({ setup, onCode }: Props) {
  const { t } = useTranslation('factor');
  const [code, setCode] = useState('');
  const [refusal, setRefusal] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);

  const show = async (value: string) => {
    setBusy(true);
    setRefusal(undefined);
    try {
      await onCode(value);
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
      <CodeInput value={code} onChange={setCode} onComplete={(value) => void show(value)} />
      <RefusalLine error={refusal} />
      <Button type="submit" loading={isBusy} disabled={code.length < 6}>
        {t('setup.confirm')}
      </Button>
    </form>
  );
}
