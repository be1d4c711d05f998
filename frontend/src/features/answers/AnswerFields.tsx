import { Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import form from '@/lib/panes/form.module.css';
import { sayRefusal } from '@/lib/refusal';
import { useAccount, type AnswerBody } from './api';
import { AnswerFiles } from './AnswerFiles';
import { useScopes } from './scopes';
import { VariablePicker } from './VariablePicker';
import classes from './answers.module.css';

type Props = {
  values: AnswerBody;
  set: <K extends keyof AnswerBody>(name: K, value: AnswerBody[K]) => void;
  error: unknown;
  disabled?: boolean;
};

export function AnswerFields({ values, set, error, disabled = false }: Props) {
  const { t } = useTranslation('answers');
  const scopes = useScopes();
  const { data: account } = useAccount();
  const text = useRef<HTMLTextAreaElement>(null);
  const refusal = error ? asRefusal(error) : undefined;
  const wrong = (field: string) => (refusal?.field === field ? sayRefusal(refusal) : undefined);

  const insert = (name: string) => {
    const { selectionStart = values.body.length, selectionEnd = values.body.length } =
      text.current ?? {};
    const mark = `{{${name}}}`;
    set('body', values.body.slice(0, selectionStart) + mark + values.body.slice(selectionEnd));
    const caret = selectionStart + mark.length;
    requestAnimationFrame(() => {
      text.current?.focus();
      text.current?.setSelectionRange(caret, caret);
    });
  };

  return (
    <section className={form.section}>
      <div className={form.stack}>
        <TextInput
          label={t('field.title')}
          maxLength={80}
          disabled={disabled}
          value={values.title}
          error={wrong('title')}
          onChange={({ currentTarget: { value } }) => set('title', value)}
        />
        <TextInput
          label={t('field.shortcut')}
          description={t('field.shortcut_hint')}
          leftSection="/"
          maxLength={30}
          disabled={disabled}
          value={values.shortcut}
          error={wrong('shortcut')}
          onChange={({ currentTarget: { value } }) => set('shortcut', value.toLowerCase())}
        />
        <Select
          label={t('field.scope')}
          description={t(`scope_text.${values.scope}`)}
          allowDeselect={false}
          disabled={disabled}
          data={(disabled ? [values.scope] : scopes).map((value) => ({
            value,
            label: t(`scope.${value}`),
          }))}
          value={values.scope}
          onChange={(next) => next && set('scope', next)}
        />
        {values.scope === 'department' && (
          <Select
            label={t('field.department')}
            disabled={disabled}
            data={(account?.departments ?? []).map(({ id, name }) => ({
              value: String(id),
              label: name,
            }))}
            value={values.department_id === null ? null : String(values.department_id)}
            error={wrong('department_id')}
            onChange={(next) => set('department_id', next === null ? null : Number(next))}
          />
        )}
        <div className={classes.text}>
          <Textarea
            ref={text}
            label={t('field.body')}
            description={t('field.body_hint')}
            autosize
            minRows={4}
            maxRows={14}
            maxLength={4096}
            disabled={disabled}
            value={values.body}
            error={wrong('body')}
            onChange={({ currentTarget: { value } }) => set('body', value)}
          />
          {!disabled && (
            <div className={classes.pick}>
              <VariablePicker onPick={insert} />
            </div>
          )}
        </div>
        <AnswerFiles
          files={values.files}
          error={wrong('attachment_ids')}
          disabled={disabled}
          onChange={(files) => set('files', files)}
        />
        <Switch
          label={t('field.is_active')}
          description={t('field.is_active_hint')}
          disabled={disabled}
          checked={values.is_active}
          onChange={({ currentTarget: { checked } }) => set('is_active', checked)}
        />
      </div>
    </section>
  );
}
