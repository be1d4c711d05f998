import { Select, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/session';
import { asRefusal } from '@/api/refusal';
import type { useDraft } from '@/lib/panes/useDraft';
import { sayRefusal } from '@/lib/refusal';
import type { Hours, PeriodBody } from './api';
import { ExceptionList } from './ExceptionList';
import { WeekEditor } from './WeekEditor';
import { WeekPicture } from './WeekPicture';
import classes from './hours.module.css';

type Props = {
  hours: Hours;
  values: PeriodBody;
  set: ReturnType<typeof useDraft<PeriodBody>>['set'];
  fixed: boolean;
  error: unknown;
};

const HERE = '';

export function PeriodFields({ hours, values, set, fixed, error }: Props) {
  const { t } = useTranslation('hours');
  const { zoneName } = useFormat();
  const refusal = error ? asRefusal(error) : undefined;
  const wrong = (field: string) => (refusal?.field === field ? sayRefusal(refusal) : undefined);
  const isTaken = refusal?.slug === 'period_name_is_taken';
  return (
    <>
      <section className={classes.section}>
        <div className={classes.stack}>
          <TextInput
            label={t('period.name')}
            maxLength={80}
            disabled={fixed}
            value={values.name}
            error={wrong('name') ?? (isTaken ? sayRefusal(refusal) : undefined)}
            onChange={({ currentTarget: { value } }) => set('name', value)}
          />
          <Select
            label={t('period.place')}
            description={t('period.place_hint')}
            allowDeselect={false}
            disabled={fixed}
            data={[
              {
                value: HERE,
                label: t('period.place_account', { zone: zoneName(hours.time_zone) }),
              },
              ...hours.branches.map(({ id, name, time_zone }) => ({
                value: String(id),
                label: t('period.place_branch', {
                  name,
                  zone: zoneName(time_zone ?? hours.time_zone),
                }),
              })),
            ]}
            value={values.branch_id === null ? HERE : String(values.branch_id)}
            onChange={(next) => set('branch_id', next ? Number(next) : null)}
          />
          <Switch
            label={t('period.keeps_holidays')}
            description={t('period.keeps_holidays_hint')}
            disabled={fixed}
            checked={values.keeps_holidays}
            onChange={({ currentTarget: { checked } }) => set('keeps_holidays', checked)}
          />
        </div>
      </section>
      <section className={classes.section} aria-label={t('period.week')}>
        <h3>{t('period.week')}</h3>
        <p>{t('period.week_hint')}</p>
        <WeekPicture week={values.week} />
        <WeekEditor
          week={values.week}
          keepsHolidays={values.keeps_holidays}
          fixed={fixed}
          onChange={(week) => set('week', week)}
        />
      </section>
      <section className={classes.section} aria-label={t('exceptions.title')}>
        <h3>{t('exceptions.title')}</h3>
        <p>{t(values.exceptions.length === 0 ? 'exceptions.none' : 'exceptions.hint')}</p>
        <ExceptionList
          exceptions={values.exceptions}
          fixed={fixed}
          wrong={(at) => wrong(`exceptions[${at}].on`)}
          onChange={(exceptions) => set('exceptions', exceptions)}
        />
      </section>
    </>
  );
}
