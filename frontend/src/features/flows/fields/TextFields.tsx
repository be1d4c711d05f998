import { TagsInput, Textarea, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { listOf, textOf, type FieldProps } from './props';
import { useCaption } from './useCaption';
import { VariableMenu } from './VariableMenu';
import classes from '../flows.module.css';

const LONGEST = 4096;

/** Emptied, it is as if it had never been written, unless there is a default to be silenced. */
const emptied = (text: string, { field }: FieldProps) =>
  text === '' && field.default === undefined ? undefined : text;

/** A text with variables, put in where the caret is. */
export function TemplateField(props: FieldProps) {
  const { field, value, onChange, disabled } = props;
  const caption = useCaption(props);
  const box = useRef<HTMLTextAreaElement>(null);
  const text = textOf(value ?? field.default);
  const insert = (name: string) => {
    const { selectionStart = text.length, selectionEnd = text.length } = box.current ?? {};
    const mark = `{{${name}}}`;
    onChange(text.slice(0, selectionStart) + mark + text.slice(selectionEnd));
    const caret = selectionStart + mark.length;
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(caret, caret);
    });
  };
  return (
    <div className={classes.text}>
      <Textarea
        {...caption}
        ref={box}
        autosize
        minRows={2}
        maxRows={12}
        maxLength={field.max ?? LONGEST}
        value={text}
        onChange={({ currentTarget }) => onChange(emptied(currentTarget.value, props))}
      />
      {!disabled && <VariableMenu label={caption.label} onPick={insert} />}
    </div>
  );
}

export function PlainField(props: FieldProps) {
  const { field, value, onChange } = props;
  return (
    <TextInput
      {...useCaption(props)}
      {...(field.max ? { maxLength: field.max } : {})}
      value={textOf(value ?? field.default)}
      onChange={({ currentTarget }) => onChange(emptied(currentTarget.value, props))}
    />
  );
}

/** The name of a variable, which may also be one that is not there yet. */
export function VariableField(props: FieldProps) {
  const { value, onChange, disabled } = props;
  const caption = useCaption(props);
  return (
    <div className={classes.text}>
      <TextInput
        {...caption}
        placeholder="flow."
        value={textOf(value)}
        onChange={({ currentTarget }) => onChange(currentTarget.value.trim() || undefined)}
      />
      {!disabled && <VariableMenu label={caption.label} onPick={onChange} />}
    </div>
  );
}

export function WordsField(props: FieldProps) {
  const { field, value, onChange } = props;
  return (
    <TagsInput
      {...useCaption(props)}
      {...(field.max ? { maxTags: field.max } : {})}
      acceptValueOnBlur
      value={listOf<string>(value ?? field.default)}
      onChange={(words) => onChange(words.length > 0 || field.default ? words : undefined)}
    />
  );
}
