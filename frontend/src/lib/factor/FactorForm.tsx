import { Anchor, Button, Checkbox, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { useStep } from '@/lib/useStep';
import { CodeInput } from './CodeInput';
import classes from './factor.module.css';

export type Shown = { code: string; trust: boolean } | { recovery: string };

type Props<Answer> = {
  /** How long this device may be trusted; 0: not at all. */
  trustedDays?: number;
  /** What to do without both. */
  lost: string;
  show: (shown: Shown) => Promise<Answer>;
  onNext: (answer: Answer) => void;
  onBack: () => void;
};

/** Six digits, or one of the codes on paper. */
export function FactorForm<Answer>({ trustedDays = 0, lost, show, onNext, onBack }: Props<Answer>) {
  const { t } = useTranslation('factor');
  const { refusal, isBusy, take } = useStep(onBack);
  const [byPaper, setByPaper] = useState(false);
  const [shown, setShown] = useState('');
  const [trust, setTrust] = useState(false);

  const go = (value: string) =>
    take(() => show(byPaper ? { recovery: value } : { code: value, trust }), onNext).then(() =>
      setShown(''),
    );
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void go(shown);
  };
  const turn = () => {
    setByPaper(!byPaper);
    setShown('');
  };

  return (
    <form onSubmit={submit} aria-label={t('show.title')} noValidate>
      <h1>{t('show.title')}</h1>
      <p className={classes.lead}>{byPaper ? t('show.by_paper') : t('show.by_code')}</p>
      <div className={classes.stack}>
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
            onComplete={(code) => void go(code)}
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
      <p className={classes.foot}>{lost}</p>
    </form>
  );
}
