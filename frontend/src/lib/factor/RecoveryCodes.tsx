import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '@/lib/copy';
import classes from './factor.module.css';

type Props = { codes: string[]; onKept: () => void };

/** Shown once. Nobody goes on before saying that they have them somewhere. */
export function RecoveryCodes({ codes, onKept }: Props) {
  const { t } = useTranslation('factor');
  const [isKept, setKept] = useState(false);
  const [isCopied, setCopied] = useState(false);
  const copy = async () => setCopied(await copyText(codes.join('\n')));

  return (
    <div className={classes.stack}>
      <p>{t('codes.lead')}</p>
      <ul className={classes.codes} aria-label={t('codes.title')}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Button variant="default" onClick={() => void copy()}>
        {isCopied ? t('codes.copied') : t('codes.copy')}
      </Button>
      <Checkbox
        size="md"
        label={t('codes.kept')}
        checked={isKept}
        onChange={({ currentTarget }) => setKept(currentTarget.checked)}
      />
      <Button disabled={!isKept} onClick={onKept}>
        {t('go_on')}
      </Button>
    </div>
  );
}
