import './words';
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { nameOfTemplate, sendableQuery } from './api';
import { fileOf, isWhole, paramsOf, type Values } from './fill';
import { TemplateFields } from './TemplateFields';
import classes from './templates.module.css';

export type FilledTemplate = {
  id: number;
  params: { name: string; value: string }[];
  file: File | undefined;
  isWhole: boolean;
};

type Props = {
  channelId: number;
  onChange: (filled: FilledTemplate | undefined) => void;
};

/** Which of the approved templates of this channel, and what stands in it. */
export function TemplateChoice({ channelId, onChange }: Props) {
  const { t } = useTranslation('templates');
  const list = useQuery(sendableQuery(channelId));
  const [id, setId] = useState<number>();
  const [values, setValues] = useState<Values>({});
  const [file, setFile] = useState<File>();
  const templates = list.data?.data ?? [];
  const chosen = templates.find((one) => one.id === id);
  const tell = (next: number | undefined, given: Values, along: File | undefined) => {
    const shape = templates.find((one) => one.id === next)?.shape;
    onChange(
      next === undefined || !shape
        ? undefined
        : {
            id: next,
            params: paramsOf(shape, given),
            file: along,
            isWhole: isWhole(shape, given) && (fileOf(shape) === undefined || along !== undefined),
          },
    );
  };
  return (
    <>
      <Select
        label={t('template')}
        placeholder={t('choose')}
        searchable
        data={templates.map((one) => ({ value: String(one.id), label: nameOfTemplate(one) }))}
        value={id === undefined ? null : String(id)}
        onChange={(next) => {
          const picked = next === null ? undefined : Number(next);
          setId(picked);
          setValues({});
          setFile(undefined);
          tell(picked, {}, undefined);
        }}
      />
      {list.isSuccess && templates.length === 0 && (
        <p className={classes.quiet}>{t('none_sendable')}</p>
      )}
      <RefusalLine error={list.error} />
      {chosen && (
        <TemplateFields
          shape={chosen.shape}
          values={values}
          onChange={(given) => {
            setValues(given);
            tell(chosen.id, given, file);
          }}
          file={file}
          onFile={(along) => {
            setFile(along);
            tell(chosen.id, values, along);
          }}
        />
      )}
    </>
  );
}
