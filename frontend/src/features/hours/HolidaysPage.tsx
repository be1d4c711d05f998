import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { usePageMark } from '@/lib/page-mark';
import { Detail } from '@/lib/panes/Detail';
import { FormFoot } from '@/lib/panes/FormFoot';
import panes from '@/lib/panes/panes.module.css';
import { useDraft } from '@/lib/panes/useDraft';
import { RefusalState, sayRefusal } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { toast } from '@/lib/toast';
import { hoursQuery, useKeepHolidays, useSavePlaces, type Hours } from './api';
import { CityHolidays } from './CityHolidays';
import { LawHolidays } from './LawHolidays';
import { PlaceFields } from './PlaceFields';
import classes from './hours.module.css';

export function HolidaysPage() {
  const { t } = useTranslation('hours');
  const hours = useQuery(hoursQuery);
  usePageMark(t('holidays.title'), 0);
  return (
    <Detail title={t('holidays.title')} sub={t('holidays.lead')}>
      <div className={panes.form}>
        {hours.data ? (
          <HolidaysForm hours={hours.data} />
        ) : hours.isError ? (
          <RefusalState error={hours.error} onRetry={() => void hours.refetch()} />
        ) : (
          <div className={panes.scroll}>
            <Skeleton height={240} />
          </div>
        )}
      </div>
    </Detail>
  );
}

function HolidaysForm({ hours }: { hours: Hours }) {
  const { t } = useTranslation('hours');
  const fixed = !useCan()('hours.manage');
  const places = useSavePlaces();
  const keep = useKeepHolidays();
  const { values, change, changes, set, discard } = useDraft({
    uf: hours.uf,
    branches: hours.branches,
    switches: hours.switches,
    city: hours.city,
  });
  const error = places.error ?? keep.error;
  const refusal = error ? asRefusal(error) : undefined;

  async function save() {
    const { uf, branches, switches, city } = values;
    if ('uf' in change || 'branches' in change) {
      const said = branches.map(({ id, time_zone, uf: of }) => ({ id, time_zone, uf: of }));
      await places.mutateAsync({ uf, branches: said });
    }
    if ('switches' in change || 'city' in change) await keep.mutateAsync({ switches, city });
    discard();
    toast({ message: t('saved') });
  }

  return (
    <>
      <div className={`${panes.scroll} scrolls`}>
        <section className={classes.section} aria-label={t('places.title')}>
          <h3>{t('places.title')}</h3>
          <p>{t('places.hint')}</p>
          <PlaceFields
            zone={hours.time_zone}
            uf={values.uf}
            branches={values.branches}
            fixed={fixed}
            onUf={(uf) => set('uf', uf)}
            onBranches={(branches) => set('branches', branches)}
          />
        </section>
        <section className={classes.section} aria-label={t('law.title')}>
          <h3>{t('law.title')}</h3>
          <p>{t('law.hint')}</p>
          <LawHolidays
            uf={values.uf}
            switches={values.switches}
            fixed={fixed}
            onChange={(switches) => set('switches', switches)}
          />
        </section>
        <section className={classes.section} aria-label={t('city.title')}>
          <h3>{t('city.title')}</h3>
          <p>{t('city.hint')}</p>
          <CityHolidays
            city={values.city}
            branches={hours.branches}
            fixed={fixed}
            wrong={(field) => (refusal?.field === field ? sayRefusal(refusal) : undefined)}
            onChange={(city) => set('city', city)}
          />
        </section>
      </div>
      {!fixed && (
        <FormFoot
          changes={changes}
          saving={places.isPending || keep.isPending}
          error={error}
          onSave={() => void save().catch(() => undefined)}
          onDiscard={() => {
            discard();
            places.reset();
            keep.reset();
          }}
        />
      )}
    </>
  );
}
