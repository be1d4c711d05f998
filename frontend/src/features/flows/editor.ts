import { createContext, useCallback, useContext, useRef } from 'react';
import type { Finding, Flow } from './api';
import { roomAt, roomBelow, type Place, type Size } from './model/geometry';
import type { CardType } from './model/palette';
import type { EditingHands } from './useEditing';

/** What every part of an open flow works with. */
export type Editor = EditingHands & {
  flow: Flow;
  list: CardType[];
  types: ReadonlyMap<string, CardType>;
  /** What the check said of what was saved, as far as it still stands. */
  findings: Finding[];
  /** This page holds the pencil, and whoever is at it may write. */
  mayEdit: boolean;
  /** The member who writes at it elsewhere. */
  writer: number | undefined;
  /** The middle of what is seen, while a canvas shows the flow. */
  middle: () => Place | undefined;
  /** A canvas says where that is, and `undefined` when it goes. */
  tellMiddle: (of: (() => Place) | undefined) => void;
};

export const EditorContext = createContext<Editor | null>(null);

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error('useEditor needs an open flow above it');
  return editor;
}

/** Of what a canvas shows, told by it to whoever works beside it. */
export function useMiddle(): Pick<Editor, 'middle' | 'tellMiddle'> {
  const told = useRef<() => Place>(undefined);
  return {
    middle: useCallback(() => told.current?.(), []),
    tellMiddle: useCallback((of) => void (told.current = of), []),
  };
}

/** Where something new of this size is put: in the middle of what is seen, or under everything. */
export function useSpot() {
  const { document, types, middle } = useEditor();
  return (size: Size) => {
    const at = middle();
    if (!at) return roomBelow(document, types);
    return roomAt(document, types, size, {
      x: at.x - size.width / 2,
      y: at.y - size.height / 2,
    });
  };
}

/** Where focus goes to: cards and their ways out have a place each. */
export const cardPlace = (id: string) => `card-${id}`;
export const wayPlace = (id: string, outlet: string) => `way-${id}-${outlet}`;

/** The focus goes to a card, wherever it is drawn; the canvas brings what has it into sight. */
export function focusCard(id: string) {
  const place = document.getElementById(cardPlace(id));
  place?.scrollIntoView({ block: 'center' });
  place?.focus();
}
