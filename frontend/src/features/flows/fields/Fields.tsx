import type { ComponentType } from 'react';
import { shownFields } from '../model/palette';
import { CardField, EnumField, RefField, RefsField, SetField } from './ChoiceFields';
import { BoolField, DurationField, IntField } from './FigureFields';
import { FileField } from './FileField';
import { ListField, ObjectField } from './ListField';
import { ParamsField, RepliesField } from './OfTemplateFields';
import { TemplateRefField } from './TemplateRefField';
import { PlainField, TemplateField, VariableField, WordsField } from './TextFields';
import type { FieldProps, FormProps } from './props';
import classes from '../flows.module.css';

/** How each type of setting is asked for. What is of a type that is new here stays as it is, unseen. */
const CONTROLS: Record<string, ComponentType<FieldProps>> = {
  template: TemplateField,
  plain: PlainField,
  int: IntField,
  bool: BoolField,
  enum: EnumField,
  set: SetField,
  duration: DurationField,
  ref: RefField,
  refs: RefsField,
  var: VariableField,
  read: VariableField,
  words: WordsField,
  pairs: ListField,
  options: ListField,
  rules: ListField,
  items: ListField,
  intents: ListField,
  card: CardField,
  object: ObjectField,
};

/** Where a card asks in its own way for what others ask for in the common one. */
const OWN: Record<string, ComponentType<FieldProps>> = {
  'interactive_template.template': TemplateRefField,
  'interactive_template.params': ParamsField,
  'interactive_template.options': RepliesField,
};

/** A form as its table says: those that count as the others stand, in their order. */
export function Fields({ fields, scope, values, onChange, disabled, wrong }: FormProps) {
  return (
    <div className={classes.fields}>
      {shownFields(fields, values).map((field) => {
        const isFile = field.type === 'ref' && field.words?.includes('file');
        const Control =
          OWN[`${scope}.${field.name}`] ?? (isFile ? FileField : CONTROLS[field.type]);
        return (
          Control && (
            <Control
              key={field.name}
              field={field}
              scope={scope}
              value={values[field.name]}
              disabled={disabled}
              error={wrong?.(field.name)}
              onChange={(value) => onChange(field.name, value)}
            />
          )
        );
      })}
    </div>
  );
}
