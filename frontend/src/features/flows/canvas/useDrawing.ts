import {
  applyEdgeChanges,
  applyNodeChanges,
  type EdgeChange,
  type NodeChange,
} from '@xyflow/react';
import { useCallback, useMemo, useState } from 'react';
import { useEditor } from '../editor';
import { useNameOfRef } from '../refs';
import { draw, NOTHING_DRAWN, type BoardNode, type Drawn, type Picture } from './drawing';

type Drawing = Drawn & { of: Picture | undefined };

/** Where somebody is in the flow. */
export type Pointing = {
  /** The card whose sheet is open. */
  openId: string | undefined;
  /** What is selected by us: pasted, duplicated, all. */
  chosen: readonly string[];
  /** Where Tab comes in. */
  focused: string | undefined;
};

/**
 * Cards and lines as React Flow moves them under the hand. The document is what they follow: a drag is only here
 * until it ends, and a card that did not change is not drawn anew.
 */
export function useDrawing({ openId, chosen, focused }: Pointing) {
  const { document, types, findings, mayEdit } = useEditor();
  const nameOf = useNameOfRef(document);
  const picture = useMemo<Picture>(
    () => ({ document, types, findings, mayEdit, nameOf, openId, chosen, focused }),
    [document, types, findings, mayEdit, nameOf, openId, chosen, focused],
  );
  const [drawing, setDrawing] = useState<Drawing>(() => ({
    ...draw(NOTHING_DRAWN, picture, undefined),
    of: picture,
  }));
  if (drawing.of !== picture)
    setDrawing((before) => ({ ...draw(before, picture, before.of), of: picture }));

  return {
    ...drawing,
    onNodesChange: useCallback(
      (changes: NodeChange<BoardNode>[]) =>
        setDrawing((now) => ({ ...now, nodes: applyNodeChanges(changes, now.nodes) })),
      [],
    ),
    onEdgesChange: useCallback(
      (changes: EdgeChange[]) =>
        setDrawing((now) => ({ ...now, edges: applyEdgeChanges(changes, now.edges) })),
      [],
    ),
  };
}
