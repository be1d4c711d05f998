import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { downloadCsv } from '@/lib/csv';
import { usePageMark } from '@/lib/page-mark';
import { Detail } from '@/lib/panes/Detail';
import { paths } from '@/lib/paths';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { useCan, useFormat } from '@/lib/session';
import { Delayed } from '@/ui/Delayed';
import { EmptyState } from '@/ui/EmptyState';
import { flowQuery } from '../api';
import { useVersion } from '../paths/api';
import { sayWord } from '../words';
import { funnelQuery, type Funnel, type FunnelCard } from './api';
import { CardBars } from './CardBars';
import { CardTable } from './CardTable';
import { Figures } from './Figures';
import { Filters, usePeriod } from './Filters';
import { ResultsMap } from './ResultsMap';
import { asCsv, sorted } from './rows';
import classes from './results.module.css';

const route = getRouteApi('/in/fluxos/$flowId/resultados');

/** What became of the conversations that began in a period: all together, and card by card. */
export function ResultsPage() {
  const { t } = useTranslation('flows');
  const { flowId } = route.useParams();
  const { v } = route.useSearch();
  const id = Number(flowId);
  const may = useCan()('flows.view');
  const flow = useQuery({ ...flowQuery(id), enabled: may });
  const funnel = useQuery(funnelQuery(id, usePeriod(), v));
  const title = t('results.title');
  usePageMark(title, 0);
  return (
    <Detail
      title={title}
      place={t('title')}
      sub={flow.data?.name}
      back={{ to: paths.flow.replace('$flowId', flowId), label: t('results.back'), always: true }}
    >
      <div className={`${classes.results} scrolls`}>
        <Filters flow={flow.data} />
        {funnel.data ? (
          <Said funnel={funnel.data} isOld={funnel.isPlaceholderData}>
            {funnel.isError && <RefusalLine error={funnel.error} />}
            <Whole funnel={funnel.data} id={id} number={v ?? flow.data?.live?.number ?? 0} />
          </Said>
        ) : funnel.isError ? (
          <RefusalState error={funnel.error} onRetry={() => void funnel.refetch()} />
        ) : (
          <Delayed>
            <Skeleton height={88} mb={16} />
            <Skeleton height={320} />
          </Delayed>
        )}
      </div>
    </Detail>
  );
}

type SaidProps = { funnel: Funnel; isOld: boolean; children: React.ReactNode };

/** Of which days, in whose zone, and as of when. */
function Said({ funnel: { from, to, time_zone, as_of }, isOld, children }: SaidProps) {
  const { t } = useTranslation('flows');
  const format = useFormat();
  return (
    <div className={classes.said} data-old={isOld || undefined} aria-busy={isOld}>
      <p className={`${classes.quiet} num`}>
        {t('results.period', { from: format.calendarDay(from), to: format.calendarDay(to) })}
        {' · '}
        {t('results.as_of', { zone: format.zoneName(time_zone), at: format.timed(as_of) })}
      </p>
      {children}
    </div>
  );
}

function Whole({ funnel, id, number }: { funnel: Funnel; id: number; number: number }) {
  const { t } = useTranslation('flows');
  const navigate = useNavigate({ from: paths.flowResults });
  const { view = 'bars', by = 'flow' } = route.useSearch();
  const { document, types, may } = useVersion(id, number);
  if (funnel.figures.runs === 0 && funnel.cards.length === 0)
    return <EmptyState title={t('results.empty')} text={t('results.empty_text')} />;
  const cards = sorted(funnel.cards, by, document, types);
  const nameOf = ({ name, type }: FunnelCard) =>
    name || types.get(type)?.label || sayWord('card', type);
  const wish = (more: { view?: typeof view; by?: typeof by }) =>
    void navigate({ search: (place) => ({ ...place, ...more }), replace: true });
  return (
    <>
      <Figures figures={funnel.figures} />
      <div className={classes.bar}>
        <h3>{t('results.cards')}</h3>
        <SegmentedControl
          size="xs"
          aria-label={t('results.view')}
          value={view}
          onChange={(next) => wish({ view: next })}
          data={(['bars', 'table', ...(may && document ? (['map'] as const) : [])] as const).map(
            (value) => ({ value, label: t(`results.views.${value}`) }),
          )}
        />
        {view !== 'map' && (
          <SegmentedControl
            size="xs"
            aria-label={t('results.order')}
            value={by}
            onChange={(next) => wish({ by: next })}
            data={(['flow', 'abandoned'] as const).map((value) => ({
              value,
              label: t(`results.orders.${value}`),
            }))}
          />
        )}
        <Button
          variant="default"
          size="xs"
          leftSection={<IconDownload size={14} stroke={1.75} />}
          onClick={() => downloadCsv(asCsv(cards, nameOf), `${id}-${funnel.from}-${funnel.to}.csv`)}
        >
          {t('results.csv')}
        </Button>
      </div>
      {view === 'map' && document ? (
        <ResultsMap cards={cards} document={document} types={types} />
      ) : view === 'table' ? (
        <CardTable cards={cards} nameOf={nameOf} />
      ) : (
        <CardBars cards={cards} nameOf={nameOf} document={document} types={types} />
      )}
    </>
  );
}
