import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';

const LIMIT = 1000;
const NEAR = 100; // characters left from which on they are counted

type Props = {
  label: string;
  description: ReactNode;
  value: string;
  disabled: boolean;
  error?: string;
  onChange: (next: string) => void;
};

/** A text that customers are sent, and what can stand in it. */
export function TextField({ label, description, value, disabled, error, onChange }: Props) {
  const { t } = useTranslation('organisation');
  const left = LIMIT - value.length;
  return (
    <Textarea
      label={label}
      description={
        <>
          {description} {t('text.variables')}
          {left <= NEAR && <> {t('text.left', { count: left })}</>}
        </>
      }
      autosize
      minRows={3}
      maxRows={10}
      maxLength={LIMIT}
      disabled={disabled}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      {...(error ? { error } : {})}
    />
  );
}
