import { Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { sayRefusal } from '@/lib/refusal';
import type { ContactField } from './api';

type Props = {
  fields: ContactField[];
  values: Record<number, string>;
  error: unknown;
  disabled?: boolean;
  onChange: (field: number, value: string) => void;
};

/** The account's own fields, each in the control of its kind; a refusal stands at its field. */
export function FieldInputs({ fields, values, error, disabled = false, onChange }: Props) {
  const { t } = useTranslation('contacts');
  const refusal = error ? asRefusal(error) : undefined;
  const choicesOf = ({ kind, choices }: ContactField) =>
    kind === 'flag'
      ? [
          { value: 'true', label: t('field.yes') },
          { value: 'false', label: t('field.no') },
        ]
      : choices.map((value) => ({ value, label: value }));

  return fields.map((field) => {
    const shared = {
      label: field.name,
      required: field.is_required,
      disabled,
      ...(refusal?.field === `fields.${field.id}` && { error: sayRefusal(refusal) }),
    };
    const value = values[field.id] ?? '';
    if (field.kind === 'choice' || field.kind === 'flag')
      return (
        <Select
          key={field.id}
          {...shared}
          clearable={!field.is_required}
          data={choicesOf(field)}
          value={value || null}
          onChange={(next) => onChange(field.id, next ?? '')}
        />
      );
    return (
      <TextInput
        key={field.id}
        {...shared}
        type={field.kind === 'date' ? 'date' : 'text'}
        {...(field.kind === 'number' && { inputMode: 'decimal' as const })}
        maxLength={500}
        value={value}
        onChange={({ currentTarget }) => onChange(field.id, currentTarget.value)}
      />
    );
  });
}
