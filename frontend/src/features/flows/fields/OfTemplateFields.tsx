import { TagsInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useVariableLabel } from '@/lib/templates/useVariableLabel';
import type { Settings } from '../model/document';
import { TemplateField } from './TextFields';
import { listOf, textOf, type FieldProps } from './props';
import { useCaption } from './useCaption';
import classes from '../flows.module.css';

/** What stands in each variable of the template: which there are is its own to say. */
export function ParamsField(props: FieldProps) {
  const { t } = useTranslation('templates');
  const { value, onChange, disabled, error } = props;
  const { label } = useCaption(props);
  const params = listOf<Settings>(value);
  const labelOf = useVariableLabel(params.map(({ name }) => textOf(name)));
  return (
    <fieldset className={classes.items} data-field={props.field.name} tabIndex={-1}>
      <legend>{label}</legend>
      {params.length === 0 && <p>{t('no_params')}</p>}
      {params.map((param, at) => (
        <TemplateField
          key={textOf(param.name)}
          field={{
            name: 'value',
            type: 'template',
            label: labelOf(textOf(param.name)),
            required: true,
          }}
          scope="params"
          value={param.value}
          disabled={disabled}
          onChange={(next) =>
            onChange(
              params.map((one, other) => (other === at ? { ...one, value: next ?? '' } : one)),
            )
          }
        />
      ))}
      {error && (
        <p role="alert" className={classes.wrong}>
          {error}
        </p>
      )}
    </fieldset>
  );
}

/** The quick replies are read from the template; other words for them are the flow's. */
export function RepliesField(props: FieldProps) {
  const { t } = useTranslation('templates');
  const { value, onChange, disabled, error } = props;
  const { label } = useCaption(props);
  const options = listOf<Settings>(value);
  return (
    <fieldset className={classes.items} data-field={props.field.name} tabIndex={-1}>
      <legend>{label}</legend>
      <p>{t(options.length > 0 ? 'replies_hint' : 'choose_first')}</p>
      <ol>
        {options.map((option, at) => (
          <li key={textOf(option.id)}>
            <b>{textOf(option.label)}</b>
            <TagsInput
              label={t('synonyms', { label: textOf(option.label) })}
              acceptValueOnBlur
              disabled={disabled}
              value={listOf<string>(option.synonyms)}
              onChange={(synonyms) =>
                onChange(options.map((one, other) => (other === at ? { ...one, synonyms } : one)))
              }
            />
          </li>
        ))}
      </ol>
      {error && (
        <p role="alert" className={classes.wrong}>
          {error}
        </p>
      )}
    </fieldset>
  );
}
