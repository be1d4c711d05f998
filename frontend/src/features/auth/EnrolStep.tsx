import { useTranslation } from 'react-i18next';
import { EnrolForm } from '@/lib/factor/EnrolForm';
import { door } from './api';
import type { StepAnswer } from './steps';

type Props = {
  ticket: string;
  needsEmailCode: boolean;
  onNext: (answer: StepAnswer) => void;
  onBack: () => void;
};

export function EnrolStep({ ticket, needsEmailCode, onNext, onBack }: Props) {
  const { t } = useTranslation('factor');
  return (
    <EnrolForm
      lead={t('enrol.lead')}
      needsEmailCode={needsEmailCode}
      begin={(code) => door.enrol(needsEmailCode ? { ticket, email_code: code } : { ticket })}
      confirm={door.confirm}
      onNext={onNext}
      onBack={onBack}
    />
  );
}
