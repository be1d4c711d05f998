import { NumberInput, Select, Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldProps } from './props';
import { useCaption } from './useCaption';
import classes from '../flows.module.css';

const bounds = ({ min, max, allows_zero }: FieldProps['field'], unit = 1) => ({
  ...(min === undefined ? {} : { min: allows_zero ? 0 : Math.ceil(min / unit) }),
  ...(max === undefined ? {} : { max: Math.floor(max / unit) }),
});

export function IntField(props: FieldProps) {
  const { field, value, onChange } = props;
  const now = value ?? field.default;
  return (
    <NumberInput
      {...useCaption(props)}
      {...bounds(field)}
      allowDecimal={false}
      value={typeof now === 'number' ? now : ''}
      onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
    />
  );
}

const UNITS = { s: 1, min: 60, h: 3600, d: 86_400 } as const;
type Unit = keyof typeof UNITS;

/* As high as the label of the figure, so that both boxes stand in one line. */
const EMPTY_LINE = '\u00a0';
const unitOf = (seconds: number): Unit =>
  (['d', 'h', 'min'] as const).find((unit) => seconds > 0 && seconds % UNITS[unit] === 0) ?? 's';

/** A figure and its unit; kept in seconds. */
export function DurationField(props: FieldProps) {
  const { field, value, onChange, disabled } = props;
  const { t } = useTranslation('flows');
  const caption = useCaption(props);
  const now = value ?? field.default;
  const seconds = typeof now === 'number' ? now : undefined;
  const [unit, setUnit] = useState<Unit>(unitOf(seconds ?? UNITS.min));
  return (
    <div className={classes.duration}>
      <NumberInput
        {...caption}
        {...bounds(field, UNITS[unit])}
        allowDecimal={false}
        value={seconds === undefined ? '' : seconds / UNITS[unit]}
        onChange={(next) => onChange(typeof next === 'number' ? next * UNITS[unit] : undefined)}
      />
      <Select
        label={EMPTY_LINE}
        aria-label={t('unit_of', { field: caption.label })}
        allowDeselect={false}
        disabled={disabled}
        data={Object.keys(UNITS).map((one) => ({ value: one, label: t(`unit.${one as Unit}`) }))}
        value={unit}
        onChange={(next) => {
          if (!next) return;
          const chosen = next as Unit;
          if (seconds !== undefined) onChange((seconds / UNITS[unit]) * UNITS[chosen]);
          setUnit(chosen);
        }}
      />
    </div>
  );
}

export function BoolField(props: FieldProps) {
  const { field, value, onChange } = props;
  return (
    <Switch
      {...useCaption(props)}
      checked={(value ?? field.default) === true}
      onChange={({ currentTarget: { checked } }) => onChange(checked)}
    />
  );
}
