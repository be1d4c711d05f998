import { useTranslation } from 'react-i18next';
import type { WeekRange } from './api';
import { clock, DAY_MIN, ofDay, piecesOf, WEEK_DAYS } from './week';
import classes from './hours.module.css';

const percent = (min: number) => `${(min / DAY_MIN) * 100}%`;
const HOURS = [0, 6, 12, 18, 24] as const;

/** The week at a glance; what it shows is in words beside it. */
export function WeekPicture({ week }: { week: readonly WeekRange[] }) {
  const { t } = useTranslation('hours');
  const said = WEEK_DAYS.map((day) => {
    const ranges = ofDay(week, day).map(
      (range) => `${clock(range.from_min)}–${clock(range.until_min)}`,
    );
    return `${t(`day.${day}`)}: ${ranges.length > 0 ? ranges.join(', ') : t('closed')}`;
  });
  return (
    <div className={classes.picture} role="img" aria-label={said.join('. ')}>
      {WEEK_DAYS.map((day) => (
        <div key={day} className={classes.bar}>
          <span>{t(`day_short.${day}`)}</span>
          <div>
            {piecesOf(week, day).map(({ from_min, until_min, isLeftOver }) => (
              <i
                key={`${from_min}-${isLeftOver}`}
                data-left-over={isLeftOver || undefined}
                style={{
                  insetInlineStart: percent(from_min),
                  inlineSize: percent(until_min - from_min),
                }}
              />
            ))}
          </div>
        </div>
      ))}
      <div className={classes.scale}>
        {HOURS.map((hour) => (
          <span key={hour} className="num">
            {hour}
          </span>
        ))}
      </div>
    </div>
  );
}
