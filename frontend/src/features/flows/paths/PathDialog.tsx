import { SegmentedControl, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalState } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { Delayed } from '@/ui/Delayed';
import { Dialog } from '@/ui/Dialog';
import { FlowMap } from '../canvas/FlowMap';
import { sayWord } from '../words';
import { pathQuery, useVersion, type Path } from './api';
import { marksOf } from './marks';
import { VisitItem } from './VisitItem';
import classes from './paths.module.css';

type Props = { ticketId: number; seq: number; runId: number | undefined; onClose: () => void };

export function PathDialog({ runId, onClose, ...where }: Props) {
  const { t } = useTranslation('flows');
  return (
    <Dialog open={runId !== undefined} width={760} title={t('path.title')} onClose={onClose}>
      {runId !== undefined && <Whole runId={runId} {...where} />}
    </Dialog>
  );
}

function Whole({ ticketId, seq, runId }: { ticketId: number; seq: number; runId: number }) {
  const path = useQuery(pathQuery(ticketId, runId, seq));
  if (path.data) return <Walked path={path.data} />;
  return path.isError ? (
    <RefusalState error={path.error} onRetry={() => void path.refetch()} />
  ) : (
    <Delayed>
      <Skeleton height={240} />
    </Delayed>
  );
}

/** The cards in the order in which they were met; over the version's drawing for those who may see flows. */
function Walked({ path }: { path: Path }) {
  const { t } = useTranslation('flows');
  const format = useFormat();
  const { document, types, may } = useVersion(path.flow_id, path.number);
  const [view, setView] = useState('list');
  return (
    <div className={classes.path}>
      <div className={classes.top}>
        <p>
          <b>{t('path.flow', { flow: path.flow, number: path.number })}</b>{' '}
          <span className="num">{t('path.began', { at: format.timed(path.started_at) })}</span>
          {path.end_reason && ` · ${sayWord('end', path.end_reason)}`}
        </p>
        {may && (
          <SegmentedControl
            size="xs"
            aria-label={t('path.view')}
            value={view}
            onChange={setView}
            data={[
              { value: 'list', label: t('path.list') },
              { value: 'map', label: t('path.map') },
            ]}
          />
        )}
      </div>
      {view === 'map' && document ? (
        <div className={classes.map}>
          <FlowMap document={document} types={types} marks={marksOf(path)} />
        </div>
      ) : (
        <>
          {path.has_earlier && <p className={classes.quiet}>{t('path.earlier')}</p>}
          <ol className={classes.visits} aria-label={t('path.cards')}>
            {path.visits.map((visit, n) => (
              <VisitItem
                key={visit.visit}
                visit={visit}
                place={n + 1}
                document={visit.flow_id === path.flow_id ? document : undefined}
                types={types}
              />
            ))}
          </ol>
          <Variables path={path} />
        </>
      )}
      <p className={classes.quiet}>{t('path.masked')}</p>
    </div>
  );
}

function Variables({ path: { variables } }: { path: Path }) {
  const { t } = useTranslation('flows');
  if (variables.length === 0) return null;
  return (
    <section className={classes.variables}>
      <h3>{t('path.variables')}</h3>
      <dl>
        {variables.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value ?? t('path.hidden_value')}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
