import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/session';
import { IconButton } from '@/ui/IconButton';
import type { Branch, CityHoliday } from './api';
import classes from './hours.module.css';

type Props = {
  city: readonly CityHoliday[];
  branches: readonly Branch[];
  fixed: boolean;
  wrong: (field: string) => string | undefined;
  onChange: (city: CityHoliday[]) => void;
};

/** Days that no law of country or state knows: typed, once or for every year. */
export function CityHolidays({ city, branches, fixed, wrong, onChange }: Props) {
  const { t } = useTranslation('hours');
  const format = useFormat();
  const set = (at: number, change: Partial<CityHoliday>) =>
    onChange(city.map((one, place) => (place === at ? { ...one, ...change } : one)));
  const add = () =>
    onChange([
      ...city,
      {
        branch_id: null,
        name: '',
        on: format.dayKey(new Date().toISOString()),
        every_year: true,
      },
    ]);
  return (
    <ul className={classes.dates}>
      {city.map((holiday, at) => (
        <li key={at}>
          <div className={classes.date}>
            <TextInput
              type="date"
              aria-label={t('city.on', { n: at + 1 })}
              disabled={fixed}
              value={holiday.on}
              error={wrong(`city[${at}].on`)}
              onChange={({ currentTarget: { value } }) => set(at, { on: value })}
            />
            <TextInput
              aria-label={t('city.name', { n: at + 1 })}
              placeholder={t('city.name_example')}
              maxLength={80}
              disabled={fixed}
              value={holiday.name}
              error={wrong(`city[${at}].name`)}
              onChange={({ currentTarget: { value } }) => set(at, { name: value })}
            />
            {!fixed && (
              <IconButton
                size={36}
                label={t('city.remove', { n: at + 1 })}
                onClick={() => onChange(city.filter((_, place) => place !== at))}
              >
                <IconTrash size={16} stroke={1.75} />
              </IconButton>
            )}
          </div>
          <div className={classes.more}>
            <Checkbox
              label={t('city.every_year')}
              disabled={fixed}
              checked={holiday.every_year}
              onChange={({ currentTarget: { checked } }) => set(at, { every_year: checked })}
            />
            {branches.length > 0 && (
              <Select
                aria-label={t('city.place', { n: at + 1 })}
                allowDeselect={false}
                disabled={fixed}
                data={[
                  { value: '', label: t('city.everywhere') },
                  ...branches.map(({ id, name }) => ({ value: String(id), label: name })),
                ]}
                value={holiday.branch_id ? String(holiday.branch_id) : ''}
                onChange={(next) => set(at, { branch_id: next ? Number(next) : null })}
              />
            )}
          </div>
        </li>
      ))}
      {!fixed && (
        <li>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} stroke={1.75} />}
            onClick={add}
          >
            {t('city.add')}
          </Button>
        </li>
      )}
    </ul>
  );
}
