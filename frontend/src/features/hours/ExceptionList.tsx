import { Button, TextInput } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/session';
import { IconButton } from '@/ui/IconButton';
import type { Exception } from './api';
import { RangeRows } from './RangeRows';
import classes from './hours.module.css';

type Props = {
  exceptions: readonly Exception[];
  fixed: boolean;
  wrong: (at: number) => string | undefined;
  onChange: (exceptions: Exception[]) => void;
};

/** Dates with a plan of their own, which goes before holidays and the week. */
export function ExceptionList({ exceptions, fixed, wrong, onChange }: Props) {
  const { t } = useTranslation('hours');
  const format = useFormat();
  const set = (at: number, change: Partial<Exception>) =>
    onChange(exceptions.map((one, place) => (place === at ? { ...one, ...change } : one)));
  const add = () =>
    onChange([
      ...exceptions,
      { on: format.dayKey(new Date().toISOString()), name: '', ranges: [] },
    ]);
  return (
    <ul className={classes.dates}>
      {exceptions.map((exception, at) => (
        <li key={at}>
          <div className={classes.date}>
            <TextInput
              type="date"
              aria-label={t('exceptions.on', { n: at + 1 })}
              disabled={fixed}
              value={exception.on}
              error={wrong(at)}
              onChange={({ currentTarget: { value } }) => set(at, { on: value })}
            />
            <TextInput
              aria-label={t('exceptions.name', { n: at + 1 })}
              placeholder={t('exceptions.name_example')}
              maxLength={80}
              disabled={fixed}
              value={exception.name}
              onChange={({ currentTarget: { value } }) => set(at, { name: value })}
            />
            {!fixed && (
              <IconButton
                size={36}
                label={t('exceptions.remove', { n: at + 1 })}
                onClick={() => onChange(exceptions.filter((_, place) => place !== at))}
              >
                <IconTrash size={16} stroke={1.75} />
              </IconButton>
            )}
          </div>
          <RangeRows
            of={exception.name || t('exceptions.nth', { n: at + 1 })}
            ranges={exception.ranges}
            fixed={fixed}
            onChange={(ranges) => set(at, { ranges })}
          />
        </li>
      ))}
      {!fixed && (
        <li>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} stroke={1.75} />}
            onClick={add}
          >
            {t('exceptions.add')}
          </Button>
        </li>
      )}
    </ul>
  );
}
