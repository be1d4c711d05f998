import { Skeleton } from '@mantine/core';
import IconBack from '@tabler/icons-react/dist/esm/icons/IconArrowLeft.mjs';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet, useMatches, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LeavingAsks } from '@/lib/LeavingAsks';
import { usePageMark } from '@/lib/page-mark';
import { Blank } from '@/lib/panes/Blank';
import { paths } from '@/lib/paths';
import { usePhone } from '@/lib/phone';
import { RefusalState } from '@/lib/refusal';
import { useCan, useSession } from '@/lib/session';
import { Delayed } from '@/ui/Delayed';
import { IconButton } from '@/ui/IconButton';
import { draftQuery, findingsQuery, flowQuery, usePalette, type Draft, type Flow } from './api';
import { CardList } from './CardList';
import { Coming } from './canvas/Coming';
import { EditorContext, useMiddle } from './editor';
import { FlowHead } from './FlowHead';
import { FlowTools } from './FlowTools';
import { stands } from './model/standing';
import { MarksContext, NO_MARKS } from './simulator/marks';
import { Troubles } from './Troubles';
import { PencilLine } from './pencil/PencilLine';
import { usePencil, type Pencil } from './pencil/usePencil';
import { othersIn } from './pencil/wish';
import { useEditing } from './useEditing';
import { useFlowView } from './useFlowView';
import classes from './flows.module.css';

const route = getRouteApi('/in/fluxos/$flowId');

/** Large: it comes when somebody first looks at cards and lines. */
const Board = lazy(() => import('./canvas/Board').then((room) => ({ default: room.Board })));

export function FlowPage() {
  const { flowId } = route.useParams();
  return <FlowRoom key={flowId} id={Number(flowId)} />;
}

function FlowRoom({ id }: { id: number }) {
  const can = useCan();
  const flow = useQuery(flowQuery(id));
  const draft = useQuery(draftQuery(id));
  const palette = usePalette();
  const pencil = usePencil(id, can('flows.edit'));
  const failed = [flow, draft, palette.query].find((one) => one.isError && !one.data);
  if (flow.data && draft.data && palette.query.data && pencil.isKnown)
    return <OpenFlow flow={flow.data} draft={draft.data} pencil={pencil} />;
  return (
    <Blank>
      {failed ? (
        <Missing error={failed.error} onRetry={() => void failed.refetch()} />
      ) : (
        <Delayed>
          <div className={classes.waiting}>
            <Skeleton height={44} mb={24} />
            <Skeleton height={120} mb={12} />
            <Skeleton height={120} />
          </div>
        </Delayed>
      )}
    </Blank>
  );
}

/** It did not come, or is not there for whoever asks; the list of flows is. */
function Missing({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation('flows');
  const navigate = useNavigate();
  return (
    <>
      <header className={classes.head}>
        <IconButton size={44} label={t('back')} onClick={() => void navigate({ to: paths.flows })}>
          <IconBack size={20} stroke={1.75} />
        </IconButton>
        <h1>{t('title')}</h1>
      </header>
      <RefusalState error={error} onRetry={onRetry} />
    </>
  );
}

type OpenProps = { flow: Flow; draft: Draft; pencil: Pencil };

function OpenFlow({ flow, draft, pencil }: OpenProps) {
  const { t } = useTranslation('flows');
  const { list, types } = usePalette();
  const me = useSession().account.member_id;
  const { hold, tellBusy } = pencil;
  const isMine = hold.by === 'me';
  const isAsked = isMine && hold.askedBy !== null;
  const mayEdit = isMine && !isAsked;
  const editing = useEditing(flow.id, draft, isMine ? (isAsked ? 'at_once' : 'at_rest') : 'never');
  const { isBusy, isStranded } = editing;
  useEffect(() => tellBusy(isBusy), [tellBusy, isBusy]);
  const { data: found } = useQuery(findingsQuery(flow.id));
  const hasSheet = useMatches().some(({ staticData }) => staticData.isSheet);
  usePageMark(editing.document.name, 0);
  useUndoKeys(mayEdit, editing.undo, editing.redo);
  const { document, saved } = editing;
  const findings = useMemo(
    () => (found?.findings ?? []).filter((one) => stands(one, saved.document, document)),
    [found, saved.document, document],
  );
  const seen = useMiddle();
  const [view, choose] = useFlowView();
  const [marks, setMarks] = useState(NO_MARKS);
  const hands = useMemo(() => ({ marks, setMarks }), [marks]);
  const phone = usePhone();
  const writes = <PencilLine pencil={pencil} isStranded={isStranded} />;
  const writer = hold.by === 'another' ? hold.memberId : undefined;
  const editor = { ...editing, flow, list, types, findings, mayEdit, writer, ...seen };
  return (
    <EditorContext value={editor}>
      <MarksContext value={hands}>
        <main
          className={classes.editor}
          id="content"
          tabIndex={-1}
          data-sheet={hasSheet || undefined}
        >
          <FlowHead others={othersIn(pencil.pages, me)} />
          <div className={classes.halves}>
            <section className={classes.cards} aria-label={t('cards')} data-zone tabIndex={-1}>
              <FlowTools view={view} onView={choose} pencil={phone && hasSheet ? null : writes} />
              <Troubles />
              {view === 'list' ? (
                <CardList />
              ) : (
                <Suspense fallback={<Coming />}>
                  <Board />
                </Suspense>
              )}
            </section>
            <Outlet />
          </div>
          {phone && hasSheet && <div className={classes.under}>{writes}</div>}
        </main>
        <LeavingAsks
          asks={isStranded || editing.theirs !== undefined || editing.problem !== undefined}
          within={paths.flow.replace('$flowId', String(flow.id))}
          title={t('leave.title')}
          text={t('leave.text')}
          discard={t('leave.discard')}
          stay={t('leave.stay')}
        />
      </MarksContext>
    </EditorContext>
  );
}

/** Ctrl+Z and its way back, but not in a field: there it is the field's own. */
function useUndoKeys(mayEdit: boolean, undo: () => void, redo: () => void) {
  useEffect(() => {
    if (!mayEdit) return;
    const onKey = (event: KeyboardEvent) => {
      const { target } = event;
      const isField =
        target instanceof HTMLElement && target.matches('input, textarea, [contenteditable]');
      if (isField || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      if (key === 'y' || event.shiftKey) redo();
      else undo();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [mayEdit, undo, redo]);
}
