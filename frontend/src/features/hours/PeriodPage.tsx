import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Blank } from '@/lib/panes/Blank';
import { Detail } from '@/lib/panes/Detail';
import { FormFoot } from '@/lib/panes/FormFoot';
import panes from '@/lib/panes/panes.module.css';
import { useDraft } from '@/lib/panes/useDraft';
import { paths } from '@/lib/paths';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { useCan, useFormat } from '@/lib/session';
import { toast } from '@/lib/toast';
import { EmptyState } from '@/ui/EmptyState';
import {
  hoursQuery,
  useCreatePeriod,
  useRemovePeriod,
  useSavePeriod,
  type Hours,
  type Period,
  type PeriodBody,
} from './api';
import { PeriodFields } from './PeriodFields';
import classes from './hours.module.css';

const route = getRouteApi('/in/configuracoes/horarios/$periodId');

const NOTHING: PeriodBody = {
  name: '',
  branch_id: null,
  keeps_holidays: true,
  week: [1, 2, 3, 4, 5].map((day) => ({ day, from_min: 480, until_min: 1080 })),
  exceptions: [],
};

const bodyOf = ({ name, branch_id, keeps_holidays, week, exceptions }: Period): PeriodBody => ({
  name,
  branch_id,
  keeps_holidays,
  week,
  exceptions: exceptions.map((one) => ({ ...one, name: one.name ?? '' })),
});

export function PeriodPage() {
  const { t } = useTranslation('hours');
  const { periodId } = route.useParams();
  const hours = useQuery(hoursQuery);
  const period = hours.data?.periods.find(({ id }) => String(id) === periodId);
  if (hours.data && period)
    return <OpenPeriod key={period.id} hours={hours.data} period={period} />;
  return (
    <Blank>
      {hours.isError && <RefusalState error={hours.error} onRetry={() => void hours.refetch()} />}
      {hours.data && <EmptyState title={t('period.gone')} />}
    </Blank>
  );
}

function OpenPeriod({ hours, period }: { hours: Hours; period: Period }) {
  const { t } = useTranslation('hours');
  const { zoneName } = useFormat();
  const fixed = !useCan()('hours.manage');
  const save = useSavePeriod(period.id);
  const draft = useDraft(bodyOf(period));
  return (
    <Detail
      title={period.name}
      sub={zoneName(period.time_zone)}
      back={{ to: paths.hours, label: t('periods.back') }}
    >
      <div className={panes.form}>
        <div className={`${panes.scroll} scrolls`}>
          <PeriodFields
            hours={hours}
            values={draft.values}
            set={draft.set}
            fixed={fixed}
            error={save.error}
          />
          {!fixed && <PeriodActs period={period} />}
        </div>
        {!fixed && (
          <FormFoot
            changes={draft.changes}
            saving={save.isPending}
            error={save.error}
            onSave={() =>
              save.mutate(draft.values, {
                onSuccess: () => {
                  draft.discard();
                  toast({ message: t('saved') });
                },
              })
            }
            onDiscard={() => {
              draft.discard();
              save.reset();
            }}
          />
        )}
      </div>
    </Detail>
  );
}

function PeriodActs({ period }: { period: Period }) {
  const { t } = useTranslation('hours');
  const navigate = useNavigate();
  const create = useCreatePeriod();
  const remove = useRemovePeriod();
  const copy = () => {
    const name = t('period.copy_name', { name: period.name });
    create.mutate(
      { ...bodyOf(period), name },
      {
        onSuccess: ({ periods }) => {
          const made = periods.find((one) => one.name === name);
          if (made) void navigate({ to: paths.period, params: { periodId: String(made.id) } });
        },
      },
    );
  };
  return (
    <section className={classes.section}>
      <div className={classes.acts}>
        <Button variant="default" loading={create.isPending} onClick={copy}>
          {t('period.copy')}
        </Button>
        <Button
          variant="default"
          color="red"
          loading={remove.isPending}
          onClick={() =>
            remove.mutate(period.id, { onSuccess: () => void navigate({ to: paths.hours }) })
          }
        >
          {t('period.remove')}
        </Button>
      </div>
      <RefusalLine error={create.error ?? remove.error} />
    </section>
  );
}

export function NewPeriod() {
  const { t } = useTranslation('hours');
  const navigate = useNavigate();
  const hours = useQuery(hoursQuery);
  const create = useCreatePeriod();
  const draft = useDraft(NOTHING);
  if (!hours.data) return <Blank />;
  const save = () =>
    create.mutate(draft.values, {
      onSuccess: ({ periods }) => {
        const made = periods.find(({ name }) => name === draft.values.name.trim());
        draft.discard();
        void navigate({
          to: paths.period,
          params: { periodId: String(made?.id) },
          ignoreBlocker: true,
        });
      },
    });
  return (
    <Detail title={t('period.new_title')} back={{ to: paths.hours, label: t('periods.back') }}>
      <div className={panes.form}>
        <div className={`${panes.scroll} scrolls`}>
          <PeriodFields
            hours={hours.data}
            values={draft.values}
            set={draft.set}
            fixed={false}
            error={create.error}
          />
        </div>
        <FormFoot
          changes={draft.changes}
          saving={create.isPending}
          error={create.error}
          onSave={save}
          onDiscard={draft.discard}
        />
      </div>
    </Detail>
  );
}
