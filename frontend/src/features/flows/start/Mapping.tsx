import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { wordsFor } from '@/lib/i18n';
import type { Imported, Mapping as Chosen } from '../api';
import { useRefs } from '../refs';
import { kindOf } from './kinds';
import classes from './start.module.css';

type Ref = Imported['resolved'][number];
type Props = { report: Imported; mapping: Chosen; onChange: (mapping: Chosen) => void };

const byPlace = (one: Ref, other: Ref) =>
  kindOf(one).localeCompare(kindOf(other)) || one.name.localeCompare(other.name);

/** What a file names, and what each is here: found by its name, chosen by hand, or left for later. */
export function Mapping({ report, mapping, onChange }: Props) {
  const { t } = useTranslation('flows');
  const choices = useRefs();
  const rows = [...report.unresolved, ...report.resolved, ...report.created]
    .filter((one) => kindOf(one) !== 'flow')
    .sort(byPlace);
  if (rows.length === 0) return null;
  const isMade = ({ ref }: Ref) => report.created.some((one) => one.ref === ref);
  return (
    <fieldset className={classes.mapping}>
      <legend>{t('models.mapping')}</legend>
      {rows.map((row) => {
        const { ref, name, to } = row;
        const data = choices[kindOf(row)] ?? [];
        const kind = wordsFor('flows', `models.kind.${kindOf(row)}`) ?? kindOf(row);
        const isOpen = !to && !isMade(row);
        return (
          <Select
            key={ref}
            searchable
            clearable
            label={t('models.thing', { kind, name: name || ref })}
            data={data}
            value={to ?? null}
            disabled={data.length === 0}
            placeholder={t(isMade(row) ? 'models.is_made' : 'models.later')}
            {...(data.length === 0 ? { description: t('models.none_here') } : {})}
            nothingFoundMessage={t('nothing_to_choose')}
            data-open={isOpen || undefined}
            onChange={(next) =>
              onChange([
                ...mapping.filter((one) => one.ref !== ref),
                ...(next ? [{ ref, to: next }] : []),
              ])
            }
          />
        );
      })}
    </fieldset>
  );
}
