import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { nameOfTemplate, sendableQuery } from '@/lib/templates/api';
import { TemplatePreview } from '@/lib/templates/TemplatePreview';
import { useEditor } from '../editor';
import { refOfTemplate, useNameOfRef } from '../refs';
import { textOf, type FieldProps } from './props';
import { useCaption } from './useCaption';
import classes from '../flows.module.css';

/** Which of the approved templates, and how it looks. */
export function TemplateRefField(props: FieldProps) {
  const { t } = useTranslation('templates');
  const { value, onChange } = props;
  const list = useQuery(sendableQuery());
  const nameOf = useNameOfRef(useEditor().document);
  const templates = list.data?.data ?? [];
  const chosen = textOf(value);
  const one = templates.find((template) => refOfTemplate(template) === chosen);
  const data = templates.map((template) => ({
    value: refOfTemplate(template),
    label: nameOfTemplate(template),
  }));
  if (chosen && !one) data.push({ value: chosen, label: nameOf(chosen) });
  const hasReplies = one?.shape.buttons.some(({ kind }) => kind === 'quick_reply');
  return (
    <div className={classes.file}>
      <Select
        {...useCaption(props)}
        searchable
        placeholder={t('choose')}
        nothingFoundMessage={t('none')}
        data={data}
        value={chosen || null}
        onChange={(next) => onChange(next ?? undefined)}
      />
      {list.isSuccess && templates.length === 0 && <p role="status">{t('none_sendable')}</p>}
      {one && !hasReplies && <p role="status">{t('no_replies')}</p>}
      <RefusalLine error={list.error} />
      {one && <TemplatePreview shape={one.shape} />}
    </div>
  );
}
