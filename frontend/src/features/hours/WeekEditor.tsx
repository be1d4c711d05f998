import { Button, Menu } from '@mantine/core';
import IconCopy from '@tabler/icons-react/dist/esm/icons/IconCopy.mjs';
import { useTranslation } from 'react-i18next';
import type { WeekRange } from './api';
import { RangeRows } from './RangeRows';
import { copyDay, DAYS, HOLIDAY, ofDay, WEEK_DAYS, withDay, type Day } from './week';
import classes from './hours.module.css';

type Props = {
  week: readonly WeekRange[];
  keepsHolidays: boolean;
  fixed: boolean;
  onChange: (week: WeekRange[]) => void;
};

/** A row for each day; holidays are a day of their own where they count. */
export function WeekEditor({ week, keepsHolidays, fixed, onChange }: Props) {
  const { t } = useTranslation('hours');
  return (
    <ul className={classes.week}>
      {DAYS.filter((day) => day !== HOLIDAY || keepsHolidays).map((day) => {
        const ranges = ofDay(week, day);
        return (
          <li key={day} data-closed={ranges.length === 0 || undefined}>
            <h4>{t(`day.${day}`)}</h4>
            <RangeRows
              of={t(`day.${day}`)}
              ranges={ranges}
              fixed={fixed}
              onChange={(next) => onChange(withDay(week, day, next))}
              acts={
                ranges.length > 0 && (
                  <CopyMenu day={day} onCopy={(to) => onChange(copyDay(week, day, to))} />
                )
              }
            />
          </li>
        );
      })}
    </ul>
  );
}

function CopyMenu({ day, onCopy }: { day: Day; onCopy: (to: readonly number[]) => void }) {
  const { t } = useTranslation('hours');
  const groups = [
    { word: 'weekdays', to: [1, 2, 3, 4, 5] },
    { word: 'every_day', to: [...WEEK_DAYS] },
  ] as const;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconCopy size={14} stroke={1.75} />}
          aria-label={t('copy.of', { of: t(`day.${day}`) })}
        >
          {t('copy.act')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {groups.map(({ word, to }) => (
          <Menu.Item key={word} onClick={() => onCopy(to)}>
            {t(`copy.${word}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        {DAYS.filter((one) => one !== day).map((one) => (
          <Menu.Item key={one} onClick={() => onCopy([one])}>
            {t(`day.${one}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
