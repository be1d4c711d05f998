import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TemplateShape } from './api';
import type { Values } from './fill';
import { TemplatePreview } from './TemplatePreview';
import classes from './templates.module.css';

const VALUE_MAX = 1024;

type Props = {
  shape: TemplateShape;
  values: Values;
  onChange: (values: Values) => void;
};

/** A field for each variable, and beside them what becomes of it. */
export function TemplateFields({ shape, values, onChange }: Props) {
  const { t } = useTranslation('templates');
  return (
    <div className={classes.filling}>
      {shape.variables.map(({ name, example }) => (
        <TextInput
          key={name}
          label={t('variable', { name })}
          placeholder={example}
          required
          maxLength={VALUE_MAX}
          value={values[name] ?? ''}
          onChange={({ currentTarget: { value } }) => onChange({ ...values, [name]: value })}
        />
      ))}
      <TemplatePreview shape={shape} values={values} />
    </div>
  );
}
