import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { diffQuery, type Diff } from '../api';
import { useEditor } from '../editor';
import { nameIn } from '../model/summary';
import { sayField } from '../words';
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

const inWords = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

function useLines(diff: Diff | undefined): string[] {
  const { t } = useTranslation('flows');
  const { document, types } = useEditor();
  if (!diff) return [];
  const typeName = (type: string) => types.get(type)?.label ?? type;
  const nameOf = (id: string) => nameIn(document, types, id) ?? id;
  const { added, removed, retyped, changed } = diff.cards;
  const card = ({ name, type }: { name?: string; type: string }) => name ?? typeName(type);
  const line = ({ from, outlet, to }: Diff['connectors']['added'][number]) => ({
    from: nameOf(from ?? '?'),
    way: outlet ?? '?',
    to: nameOf(to ?? '?'),
  });
  const change = (of: string, type: string, { path, before, after }: Change) => {
    const name = path.split('/').find((part) => part && part !== 'settings') ?? path;
    const field = types.get(type)?.fields.find((one) => one.name === name) ?? { name };
    const said = {
      of,
      field: sayField(type, field),
      before: inWords(before),
      after: inWords(after),
    };
    if (before === undefined) return t('diff.set', said);
    return after === undefined ? t('diff.unset', said) : t('diff.changed', said);
  };
  return [
    ...added.map((one) => t('diff.card_added', { name: card(one) })),
    ...removed.map((one) => t('diff.card_removed', { name: card(one) })),
    ...retyped.map(({ id, before, after }) =>
      t('diff.retyped', { name: nameOf(id), before: typeName(before), after: typeName(after) }),
    ),
    ...changed.flatMap(({ id, type, changes }) =>
      changes.map((one) => change(nameOf(id), type, one)),
    ),
    ...diff.connectors.added.map((one) => t('diff.line_added', line(one))),
    ...diff.connectors.removed.map((one) => t('diff.line_removed', line(one))),
    ...diff.document.map((one) => change(t('flow_settings'), '', one)),
  ];
}
