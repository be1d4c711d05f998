import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useState } from 'react';
import { useEditor } from '../editor';
import { fragmentOf, paste, writeFragment } from '../model/clipboard';
import { addCard, connect, disconnect, moveCards, removeCards, type Way } from '../model/commands';
import { newId, targetOf } from '../model/document';
import {
  boxesOf,
  boxOf,
  GRID,
  openingView,
  roomAfter,
  roomAt,
  sizeOfNew,
  type Place,
} from '../model/geometry';
import { arrange } from '../model/layout';
import { moveNotes, removeNotes } from '../model/notes';
import type { CardType } from '../model/palette';
import { useCopied } from '../useCopied';
import { noteOfNode, type BoardNode } from './drawing';
import type { Selection } from './useSelection';

/** A line in place of another: done once somebody said so. */
export type Swap = { way: Way; now: string; to: string };

type Options = {
  choose: (ids: readonly string[]) => void;
  openCard: (id: string) => void;
};

/** What hands do on the canvas; each is one step back. */
export function useBoardActs({ choose, openCard }: Options) {
  const { document, types, act } = useEditor();
  const { setViewport } = useReactFlow();
  const { getState } = useStoreApi();
  const copied = useCopied();
  const [swap, setSwap] = useState<Swap>();

  /** From a way out to a card; one that leads elsewhere already is asked about. */
  const join = (way: Way, to: string) => {
    const now = targetOf(document, way.from, way.outlet);
    if (now === undefined) act(connect(document, way.from, way.outlet, to));
    else if (now !== to) setSwap({ way, now, to });
  };

  return {
    join,
    swap,
    closeSwap: () => setSwap(undefined),
    /** The end of a line was taken elsewhere. */
    rejoin: ({ from, outlet }: Way, to: string) => act(connect(document, from, outlet, to)),
    move: (nodes: readonly BoardNode[]) => {
      const cards = new Map<string, Place>();
      const notes = new Map<string, Place>();
      for (const { id, position } of nodes) {
        const note = noteOfNode(id);
        const at = { x: Math.round(position.x), y: Math.round(position.y) };
        if (note === undefined) cards.set(id, at);
        else notes.set(note, at);
      }
      act(
        notes.size > 0 ? moveNotes(moveCards(document, cards), notes) : moveCards(document, cards),
      );
    },
    remove: ({ cards, notes, ways }: Selection) => {
      const less = removeNotes(removeCards(document, cards), notes);
      act(ways.reduce((flow, { from, outlet }) => disconnect(flow, from, outlet), less));
    },
    copy: ({ cards }: Selection) =>
      copied.put(writeFragment(fragmentOf(document, cards)), cards.length),
    duplicate: ({ cards }: Selection) => {
      const fragment = fragmentOf(document, cards);
      if (fragment.cards.length === 0) return;
      const at = {
        x: Math.min(...fragment.cards.map(({ position }) => position?.x ?? 0)) + 2 * GRID,
        y: Math.min(...fragment.cards.map(({ position }) => position?.y ?? 0)) + 2 * GRID,
      };
      const { document: next, ids } = paste(document, fragment, types, at);
      act(next);
      choose(ids);
    },
    /** A new card where it was let go, at the end of a way out if it was pulled from one. */
    add: (type: CardType, at: Place | undefined, way?: Way) => {
      const id = newId(
        type.type,
        document.cards.map((card) => card.id),
      );
      const size = sizeOfNew(type, types);
      const place =
        at || !way
          ? roomAt(document, types, size, at ?? { x: 0, y: 0 })
          : roomAfter(document, types, size, way);
      const more = addCard(document, type, id, place);
      act(way ? connect(more, way.from, way.outlet, id) : more);
      openCard(id);
    },
    tidy: () => {
      const next = arrange(document, types);
      const start = next.cards.find(({ id }) => id === next.start);
      act(next);
      void setViewport(
        openingView(
          boxesOf(next, types),
          start?.position && boxOf(start, types, start.position),
          getState(),
        ),
      );
    },
  };
}

export type BoardActs = ReturnType<typeof useBoardActs>;
