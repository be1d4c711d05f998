import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { catalogueQuery } from '../api';
import { Question, type Asked } from './Question';
import { named } from './sketch';

/** Those that a transfer may lead to: who serves, with somebody in it (lint L402, L403). */
function useServing() {
  const { data } = useQuery(catalogueQuery);
  const peopled = new Set(
    data?.members.filter((one) => one.is_active).flatMap((one) => one.department_ids),
  );
  return (data?.departments ?? [])
    .filter((one) => one.is_active && one.serves && peopled.has(one.id))
    .map(({ id, name }) => ({ value: `department:${id}`, label: name }));
}

export function DepartmentsQuestion({ at, plan: { options, fallback }, onAnswer }: Asked) {
  const { t } = useTranslation('flowplan');
  const serving = useServing();
  const offered = named(options);
  const shared = {
    data: serving,
    searchable: true,
    clearable: true,
    disabled: serving.length === 0,
    placeholder: t('departments.later'),
  };
  const lead = (id: string, department: string | null) =>
    onAnswer({ options: options.map((one) => (one.id === id ? { ...one, department } : one)) });
  return (
    <Question at={at} question={t('departments.question')} text={t('departments.text')}>
      {serving.length === 0 && <p role="status">{t('departments.nobody')}</p>}
      {offered.length === 0 && <p>{t('departments.none')}</p>}
      {offered.map(({ id, label, department }) => (
        <Select
          key={id}
          {...shared}
          label={t('departments.of', { option: label })}
          value={department}
          onChange={(value) => lead(id, value)}
        />
      ))}
      <Select
        {...shared}
        label={t('departments.fallback')}
        description={t('departments.fallback_hint')}
        value={fallback}
        onChange={(value) => onAnswer({ fallback: value })}
      />
    </Question>
  );
}
