import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { DepartmentColor } from './api';
import { COLORS } from './colors';
import { Dot } from './Dot';
import classes from './organisation.module.css';

type Props = {
  value: DepartmentColor;
  disabled: boolean;
  onChange: (next: DepartmentColor) => void;
};

/** A colour by its name, as each theme paints it. */
export function ColorField({ value, disabled, onChange }: Props) {
  const { t } = useTranslation('organisation');
  const name = useId();
  return (
    <fieldset className={classes.colors} disabled={disabled}>
      <legend className={classes.legend}>{t('department.color')}</legend>
      <div className={classes.swatches}>
        {COLORS.map((color) => (
          <label key={color} className={classes.swatch}>
            <input
              type="radio"
              name={name}
              value={color}
              checked={color === value}
              onChange={() => onChange(color)}
            />
            <Dot color={color} />
            {t(`color.${color}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
