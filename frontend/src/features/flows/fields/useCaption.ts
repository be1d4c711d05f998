import { useTranslation } from 'react-i18next';
import { hintOf, sayField } from '../words';
import type { FieldProps } from './props';

/** Label and hint, as every control of the library takes them. */
export function useCaption({ field, scope, error, disabled }: FieldProps) {
  const { t } = useTranslation('flows');
  const hint = hintOf(scope, field);
  const legal = field.legal ? t('legal_hint') : undefined;
  const description = [hint, legal].filter(Boolean).join(' ');
  return {
    label: sayField(scope, field),
    ...(description ? { description } : {}),
    ...(error ? { error } : {}),
    disabled,
    'data-field': field.name,
  };
}
