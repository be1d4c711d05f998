import { Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { namesQuery, type Scope } from './api';
import type { SurveySearch } from './place';
import { SPANS, USUAL, type Days } from './period';
import classes from './surveys.module.css';

const OWN = 'own';
const SCOPES: readonly Scope[] = ['company', 'agent', 'both'];

type Props = { search: SurveySearch; days: Days; onChange: (change: SurveySearch) => void };

/** Which surveys: when they were asked, where, who served, and for whom their scores count. */
export function Filters({ search, days, onChange }: Props) {
  const { t } = useTranslation('surveys');
  const { data: names } = useQuery(namesQuery);
  const isOwn = search.from !== undefined || search.to !== undefined;
  const idOf = (value: string | null) => (value === null ? undefined : Number(value));
  const textOf = (id: number | undefined) => (id === undefined ? null : String(id));
  return (
    <form
      className={classes.filters}
      aria-label={t('filters')}
      onSubmit={(event) => event.preventDefault()}
    >
      <Select
        label={t('span')}
        allowDeselect={false}
        value={isOwn ? OWN : (search.span ?? USUAL)}
        data={[
          ...SPANS.map((value) => ({ value, label: t('days', { count: Number(value) }) })),
          { value: OWN, label: t('own') },
        ]}
        onChange={(next) =>
          onChange(
            next === OWN
              ? { ...days, span: undefined }
              : { from: undefined, to: undefined, span: SPANS.find((one) => one === next) },
          )
        }
      />
      {isOwn &&
        (['from', 'to'] as const).map((end) => (
          <TextInput
            key={end}
            type="date"
            label={t(end)}
            value={days[end]}
            onChange={({ currentTarget: { value } }) =>
              value && onChange({ ...days, [end]: value })
            }
          />
        ))}
      <Select
        label={t('department')}
        searchable
        clearable
        placeholder={t('all_departments')}
        nothingFoundMessage={t('none_found')}
        data={(names?.departments ?? []).map(({ id, name }) => ({
          value: String(id),
          label: name,
        }))}
        value={textOf(search.department)}
        onChange={(next) => onChange({ department: idOf(next) })}
      />
      <Select
        label={t('agent')}
        searchable
        clearable
        placeholder={t('all_agents')}
        nothingFoundMessage={t('none_found')}
        data={(names?.members ?? []).map(({ id, display_name }) => ({
          value: String(id),
          label: display_name,
        }))}
        value={textOf(search.agent)}
        onChange={(next) => onChange({ agent: idOf(next) })}
      />
      <Select
        label={t('scope')}
        clearable
        placeholder={t('any_scope')}
        data={SCOPES.map((value) => ({ value, label: t(`scopes.${value}`) }))}
        value={search.scope ?? null}
        onChange={(next) => onChange({ scope: SCOPES.find((one) => one === next) })}
      />
    </form>
  );
}
