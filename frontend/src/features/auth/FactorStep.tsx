import { useTranslation } from 'react-i18next';
import { FactorForm } from '@/lib/factor/FactorForm';
import { door } from './api';
import type { StepAnswer } from './steps';

type Props = {
  ticket: string;
  trustedDays: number;
  onNext: (answer: StepAnswer) => void;
  onBack: () => void;
};

export function FactorStep({ ticket, trustedDays, onNext, onBack }: Props) {
  const { t } = useTranslation('factor');
  return (
    <FactorForm
      trustedDays={trustedDays}
      lost={t('show.lost')}
      show={(shown) => door.factor({ trust: false, ticket, ...shown })}
      onNext={onNext}
      onBack={onBack}
    />
  );
}
