import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EnrolForm } from '@/lib/factor/EnrolForm';
import { FactorForm } from '@/lib/factor/FactorForm';
import { door, type Operator, type Step } from './api';
import { Entrance } from './Entrance';
import { PasswordStep } from './PasswordStep';

type Props = { onIn: (operator: Operator, codes: string[] | undefined) => void };

/** A password, then the second factor: everybody here shows one, or sets it up first. */
export function Door({ onIn }: Props) {
  const { t } = useTranslation('operator');
  const [step, setStep] = useState<Step>();
  const ticket = step?.ticket ?? '';
  const goOn = (next: Step) => {
    if (next.operator) onIn(next.operator, next.recovery_codes);
    else setStep(next);
  };
  const ways = { onNext: goOn, onBack: () => setStep(undefined) };

  return (
    <Entrance>
      {!step && <PasswordStep onNext={goOn} />}
      {step?.state === 'factor_required' && (
        <FactorForm
          lost={t('lost')}
          show={(shown) =>
            door.factor(
              'code' in shown ? { ticket, code: shown.code } : { ticket, recovery: shown.recovery },
            )
          }
          {...ways}
        />
      )}
      {step?.state === 'enrol_required' && (
        <EnrolForm
          lead={t('enrol_lead')}
          begin={() => door.enrol(ticket)}
          confirm={door.confirm}
          {...ways}
        />
      )}
    </Entrance>
  );
}
