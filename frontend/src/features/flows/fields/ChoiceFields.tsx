import { MultiSelect, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../editor';
import { nameOfCard } from '../model/summary';
import { useNameOfRef, useRefs } from '../refs';
import { sayWord } from '../words';
import { listOf, textOf, type FieldProps } from './props';
import { useCaption } from './useCaption';

const wordsOf = ({ name, words = [] }: FieldProps['field']) =>
  words.map((value) => ({ value, label: sayWord(name, value) }));

export function EnumField(props: FieldProps) {
  const { field, value, onChange } = props;
  return (
    <Select
      {...useCaption(props)}
      allowDeselect={!field.required && field.default === undefined}
      data={wordsOf(field)}
      value={textOf(value ?? field.default) || null}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}

export function SetField(props: FieldProps) {
  const { field, value, onChange } = props;
  return (
    <MultiSelect
      {...useCaption(props)}
      data={wordsOf(field)}
      value={listOf<string>(value ?? field.default)}
      onChange={(next) => onChange(next.length > 0 ? next : undefined)}
    />
  );
}

/** What may be chosen, and what is chosen already though it is gone. */
function useChoices({ words = [] }: FieldProps['field'], chosen: string[]) {
  const refs = useRefs();
  const nameOf = useNameOfRef(useEditor().document);
  const known = words.flatMap((kind) => refs[kind] ?? []);
  const gone = chosen.filter((ref) => ref && !known.some(({ value }) => value === ref));
  return [...known, ...gone.map((value) => ({ value, label: nameOf(value) }))];
}

export function RefField(props: FieldProps) {
  const { t } = useTranslation('flows');
  const { field, value, onChange } = props;
  const chosen = textOf(value);
  const data = useChoices(field, [chosen]);
  return (
    <Select
      {...useCaption(props)}
      searchable
      clearable={!field.required}
      nothingFoundMessage={t('nothing_to_choose')}
      data={data}
      value={chosen || null}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}

export function RefsField(props: FieldProps) {
  const { t } = useTranslation('flows');
  const { field, value, onChange } = props;
  const chosen = listOf<string>(value);
  return (
    <MultiSelect
      {...useCaption(props)}
      {...(field.max ? { maxValues: field.max } : {})}
      searchable
      nothingFoundMessage={t('nothing_to_choose')}
      data={useChoices(field, chosen)}
      value={chosen}
      onChange={(next) => onChange(next.length > 0 ? next : undefined)}
    />
  );
}

/** A card of the same flow. */
export function CardField(props: FieldProps) {
  const { document, types } = useEditor();
  const { value, onChange } = props;
  return (
    <Select
      {...useCaption(props)}
      searchable
      clearable
      data={document.cards.map((card) => ({
        value: card.id,
        label: nameOfCard(card, types.get(card.type)),
      }))}
      value={textOf(value) || null}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}
