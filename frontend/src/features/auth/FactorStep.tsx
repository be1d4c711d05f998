import { Anchor, Button, Checkbox, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeInput } from '@/lib/factor/CodeInput';
import { RefusalLine } from '@/lib/refusal';
import { door } from './api';
import type { StepAnswer } from './steps';
import { useStep } from './useStep';
import classes from './SignIn.module.css';

type Props = {
  ticket: string;
  trustedDays: number;
  onNext: (answer: StepAnswer) => void;
  onBack: () => void;
};

/** Six digits, or one of the codes on paper. */
export function FactorStep({ ticket, trustedDays, onNext, onBack }: Props) {
  const { t } = useTranslation(['factor', 'common']);
  const { refusal, isBusy, take } = useStep(onBack);
  const [byPaper, setByPaper] = useState(false);
  const [shown, setShown] = useState('');
  const [trust, setTrust] = useState(false);

  const show = (value: string) =>
    take(
      () =>
        door.factor(
          byPaper ? { ticket, recovery: value, trust: false } : { ticket, code: value, trust },
        ),
      onNext,
    ).then(() => setShown(''));
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void show(shown);
  };
  const turn = () => {
    setByPaper(!byPaper);
    setShown('');
  };

  return (
    <form onSubmit={submit} aria-label={t('show.title')} noValidate>
      <h1>{t('show.title')}</h1>
      <p className={classes.lead}>{byPaper ? t('show.by_paper') : t('show.by_code')}</p>
      <div className={classes.fields}>
        {byPaper ? (
          <TextInput
            data-autofocus
            autoFocus
            label={t('recovery')}
            placeholder="3-ABCDE-FGHJK"
            autoComplete="off"
            value={shown}
            onChange={({ currentTarget }) => setShown(currentTarget.value)}
          />
        ) : (
          <CodeInput
            value={shown}
            onChange={setShown}
            onComplete={(code) => void show(code)}
            error={refusal !== undefined}
          />
        )}
        {!byPaper && trustedDays > 0 && (
          <Checkbox
            size="md"
            label={t('show.trust', { count: trustedDays })}
            checked={trust}
            onChange={({ currentTarget }) => setTrust(currentTarget.checked)}
          />
        )}
        <RefusalLine error={refusal} />
        <Button type="submit" size="lg" fullWidth loading={isBusy} disabled={shown.length < 6}>
          {t('go_on')}
        </Button>
      </div>
      <div className={classes.ways}>
        <Anchor component="button" type="button" onClick={turn}>
          {byPaper ? t('show.use_code') : t('show.use_paper')}
        </Anchor>
        <Anchor component="button" type="button" onClick={onBack}>
          {t('back')}
        </Anchor>
      </div>
      <p className={classes.foot}>{t('show.lost')}</p>
    </form>
  );
}
