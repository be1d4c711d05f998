import { PinInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './factor.module.css';

const DIGITS = 6;

type Props = {
  value: string;
  onChange: (value: string) => void;
  onComplete?: (value: string) => void;
  error?: boolean;
};

/** The six digits of an authenticator; a code pasted or offered by the phone fills all of them. */
export function CodeInput({ value, onChange, onComplete, error = false }: Props) {
  const { t } = useTranslation('factor');
  return (
    <PinInput
      aria-label={t('code')}
      classNames={{ root: classes.code, pinInput: classes.cell, input: classes.digit }}
      length={DIGITS}
      type="number"
      oneTimeCode
      placeholder=""
      autoFocus
      value={value}
      onChange={onChange}
      onComplete={(code) => onComplete?.(code)}
      error={error}
      getInputProps={(at) => ({ 'aria-label': t('digit', { at: at + 1 }) })}
    />
  );
}
