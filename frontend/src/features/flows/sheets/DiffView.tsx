import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { wordsFor } from '@/lib/i18n';
import { RefusalLine } from '@/lib/refusal';
import { diffQuery, type Diff } from '../api';
import { useEditor } from '../editor';
import { cardOf } from '../model/document';
import { outletsOf, type Field } from '../model/palette';
import { nameIn } from '../model/summary';
import { useNameOfRef } from '../refs';
import { sayField, sayOutlet, sayWord } from '../words';
import classes from '../flows.module.css';

type Change = Diff['document'][number];

/** What is different, in sentences. */
export function DiffView({ from, to }: { from: string; to: string }) {
  const { t } = useTranslation(['flows', 'common']);
  const { flow, saved } = useEditor();
  const diff = useQuery({ ...diffQuery(flow.id, from, to), staleTime: 0 });
  const lines = useLines(diff.data);
  if (diff.isError) return <RefusalLine error={diff.error} />;
  if (!diff.data) return <p role="status">{t('common:loading')}</p>;
  return (
    <ul className={classes.diff} data-revision={saved.revision}>
      {lines.length === 0 && <li>{t('diff.none')}</li>}
      {lines.map((line, at) => (
        <li key={at}>{line}</li>
      ))}
    </ul>
  );
}

/** Where a setting stands in its document: "/settings/options/dois/label". */
const partsOf = (path: string) => path.split('/').filter((part) => part && part !== 'settings');

/** A value as people know it: things by their names, items by what is written on them. */
function useValues() {
  const nameOf = useNameOfRef(useEditor().document);
  const say = (value: unknown, field?: Field): string => {
    if (Array.isArray(value)) return value.map((one) => say(one, field)).join(', ');
    if (typeof value === 'boolean') return sayWord('', value ? 'yes' : 'no');
    if (typeof value === 'string') return field?.words ? sayWord('', nameOf(value)) : nameOf(value);
    if (typeof value !== 'object' || value === null) return String(value);
    const { label, name } = value as { label?: string; name?: string };
    return label ?? name ?? say(Object.values(value), field);
  };
  return say;
}

function useLines(diff: Diff | undefined): string[] {
  const { t } = useTranslation('flows');
  const { document, types } = useEditor();
  const say = useValues();
  if (!diff) return [];
  const typeName = (type: string) => types.get(type)?.label ?? type;
  const nameOf = (id: string) => nameIn(document, types, id) ?? id;
  const { added, removed, retyped, changed } = diff.cards;
  const card = ({ name, type }: { name?: string; type: string }) => name ?? typeName(type);
  const wayOf = (id: string, name: string) => {
    const from = cardOf(document, id);
    const outlets = from ? outletsOf(types.get(from.type), from) : [];
    return sayOutlet(
      outlets.find((one) => one.name === name) ?? { name, label: '', required: false },
    );
  };
  const line = ({ from, outlet, to }: Diff['connectors']['added'][number]) => ({
    from: nameOf(from ?? '?'),
    way: wayOf(from ?? '?', outlet ?? '?'),
    to: nameOf(to ?? '?'),
  });
  const change = (said: { of: string; field: string }, field: Field | undefined, one: Change) => {
    const values = { before: say(one.before, field), after: say(one.after, field) };
    if (one.before === undefined) return t('diff.set', { ...said, ...values });
    return t(one.after === undefined ? 'diff.unset' : 'diff.changed', { ...said, ...values });
  };
  /* Of an item, what it is in: the item itself may be gone. */
  const ofCard = (id: string, type: string, one: Change) => {
    const [name = ''] = partsOf(one.path);
    const field = types.get(type)?.fields.find((known) => known.name === name);
    return change({ of: nameOf(id), field: sayField(type, field ?? { name }) }, field, one);
  };
  const ofFlow = (one: Change) => {
    const [section = '', name] = partsOf(one.path);
    const of = one.path.startsWith('/settings/') ? 'flow' : '';
    const field =
      name === undefined
        ? (wordsFor('flows', `section.${section}`) ?? sayField(of, { name: section }))
        : sayField(section, { name });
    return change({ of: t('flow_settings'), field }, undefined, one);
  };
  return [
    ...added.map((one) => t('diff.card_added', { name: card(one) })),
    ...removed.map((one) => t('diff.card_removed', { name: card(one) })),
    ...retyped.map(({ id, before, after }) =>
      t('diff.retyped', { name: nameOf(id), before: typeName(before), after: typeName(after) }),
    ),
    ...changed.flatMap(({ id, type, changes }) => changes.map((one) => ofCard(id, type, one))),
    ...diff.connectors.added.map((one) => t('diff.line_added', line(one))),
    ...diff.connectors.removed.map((one) => t('diff.line_removed', line(one))),
    ...diff.document.map(ofFlow),
  ];
}
