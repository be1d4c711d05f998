import { useStore, type ReactFlowState } from '@xyflow/react';
import type { Way } from '../model/commands';
import { noteOfNode } from './drawing';
import { wayOfEdge } from './frame';

/** What is selected, by what it is. */
export type Selection = { cards: string[]; notes: string[]; ways: Way[] };
export const sizeOfSelection = ({ cards, notes, ways }: Selection) =>
  cards.length + notes.length + ways.length;

const selectionOf = ({ nodes, edges }: ReactFlowState): Selection => {
  const ids = nodes.filter(({ selected }) => selected).map(({ id }) => id);
  return {
    cards: ids.filter((id) => noteOfNode(id) === undefined),
    notes: ids.flatMap((id) => noteOfNode(id) ?? []),
    /* With cards go their lines; a line is picked by itself. */
    ways: ids.length > 0 ? [] : edges.filter(({ selected }) => selected).map(wayOfEdge),
  };
};

const isSame = (a: Selection, b: Selection) => JSON.stringify(a) === JSON.stringify(b);

/** The same one until something else is selected, however much is moved. */
export const useSelection = () => useStore(selectionOf, isSame);
