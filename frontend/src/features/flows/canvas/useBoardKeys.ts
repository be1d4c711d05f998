import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect, useRef, type FocusEvent, type KeyboardEvent, type RefObject } from 'react';
import { useEditor } from '../editor';
import { GRID, neighbour, type Direction } from '../model/geometry';
import type { BoardNode } from './drawing';
import { useShowCards } from './Follow';
import { arrowOf } from './frame';
import type { BoardActs } from './useBoardActs';
import { sizeOfSelection, type Selection } from './useSelection';

const STEP: Record<Direction, { x: number; y: number }> = {
  left: { x: -GRID, y: 0 },
  right: { x: GRID, y: 0 },
  up: { x: 0, y: -GRID },
  down: { x: 0, y: GRID },
};
const FAR = 4; // times as far, with Shift

type Options = {
  frame: RefObject<HTMLElement | null>;
  choose: (ids: readonly string[]) => void;
  setFocused: (id: string) => void;
  selection: Selection;
  acts: BoardActs;
  remove: (selection: Selection) => void;
  open: (id: string) => void;
};

const isElsewhere = (target: EventTarget | null) =>
  target instanceof Element &&
  target.closest('input, textarea, [contenteditable], [role="dialog"], [role="menu"]') !== null;

/**
 * On a card: arrows go to the next card, or move what is selected; Space selects, Enter opens. Anywhere in the flow:
 * Delete removes, Ctrl+A selects all, Ctrl+D duplicates, Esc selects nothing.
 */
export function useBoardKeys(options: Options) {
  const { frame, choose, setFocused, selection, acts, remove, open } = options;
  const { mayEdit } = useEditor();
  const show = useShowCards();
  const { getNodes } = useReactFlow<BoardNode>();
  const { getState } = useStoreApi();
  const selectedNow = () => getNodes().filter((node) => node.selected);

  const go = (from: string, direction: Direction) => {
    const places = new Map(getNodes().map(({ id, position }) => [id, position]));
    const next = neighbour(places, from, direction);
    if (next === undefined) return;
    setFocused(next);
    frame.current
      ?.querySelector<HTMLElement>(`[data-thing="${CSS.escape(next)}"]`)
      ?.focus({ preventScroll: true });
  };
  const push = (direction: Direction, isFar: boolean) => {
    const { x, y } = STEP[direction];
    const far = isFar ? FAR : 1;
    acts.move(
      selectedNow().map((node): BoardNode => ({
        ...node,
        position: { x: node.position.x + far * x, y: node.position.y + far * y },
      })),
    );
  };

  const onThing: Record<string, (id: string) => void> = {
    Enter: open,
    ' ': (id) => {
      const ids = selectedNow().map((node) => node.id);
      choose(ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]);
    },
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const id = (event.target as HTMLElement).dataset.thing;
    if (id === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = arrowOf(event.key);
    const act = onThing[event.key];
    if (direction) {
      if (mayEdit && selectedNow().some((node) => node.id === id)) push(direction, event.shiftKey);
      else go(id, direction);
    } else if (act) act(id);
    else return;
    event.preventDefault();
  };

  const onAny = (event: globalThis.KeyboardEvent) => {
    if (isElsewhere(event.target) || event.altKey || event.defaultPrevented) return;
    const key = event.key.toLowerCase();
    const isWithCtrl = event.ctrlKey || event.metaKey;
    const something = sizeOfSelection(selection) > 0;
    if (!isWithCtrl && (key === 'delete' || key === 'backspace') && something) remove(selection);
    else if (!isWithCtrl && key === 'escape' && something) {
      getState().unselectNodesAndEdges();
    } else if (isWithCtrl && key === 'a') choose(getNodes().map((node) => node.id));
    else if (isWithCtrl && key === 'd' && mayEdit && something) acts.duplicate(selection);
    else return;
    event.preventDefault();
  };
  const latest = useRef(onAny);
  useEffect(() => void (latest.current = onAny));
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent) => latest.current(event);
    /* Before whoever closes a sheet by the same Esc. */
    window.document.addEventListener('keydown', listen);
    return () => window.document.removeEventListener('keydown', listen);
  }, []);

  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const thing = (event.target as Element).closest<HTMLElement>('[data-thing]')?.dataset.thing;
    if (thing === undefined || !event.target.matches(':focus-visible')) return;
    setFocused(thing);
    show([thing]);
  };
  return { onKeyDown, onFocus };
}
