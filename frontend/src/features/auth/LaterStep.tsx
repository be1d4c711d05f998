import { useTranslation } from 'react-i18next';
import { RecoveryCodes } from '@/lib/factor/RecoveryCodes';
import { ElsewhereStep } from './ElsewhereStep';
import { EnrolStep } from './EnrolStep';
import { FactorStep } from './FactorStep';
import { NewPasswordStep } from './NewPasswordStep';
import type { Step, StepAnswer } from './steps';
import classes from './SignIn.module.css';

type Props = {
  step: Step;
  codes: string[] | undefined;
  onNext: (answer: StepAnswer) => void;
  onCodesKept: () => void;
  onBack: () => void;
};

/** What comes after the password, for those of whom it is asked. */
export function LaterStep({ step, codes, onNext, onCodesKept, onBack }: Props) {
  const { t } = useTranslation('factor');
  if (codes) {
    return (
      <section aria-label={t('codes.title')}>
        <h1>{t('codes.title')}</h1>
        <div className={classes.lead} />
        <RecoveryCodes codes={codes} onKept={onCodesKept} />
      </section>
    );
  }
  switch (step.at) {
    case 'factor':
      return <FactorStep {...step} onNext={onNext} onBack={onBack} />;
    case 'enrol':
      return <EnrolStep {...step} onNext={onNext} onBack={onBack} />;
    case 'new_password':
      return <NewPasswordStep ticket={step.ticket} onNext={onNext} onBack={onBack} />;
    case 'elsewhere':
      return <ElsewhereStep {...step} onNext={onNext} onBack={onBack} />;
    case 'password':
    case 'in':
      return null;
  }
}
