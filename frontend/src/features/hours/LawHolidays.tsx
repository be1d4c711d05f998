import { SegmentedControl, Skeleton, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalState } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { Chip } from '@/ui/Chip';
import { holidaysQuery, type Holiday, type Hours } from './api';
import classes from './hours.module.css';

type Switches = Hours['switches'];
type Props = {
  uf: string | null;
  switches: Switches;
  fixed: boolean;
  onChange: (switches: Switches) => void;
};

/** What the law makes of this year and the next, and where this account differs from it. */
export function LawHolidays({ uf, switches, fixed, onChange }: Props) {
  const { t } = useTranslation('hours');
  const format = useFormat();
  const thisYear = Number(format.dayKey(new Date().toISOString()).slice(0, 4));
  const [year, setYear] = useState(thisYear);
  const holidays = useQuery(holidaysQuery(year, uf));

  const isKept = ({ code, is_optional }: Holiday) =>
    switches.find((one) => one.code === code)?.is_kept ?? !is_optional;
  /* As the law has it needs no word of ours. */
  const turn = ({ code, is_optional }: Holiday, is_kept: boolean) => {
    const others = switches.filter((one) => one.code !== code);
    onChange(is_kept === !is_optional ? others : [...others, { code, is_kept }]);
  };

  return (
    <>
      <SegmentedControl
        aria-label={t('law.year')}
        data={[String(thisYear), String(thisYear + 1)]}
        value={String(year)}
        onChange={(next) => setYear(Number(next))}
      />
      {holidays.data ? (
        <ul className={classes.holidays}>
          {holidays.data.data
            .toSorted((a, b) => a.on.localeCompare(b.on))
            .map((holiday) => (
              <li key={holiday.code}>
                <Switch
                  disabled={fixed}
                  checked={isKept(holiday)}
                  onChange={({ currentTarget: { checked } }) => turn(holiday, checked)}
                  label={
                    <>
                      <span className="num">{format.calendarDay(holiday.on)}</span> {holiday.name}
                    </>
                  }
                />
                {holiday.uf !== null && <Chip>{holiday.uf}</Chip>}
                {holiday.is_optional && <Chip>{t('law.optional')}</Chip>}
              </li>
            ))}
        </ul>
      ) : holidays.isError ? (
        <RefusalState error={holidays.error} onRetry={() => void holidays.refetch()} />
      ) : (
        <Skeleton height={360} mt={12} />
      )}
    </>
  );
}
