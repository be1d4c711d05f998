import { useReactFlow } from '@xyflow/react';
import { useMatch, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState, type DragEvent, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { EmptyState } from '@/ui/EmptyState';
import { useEditor } from '../editor';
import type { Way } from '../model/commands';
import { boxesOf, boxOf } from '../model/geometry';
import { typesFor } from '../model/retype';
import { NoteDialog, type NoteAsked } from '../NoteDialog';
import { RetypeDialog } from '../RetypeDialog';
import { useClipboardKeys } from '../useClipboardKeys';
import { BoardBar } from './BoardBar';
import { noteOfNode, type BoardNode } from './drawing';
import { Follow } from './Follow';
import { HandsContext } from './hands';
import { PalettePanel, TYPE_CARRIED } from './PalettePanel';
import { RemoveDialog } from './RemoveDialog';
import { SelectionBar } from './SelectionBar';
import { Stage } from './Stage';
import { SwapDialog } from './SwapDialog';
import { useBoardActs } from './useBoardActs';
import { useBoardKeys } from './useBoardKeys';
import { useConnecting } from './useConnecting';
import { useOpening } from './useOpening';
import { sizeOfSelection, useSelection, type Selection } from './useSelection';
import { useSteady } from './useSteady';
import { WayDialog } from './WayDialog';
import { ZoomBar } from './ZoomBar';
import classes from './canvas.module.css';

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
  const [chosen, choose] = useState<readonly string[]>([]);
  const [focused, setFocused] = useState<string>();
  const [boxing, setBoxing] = useState(false);
  const [wanted, setWanted] = useState<Wanted>();
  const [way, setWay] = useState<Way>();
  const [note, setNote] = useState<NoteAsked>();
  const [doomed, setDoomed] = useState<Selection>();
  const [retyped, setRetyped] = useState<string>();

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
  const selection = useSelection();
  const only = sizeOfSelection(selection) === 1 ? selection.cards[0] : undefined;
  const onlyCard = document.cards.find(({ id }) => id === only);
  const mayRetype = onlyCard !== undefined && typesFor(onlyCard, list).length > 0;
  const connecting = useConnecting({ acts, onNowhere: setWanted });
  const remove = (what: Selection) => mayEdit && sizeOfSelection(what) > 0 && setDoomed(what);
  const keys = useBoardKeys({
    frame,
    choose,
    setFocused,
    selection,
    acts,
    remove,
    open: openThing,
  });
  useClipboardKeys(() => selection.cards, choose);

  useEffect(() => {
    tellMiddle(() => {
      const { x = 0, y = 0, width = 0, height = 0 } = frame.current?.getBoundingClientRect() ?? {};
      return screenToFlowPosition({ x: x + width / 2, y: y + height / 2 });
    });
    return () => tellMiddle(undefined);
  }, [tellMiddle, screenToFlowPosition]);

  const start = document.cards.find(({ id }) => id === document.start);
  const onInit = useOpening(
    frame,
    boxesOf(document, types),
    start?.position && boxOf(start, types, start.position),
  );
  const hands = useMemo(() => ({ askWay: setWay }), []);
  const onDrop = (event: DragEvent) => {
    const type = list.find((one) => one.type === event.dataTransfer.getData(TYPE_CARRIED));
    if (!type) return;
    event.preventDefault();
    acts.add(type, screenToFlowPosition({ x: event.clientX, y: event.clientY }));
  };
  const onNodeClick = useSteady((event: MouseEvent, { id }: BoardNode) => {
    const isForMany = event.shiftKey || event.ctrlKey || event.metaKey;
    const isButton = (event.target as Element).closest('button, a, .react-flow__handle');
    if (!isForMany && !isButton && !boxing && !noteOfNode(id)) openThing(id);
  });
  const onNodeDoubleClick = useSteady((_: MouseEvent, { id }: BoardNode) => {
    if (noteOfNode(id)) openThing(id);
  });

  return (
    <div ref={frame} className={classes.canvas} role="presentation" {...keys}>
      <HandsContext value={hands}>
        <Stage
          openId={openId}
          chosen={chosen}
          focused={focused}
          isBoxing={boxing}
          hands={{
            onInit,
            onNodeClick,
            onNodeDoubleClick,
            onNodeDragStop: (_, node, moved) => acts.move(moved.length > 0 ? moved : [node]),
            onSelectionDragStop: (_, moved) => acts.move(moved),
            onDragOver: (event) => event.preventDefault(),
            onDrop,
            ...(mayEdit ? connecting : {}),
          }}
        >
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
            <SelectionBar
              selection={selection}
              acts={acts}
              onRetype={mayRetype ? () => setRetyped(only) : undefined}
              onRemove={() => remove(selection)}
            />
          )}
        </Stage>
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
      <RetypeDialog cardId={retyped} onClose={() => setRetyped(undefined)} />
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
