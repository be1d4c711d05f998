import { FileButton, Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { useCan, useFormat } from '@/lib/session';
import { useEditor } from '../editor';
import { filesQuery, refOfFile, useAddFile } from '../effects';
import { useNameOfRef } from '../refs';
import { textOf, type FieldProps } from './props';
import { useCaption } from './useCaption';
import classes from '../flows.module.css';

/** A file that the account keeps for its flows: chosen among them, or put in from here. */
export function FileField(props: FieldProps) {
  const { t } = useTranslation('flows');
  const { value, onChange, field, disabled } = props;
  const can = useCan();
  const format = useFormat();
  const files = useQuery(filesQuery);
  const add = useAddFile();
  const nameOf = useNameOfRef(useEditor().document);
  const chosen = textOf(value);
  const known = files.data?.data ?? [];
  const data = known.map((file) => ({ value: refOfFile(file), label: file.name }));
  const one = known.find((file) => refOfFile(file) === chosen);
  if (chosen && !one) data.push({ value: chosen, label: nameOf(chosen) });
  return (
    <div className={classes.file}>
      <Select
        {...useCaption(props)}
        searchable
        clearable={!field.required}
        nothingFoundMessage={t('files.none')}
        data={data}
        value={chosen || null}
        onChange={(next) => onChange(next ?? undefined)}
      />
      {one && (
        <p aria-live="polite">
          {t('files.about', {
            kind: t(`files.kinds.${one.kind}`),
            size: format.bytes(one.size_bytes),
          })}
        </p>
      )}
      {chosen && files.isSuccess && !one && <p role="status">{t('files.missing')}</p>}
      <RefusalLine error={add.error ?? files.error} />
      {can('flows.edit') && !disabled && (
        <FileButton
          onChange={(file) =>
            file && add.mutate(file, { onSuccess: (kept) => onChange(refOfFile(kept)) })
          }
          {...(field.name === 'audio' ? { accept: '.mp3,audio/mpeg' } : {})}
        >
          {(button) => (
            <Button {...button} variant="default" loading={add.isPending}>
              {t('files.add')}
            </Button>
          )}
        </FileButton>
      )}
    </div>
  );
}
