import { Button } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '@/ui/IconButton';
import type { Range } from './api';
import { TimeField } from './TimeField';
import { nextRange, overlaps, passesMidnight, rangeOf } from './week';
import classes from './hours.module.css';

type Props = {
  /** Whose ranges these are, as a screen reader says it: "Segunda-feira". */
  of: string;
  ranges: readonly Range[];
  fixed: boolean;
  onChange: (ranges: Range[]) => void;
  /** What else can be done with the whole. */
  acts?: ReactNode;
};

/** The ranges of one date. None is closed. */
export function RangeRows({ of, ranges, fixed, onChange, acts }: Props) {
  const { t } = useTranslation('hours');
  const isWrong = overlaps(ranges);
  const set = (at: number, range: Range) =>
    onChange(ranges.map((one, place) => (place === at ? range : one)));
  return (
    <div className={classes.ranges}>
      {ranges.length === 0 && <p className={classes.closed}>{t('closed')}</p>}
      {ranges.map((range, at) => (
        <div
          key={at}
          className={classes.range}
          role="group"
          aria-label={t('range.of', { of, n: at + 1 })}
        >
          <TimeField
            label={t('range.from', { of, n: at + 1 })}
            value={range.from_min}
            invalid={isWrong}
            disabled={fixed}
            onChange={(from) => set(at, rangeOf(from, range.until_min))}
          />
          <span aria-hidden="true">–</span>
          <TimeField
            label={t('range.until', { of, n: at + 1 })}
            value={range.until_min}
            invalid={isWrong}
            disabled={fixed}
            onChange={(until) => set(at, rangeOf(range.from_min, until))}
          />
          {!fixed && (
            <IconButton
              size={36}
              label={t('range.remove', { of, n: at + 1 })}
              onClick={() => onChange(ranges.filter((_, place) => place !== at))}
            >
              <IconTrash size={16} stroke={1.75} />
            </IconButton>
          )}
          {passesMidnight(range) && <small>{t('range.next_day')}</small>}
        </div>
      ))}
      {isWrong && (
        <p className={classes.wrong} role="alert">
          {t('range.overlaps')}
        </p>
      )}
      {!fixed && (
        <div className={classes.acts}>
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} stroke={1.75} />}
            aria-label={t('range.add_to', { of })}
            onClick={() => onChange([...ranges, nextRange(ranges)])}
          >
            {t('range.add')}
          </Button>
          {acts}
        </div>
      )}
    </div>
  );
}
