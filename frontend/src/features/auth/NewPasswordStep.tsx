import { Anchor, Button, PasswordInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { sayRefusal } from '@/lib/refusal';
import { door } from './api';
import type { StepAnswer } from './steps';
import { useStep } from '@/lib/useStep';
import classes from './SignIn.module.css';

type Props = { ticket: string; onNext: (answer: StepAnswer) => void; onBack: () => void };

/** The password was right, and everybody knows it: nobody comes in with it. */
export function NewPasswordStep({ ticket, onNext, onBack }: Props) {
  const { t } = useTranslation(['auth', 'factor']);
  const { refusal, isBusy, take } = useStep(onBack);
  const [password, setPassword] = useState('');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void take(() => door.newPassword({ ticket, password }), onNext);
  };

  return (
    <form onSubmit={submit} aria-label={t('new_password.title')} noValidate>
      <h1>{t('new_password.title')}</h1>
      <p className={classes.lead}>{t('new_password.lead')}</p>
      <div className={classes.fields}>
        <PasswordInput
          autoFocus
          classNames={{ input: classes.field }}
          label={t('new_password.label')}
          description={t('new_password.hint')}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('show_password') }}
          value={password}
          onChange={({ currentTarget }) => setPassword(currentTarget.value)}
          error={refusal && sayRefusal(refusal)}
        />
        <Button type="submit" size="lg" fullWidth loading={isBusy} disabled={password === ''}>
          {t('new_password.submit')}
        </Button>
      </div>
      <div className={classes.ways}>
        <Anchor component="button" type="button" onClick={onBack}>
          {t('factor:back')}
        </Anchor>
      </div>
    </form>
  );
}
