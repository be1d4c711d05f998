import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePageMark } from '@/lib/page-mark';
import { WholePage } from '@/lib/panes/WholePage';
import { paths } from '@/lib/paths';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { useCan, useFormat } from '@/lib/session';
import { Delayed } from '@/ui/Delayed';
import { EmptyState } from '@/ui/EmptyState';
import { Answers } from './Answers';
import { figuresQuery, type Asked, type Figures as Told } from './api';
import { Figures } from './Figures';
import { Filters } from './Filters';
import { Groups } from './Groups';
import { usePeriod, type Days } from './period';
import type { SurveySearch } from './place';
import { Spread } from './Spread';
import { useNames } from './useNames';
import classes from './surveys.module.css';

/** What customers think of how they were served: counted, and in their own words. */
export function SurveysPage() {
  const { t } = useTranslation('surveys');
  const search: SurveySearch = useSearch({ from: '/in/relatorios/satisfacao' });
  const navigate = useNavigate();
  const { days, from, until } = usePeriod(search);
  const asked: Asked = {
    from,
    until,
    ...(search.department ? { department_id: search.department } : {}),
    ...(search.agent ? { member_id: search.agent } : {}),
    ...(search.scope ? { counts_for: search.scope } : {}),
  };
  const figures = useQuery(figuresQuery(asked));
  const go = (change: SurveySearch) =>
    void navigate({ to: paths.surveys, search: { ...search, ...change }, replace: true });
  usePageMark(t('title'), 0);
  return (
    <WholePage title={t('title')} heading="h1" sub={<p>{t('lead')}</p>} act={null}>
      <div className={`${classes.page} scrolls`}>
        <Filters search={search} days={days} onChange={go} />
        {figures.data ? (
          <div data-old={figures.isPlaceholderData || undefined} className={classes.said}>
            <Said days={days} asOf={figures.data.as_of} />
            {figures.isError && <RefusalLine error={figures.error} />}
            <Whole figures={figures.data} asked={asked} search={search} onChange={go} />
          </div>
        ) : figures.isError ? (
          <RefusalState error={figures.error} onRetry={() => void figures.refetch()} />
        ) : (
          <Delayed>
            <Skeleton height={88} mb={16} />
            <Skeleton height={240} />
          </Delayed>
        )}
      </div>
    </WholePage>
  );
}

/** Of which days, in whose zone, and as of when. */
function Said({ days, asOf }: { days: Days; asOf: string }) {
  const { t } = useTranslation('surveys');
  const format = useFormat();
  return (
    <p className={`${classes.quiet} num`}>
      {t('period', { from: format.calendarDay(days.from), to: format.calendarDay(days.to) })}
      {' · '}
      {t('as_of', { zone: format.zoneName(format.zone), at: format.timed(asOf) })}
    </p>
  );
}

type WholeProps = {
  figures: Told;
  asked: Asked;
  search: SurveySearch;
  onChange: (change: SurveySearch) => void;
};

function Whole({ figures, asked, search, onChange }: WholeProps) {
  const { t } = useTranslation('surveys');
  const names = useNames();
  if (figures.all.asked === 0) return <Nothing />;
  return (
    <>
      <Figures figures={figures} />
      <Spread
        scores={figures.all}
        chosen={search.score}
        onChoose={(score) => onChange({ score, show: 'all' })}
      />
      <div className={classes.groups}>
        <Groups
          title={t('by_department')}
          column={t('department')}
          none={t('no_department')}
          groups={figures.departments.map(({ department_id: id, ...scores }) => ({
            ...scores,
            id,
            name: names.department(id) ?? t('gone'),
          }))}
        />
        <Groups
          title={t('by_agent')}
          column={t('agent')}
          none={t('no_agent')}
          groups={figures.agents.map(({ member_id: id, ...scores }) => ({
            ...scores,
            id,
            name: names.agent(id) ?? t('gone'),
          }))}
        />
      </div>
      <Answers
        answered={{
          ...asked,
          ...(search.score === undefined ? {} : { score: search.score }),
          ...(search.show === 'all' ? {} : { commented: true }),
        }}
        search={search}
        onChange={onChange}
      />
    </>
  );
}

/** Nobody was asked: by a card of a flow, which whoever sees flows can put in. */
function Nothing() {
  const { t } = useTranslation('surveys');
  const can = useCan();
  return (
    <EmptyState
      title={t('empty')}
      text={t('empty_text')}
      action={
        can('flows.view') && (
          <Button component={Link} to={paths.flows} variant="default">
            {t('to_flows')}
          </Button>
        )
      }
    />
  );
}
