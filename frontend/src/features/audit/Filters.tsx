import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { i18n } from '@/lib/i18n';
import type { AuditSearch } from './place';
import { useAuditWords } from './words';
import classes from './audit.module.css';

type Props = { search: AuditSearch; onChange: (change: Partial<AuditSearch>) => void };

/** `a.b` for each leaf of the actions that we have words for. */
function knownActions(): string[] {
  const words: unknown = i18n.getResource('pt-BR', 'audit', 'action');
  return Object.entries(words as Record<string, Record<string, string>>).flatMap(([room, acts]) =>
    Object.keys(acts).map((act) => `${room}.${act}`),
  );
}

function knownSubjects(): string[] {
  const words: unknown = i18n.getResource('pt-BR', 'audit', 'subject');
  return Object.keys(words as Record<string, string>);
}

export function Filters({ search, onChange }: Props) {
  const { t } = useTranslation('audit');
  const { actionOf, subjectKind } = useAuditWords();
  const isFiltered = Object.entries(search).some(
    ([name, value]) => name !== 'event' && Boolean(value),
  );
  return (
    <form
      className={classes.filters}
      aria-label={t('filters')}
      onSubmit={(e) => e.preventDefault()}
    >
      <Select
        label={t('filter.action')}
        searchable
        clearable
        data={knownActions().map((value) => ({ value, label: actionOf(value) }))}
        value={search.action ?? null}
        onChange={(action) => onChange({ action: action ?? undefined })}
      />
      <Select
        label={t('filter.subject')}
        clearable
        data={knownSubjects().map((value) => ({ value, label: subjectKind(value) }))}
        value={search.subject_kind ?? null}
        onChange={(kind) => onChange({ subject_kind: kind ?? undefined, subject_id: undefined })}
      />
      {search.subject_kind && (
        <NumberInput
          label={t('filter.subject_id')}
          hideControls
          min={1}
          allowDecimal={false}
          value={search.subject_id ?? ''}
          onChange={(id) => onChange({ subject_id: Number(id) || undefined })}
        />
      )}
      {(['from', 'to'] as const).map((end) => (
        <TextInput
          key={end}
          type="date"
          label={t(`filter.${end}`)}
          value={search[end] ?? ''}
          onChange={({ currentTarget: { value } }) => onChange({ [end]: value || undefined })}
        />
      ))}
      {isFiltered && (
        <Button
          variant="subtle"
          onClick={() =>
            onChange({
              action: undefined,
              actor: undefined,
              subject_kind: undefined,
              subject_id: undefined,
              from: undefined,
              to: undefined,
            })
          }
        >
          {t('clear')}
        </Button>
      )}
    </form>
  );
}
