import { useTranslation } from 'react-i18next';
import { usePhone } from '@/lib/phone';

/** On a phone what is open stands alone, and the list beside it does not name the place. */
export function usePlaceName() {
  const { t } = useTranslation('contacts');
  const phone = usePhone();
  return phone ? t('title') : undefined;
}
