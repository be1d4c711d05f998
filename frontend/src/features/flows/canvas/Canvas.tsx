import { Background, MiniMap, ReactFlow, SelectionMode, useReactFlow } from '@xyflow/react';
import { useMatch, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { EmptyState } from '@/ui/EmptyState';
import { useEditor } from '../editor';
import type { Way } from '../model/commands';
import { boxesOf, boxOf, GRID } from '../model/geometry';
import { NoteDialog, type NoteAsked } from '../NoteDialog';
import { useClipboardKeys } from '../useClipboardKeys';
import { BoardBar } from './BoardBar';
import { BoardCard } from './BoardCard';
import { BoardNote } from './BoardNote';
import { noteOfNode, type BoardNode } from './drawing';
import { Follow } from './Follow';
import { wayOfEdge } from './frame';
import { HandsContext } from './hands';
import { PalettePanel, TYPE_CARRIED } from './PalettePanel';
import { RemoveDialog } from './RemoveDialog';
import { SelectionBar } from './SelectionBar';
import { SwapDialog } from './SwapDialog';
import { sizeOfSelection, useBoardActs, type Selection } from './useBoardActs';
import { useBoardKeys } from './useBoardKeys';
import { useConnecting } from './useConnecting';
import { useDrawing } from './useDrawing';
import { useOpening } from './useOpening';
import { WayDialog } from './WayDialog';
import { ZoomBar } from './ZoomBar';
import classes from './canvas.module.css';

const NODE_TYPES = { card: BoardCard, note: BoardNote };
const SNAP: [number, number] = [GRID, GRID];
const WITH_OTHERS = ['Shift', 'Control', 'Meta'];

/** Where a new card goes that was chosen, and what it is for. */
type Wanted = { at: { x: number; y: number } | undefined; way?: Way };

/** The canvas: what is drawn follows the document, what hands do becomes one command each. */
export function Canvas() {
  const { t } = useTranslation('flows');
  const navigate = useNavigate();
  const { document, types, flow, list, mayEdit, middle, tellMiddle } = useEditor();
  const { screenToFlowPosition } = useReactFlow();
  const frame = useRef<HTMLDivElement>(null);
  const open = useMatch({ from: '/in/fluxos/$flowId/cards/$cardId', shouldThrow: false });
  const openId = open?.params.cardId;
  const drawing = useDrawing(openId);
  const { nodes, edges, choose } = drawing;
  const [boxing, setBoxing] = useState(false);
  const [wanted, setWanted] = useState<Wanted>();
  const [way, setWay] = useState<Way>();
  const [note, setNote] = useState<NoteAsked>();
  const [doomed, setDoomed] = useState<Selection>();

  const openThing = (id: string) => {
    const noteId = noteOfNode(id);
    if (noteId === undefined) {
      void navigate({
        to: paths.flowCard,
        params: { flowId: String(flow.id), cardId: id },
        search: {},
      });
    } else if (mayEdit) setNote(document.notes?.find((one) => one.id === noteId));
  };
  const acts = useBoardActs({ choose, openCard: openThing });
  const selection = useMemo(() => selectionOf(nodes, edges), [nodes, edges]);
  const connecting = useConnecting({ acts, onNowhere: setWanted });
  const remove = (what: Selection) => mayEdit && sizeOfSelection(what) > 0 && setDoomed(what);
  const keys = useBoardKeys({ frame, drawing, selection, acts, remove, open: openThing });
  useClipboardKeys(() => selection.cards, choose);

  useEffect(() => {
    tellMiddle(() => {
      const { x = 0, y = 0, width = 0, height = 0 } = frame.current?.getBoundingClientRect() ?? {};
      return screenToFlowPosition({ x: x + width / 2, y: y + height / 2 });
    });
    return () => tellMiddle(undefined);
  }, [tellMiddle, screenToFlowPosition]);

  const start = document.cards.find(({ id }) => id === document.start);
  const opening = useOpening(
    frame,
    boxesOf(document, types),
    start?.position && boxOf(start, types, start.position),
  );
  const hands = useMemo(() => ({ askWay: setWay }), []);
  const drop = (event: DragEvent) => {
    const type = list.find((one) => one.type === event.dataTransfer.getData(TYPE_CARRIED));
    if (!type) return;
    event.preventDefault();
    acts.add(type, screenToFlowPosition({ x: event.clientX, y: event.clientY }));
  };

  return (
    <div ref={frame} className={classes.canvas} role="presentation" {...keys}>
      <HandsContext value={hands}>
        <ReactFlow<BoardNode>
          aria-label={t('canvas.title')}
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          onNodesChange={drawing.onNodesChange}
          onEdgesChange={drawing.onEdgesChange}
          onInit={opening}
          onNodeClick={(event, { id }) => {
            const isForMany = event.shiftKey || event.ctrlKey || event.metaKey;
            const isButton = (event.target as Element).closest('button, a, .react-flow__handle');
            if (!isForMany && !isButton && !boxing && !noteOfNode(id)) openThing(id);
          }}
          onNodeDoubleClick={(_, { id }) => noteOfNode(id) && openThing(id)}
          onNodeDragStop={(_, node, moved) => acts.move(moved.length > 0 ? moved : [node])}
          onSelectionDragStop={(_, moved) => acts.move(moved)}
          {...(mayEdit ? connecting : {})}
          onDragOver={(event) => event.preventDefault()}
          onDrop={drop}
          nodesFocusable={false}
          edgesFocusable={false}
          nodesDraggable={mayEdit}
          nodesConnectable={mayEdit}
          connectOnClick={false}
          connectionRadius={GRID * 2}
          deleteKeyCode={null}
          selectionKeyCode="Shift"
          multiSelectionKeyCode={WITH_OTHERS}
          selectionMode={SelectionMode.Partial}
          selectionOnDrag={boxing}
          panOnDrag={!boxing}
          zoomOnDoubleClick={false}
          nodeDragThreshold={4}
          snapToGrid
          snapGrid={SNAP}
          minZoom={0.1}
          maxZoom={2}
          proOptions={{ hideAttribution: true }}
        >
          <Background gap={GRID * 2} size={2} />
          <MiniMap
            className={classes.mini}
            ariaLabel={t('canvas.minimap')}
            position="bottom-left"
            pannable
            zoomable
          />
          <ZoomBar />
          <Follow cards={openId === undefined ? [] : [openId]} />
          {mayEdit && (
            <BoardBar
              isBoxing={boxing}
              onBox={() => setBoxing(!boxing)}
              isChoosing={wanted !== undefined}
              onChoose={() => setWanted(wanted ? undefined : { at: undefined })}
              onTidy={acts.tidy}
            />
          )}
          {mayEdit && (
            <SelectionBar selection={selection} acts={acts} onRemove={() => remove(selection)} />
          )}
        </ReactFlow>
      </HandsContext>
      {wanted && (
        <PalettePanel
          onClose={() => setWanted(undefined)}
          onPick={(type) => {
            setWanted(undefined);
            acts.add(type, wanted.at ?? (wanted.way ? undefined : middle()), wanted.way);
          }}
        />
      )}
      {document.cards.length === 0 && (
        <div className={classes.none}>
          <EmptyState title={t('no_cards')} text={t('no_cards_text')} />
        </div>
      )}
      <WayDialog way={way} onClose={() => setWay(undefined)} />
      <NoteDialog asked={note} onClose={() => setNote(undefined)} />
      <SwapDialog swap={acts.swap} onClose={acts.closeSwap} />
      <RemoveDialog
        doomed={doomed}
        onClose={() => setDoomed(undefined)}
        onRemove={(what) => {
          acts.remove(what);
          if (openId !== undefined && what.cards.includes(openId))
            void navigate({
              to: paths.flow,
              params: { flowId: String(flow.id) },
              ignoreBlocker: true,
            });
        }}
      />
    </div>
  );
}

const selectionOf = (
  nodes: readonly BoardNode[],
  edges: Parameters<typeof wayOfEdge>[0][],
): Selection => {
  const ids = nodes.filter(({ selected }) => selected).map(({ id }) => id);
  return {
    cards: ids.filter((id) => noteOfNode(id) === undefined),
    notes: ids.flatMap((id) => noteOfNode(id) ?? []),
    /* With cards go their lines; a line is picked by itself. */
    ways: ids.length > 0 ? [] : edges.filter(({ selected }) => selected).map(wayOfEdge),
  };
};
