import { NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { inUnit, toMinutes, unitOf, type Unit } from './spans';
import classes from './timers.module.css';

type Props = {
  label: string;
  description?: string;
  minutes: number | null;
  /** null: the field is empty, where that says something. */
  onChange: (minutes: number | null) => void;
  least?: number;
  disabled?: boolean;
  error?: string;
};

/** A span of time with its unit: 15 minutes, 72 hours. */
export function SpanField({
  label,
  description,
  minutes,
  onChange,
  least = 1,
  disabled,
  error,
}: Props) {
  const { t } = useTranslation('timers');
  const [unit, setUnit] = useState<Unit>(unitOf(minutes ?? 0));
  return (
    <div className={classes.span}>
      <NumberInput
        label={label}
        min={least}
        allowNegative={false}
        decimalScale={unit === 'hours' ? 2 : 0}
        disabled={disabled ?? false}
        value={minutes === null ? '' : inUnit(minutes, unit)}
        onChange={(next) => onChange(typeof next === 'number' ? toMinutes(next, unit) : null)}
        {...(description ? { description } : {})}
        {...(error ? { error } : {})}
      />
      <Select
        aria-label={t('span.unit', { label })}
        allowDeselect={false}
        disabled={disabled ?? false}
        data={(['minutes', 'hours'] as const).map((value) => ({
          value,
          label: t(`span.${value}`),
        }))}
        value={unit}
        onChange={(next) => setUnit(next === 'hours' ? 'hours' : 'minutes')}
      />
    </div>
  );
}
