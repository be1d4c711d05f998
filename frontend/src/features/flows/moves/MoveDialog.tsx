import { Button, Progress, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import form from '@/lib/panes/form.module.css';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { Dialog } from '@/ui/Dialog';
import { useEditor } from '../editor';
import {
  moveQuery,
  previewQuery,
  useCancelMove,
  useStartMove,
  type Move,
  type Preview,
  type Staying,
} from './api';
import classes from './moves.module.css';

type Props = { open: boolean; onClose: () => void };

/**
 * Conversations that began with an older version stay on it. Here somebody sees how many could go on in the one that is
 * live, why others could not, and decides.
 */
export default function MoveDialog({ open, onClose }: Props) {
  const { t } = useTranslation('flows');
  return (
    <Dialog open={open} title={t('move.title')} width={480} onClose={onClose}>
      <Asking onClose={onClose} />
    </Dialog>
  );
}

function Asking({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('flows');
  const { flow } = useEditor();
  const preview = useQuery(previewQuery(flow.id));
  const [started, setStarted] = useState<number>();
  const id = started ?? preview.data?.running_id;
  if (id !== undefined && id !== null) return <Going id={id} onClose={onClose} />;
  if (preview.isError)
    return <RefusalState error={preview.error} onRetry={() => void preview.refetch()} />;
  if (!preview.data)
    return (
      <div aria-busy aria-label={t('move.counting')}>
        <Skeleton height={16} mb={8} />
        <Skeleton height={16} width="70%" mb={24} />
        <Skeleton height={36} width="50%" />
      </div>
    );
  return <Deciding preview={preview.data} onStarted={setStarted} onClose={onClose} />;
}

type DecidingProps = { preview: Preview; onStarted: (id: number) => void; onClose: () => void };

function Deciding({ preview, onStarted, onClose }: DecidingProps) {
  const { t } = useTranslation(['flows', 'common']);
  const { flow } = useEditor();
  const start = useStartMove(flow.id);
  const { number, moving, staying, has_more } = preview;
  const isNobody = moving === 0 && staying.length === 0;
  return (
    <>
      {isNobody ? (
        <p>{t('move.nobody', { number })}</p>
      ) : (
        <>
          <p>{t('move.text', { number })}</p>
          <ul className={classes.counts} aria-label={t('move.counts')}>
            <li>
              <b className="num">{moving}</b> {t('move.moving', { count: moving })}
            </li>
            <Reasons staying={staying} />
          </ul>
          {has_more && <p className={classes.quiet}>{t('move.has_more')}</p>}
        </>
      )}
      <RefusalLine error={start.error} />
      <div className={form.acts}>
        <Button variant="default" data-autofocus onClick={onClose}>
          {isNobody ? t('common:close') : t('common:cancel')}
        </Button>
        {!isNobody && (
          <Button
            disabled={moving === 0}
            loading={start.isPending}
            onClick={() => start.mutate(number, { onSuccess: ({ id }) => onStarted(id) })}
          >
            {t('move.act', { count: moving })}
          </Button>
        )}
      </div>
    </>
  );
}

function Reasons({ staying }: { staying: readonly Staying[] }) {
  const { t } = useTranslation('flows');
  return staying.map(({ reason, count }) => (
    <li key={reason}>
      <b className="num">{count}</b> {t('move.staying', { count })}{' '}
      <span className={classes.quiet}>{t(`move.reasons.${reason}`)}</span>
    </li>
  ));
}

function Going({ id, onClose }: { id: number; onClose: () => void }) {
  const { t } = useTranslation(['flows', 'common']);
  const { flow } = useEditor();
  const move = useQuery(moveQuery(flow.id, id));
  const cancel = useCancelMove(flow.id);
  if (move.isError && !move.data)
    return <RefusalState error={move.error} onRetry={() => void move.refetch()} />;
  if (!move.data) return <Skeleton height={64} />;
  const { state, moved, pending, number, staying } = move.data;
  const isGoing = state === 'running';
  return (
    <>
      <p role="status">
        {isGoing
          ? t('move.going', { count: pending, moved })
          : t(`move.over.${state}`, { count: moved, number })}
      </p>
      {isGoing && <Progress mt={12} value={percentOf(move.data)} aria-label={t('move.progress')} />}
      {!isGoing && staying.length > 0 && (
        <ul className={classes.counts} aria-label={t('move.counts')}>
          <Reasons staying={staying} />
        </ul>
      )}
      {!isGoing && pending > 0 && (
        <p className={classes.quiet}>{t('move.left', { count: pending })}</p>
      )}
      <RefusalLine error={cancel.error} />
      <div className={form.acts}>
        {isGoing && (
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate(id)}>
            {t('move.stop')}
          </Button>
        )}
        <Button data-autofocus onClick={onClose}>
          {t('common:close')}
        </Button>
      </div>
    </>
  );
}

function percentOf({ moved, pending, staying }: Move) {
  const done = moved + staying.reduce((sum, { count }) => sum + count, 0);
  return (100 * done) / Math.max(1, done + pending);
}
