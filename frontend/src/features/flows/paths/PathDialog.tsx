import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bringWords } from '@/lib/i18n';
import { RefusalState } from '@/lib/refusal';
import { useCan, useFormat } from '@/lib/session';
import { Delayed } from '@/ui/Delayed';
import { Dialog } from '@/ui/Dialog';
import { FlowMap } from '../canvas/FlowMap';
import { sayWord } from '../words';
import { pathQuery, useVersion, type Path } from './api';
import { marksOf } from './marks';
import { VisitItem } from './VisitItem';
import classes from './paths.module.css';

const SaveRun = lazy(async () => {
  await bringWords('simulator');
  return { default: (await import('./SaveRun')).SaveRun };
});

type Props = { ticketId: number; seq: number; runId: number | undefined; onClose: () => void };

type Step = 'path' | 'test';

/** What was, and what is made of it: two steps of one dialog. */
export function PathDialog({ runId, onClose, ...where }: Props) {
  const { t } = useTranslation('flows');
  const [step, setStep] = useState<Step>('path');
  const close = () => {
    setStep('path');
    onClose();
  };
  return (
    <Dialog
      open={runId !== undefined}
      width={760}
      title={t(step === 'test' ? 'path.as_test' : 'path.title')}
      onClose={close}
    >
      {runId !== undefined && (
        <Whole runId={runId} step={step} onStep={setStep} onClose={close} {...where} />
      )}
    </Dialog>
  );
}

type WholeProps = {
  ticketId: number;
  seq: number;
  runId: number;
  step: Step;
  onStep: (step: Step) => void;
  onClose: () => void;
};

function Whole({ ticketId, seq, runId, step, onStep, onClose }: WholeProps) {
  const path = useQuery(pathQuery(ticketId, runId, seq));
  const [hasLooked, setHasLooked] = useState(false);
  const back = () => {
    setHasLooked(true);
    onStep('path');
  };
  const waiting = (
    <Delayed>
      <Skeleton height={240} />
    </Delayed>
  );
  if (!path.data)
    return path.isError ? (
      <RefusalState error={path.error} onRetry={() => void path.refetch()} />
    ) : (
      waiting
    );
  if (step === 'path')
    return <Walked path={path.data} isBack={hasLooked} onTest={() => onStep('test')} />;
  return (
    <Suspense fallback={waiting}>
      <SaveRun ticketId={ticketId} path={path.data} onBack={back} onClose={onClose} />
    </Suspense>
  );
}

/** The cards in the order in which they were met; over the version's drawing for those who may see flows. */
function Walked({ path, isBack, onTest }: { path: Path; isBack: boolean; onTest: () => void }) {
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
      {path.phase === 'ended' && <AsTest isBack={isBack} onTest={onTest} />}
    </div>
  );
}

/** What was said once may be held for ever: for whoever may change the flow. Whoever comes back stands here again. */
function AsTest({ isBack, onTest }: { isBack: boolean; onTest: () => void }) {
  const { t } = useTranslation('flows');
  const can = useCan();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isBack) button.current?.focus();
  }, [isBack]);
  if (!can('flows.edit')) return null;
  return (
    <div>
      <Button ref={button} variant="default" size="xs" onClick={onTest}>
        {t('path.as_test')}
      </Button>
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
