import { Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/session';
import classes from './team.module.css';

/** What people get to set their app up when nobody says how long. */
const GRACE_DAYS = 7;

type Props = {
  /** The instant from which nobody of the group comes in without a code; null: they may. */
  value: string | null;
  error: string | undefined;
  onChange: (value: string | null) => void;
};

/** Whether the group must have a second factor, and how long its people have to set it up. */
export function FactorField({ value, error, onChange }: Props) {
  const { t } = useTranslation('team');
  const format = useFormat();
  const inGrace = () => {
    const day = new Date();
    day.setDate(day.getDate() + GRACE_DAYS);
    return format.startOfDay(format.dayKey(day.toISOString()));
  };
  return (
    <section className={classes.section} aria-label={t('group.factor')}>
      <h3>{t('group.factor')}</h3>
      <p>{t('group.factor_text')}</p>
      <div className={classes.stack}>
        <Switch
          label={t('group.factor_required')}
          checked={value !== null}
          onChange={({ currentTarget: { checked } }) => onChange(checked ? inGrace() : null)}
        />
        {value !== null && (
          <TextInput
            type="date"
            label={t('group.factor_from')}
            description={t('group.factor_from_hint')}
            value={format.dayKey(value)}
            onChange={({ currentTarget: { value: day } }) => {
              if (day !== '') onChange(format.startOfDay(day));
            }}
            error={error}
          />
        )}
      </div>
    </section>
  );
}
