/** Cards put in order by themselves: from left to right, each after what leads to it. */
import { graphlib, layout } from '@dagrejs/dagre';
import { moveCards } from './commands';
import type { FlowDocument } from './document';
import { GRID, isLegible, sizeOf, snap, type Places } from './geometry';
import { outletsOf, type CardType } from './palette';
import { walk } from './walk';

type Types = ReadonlyMap<string, CardType>;

const SPACE = { nodesep: 2 * GRID, ranksep: 5 * GRID, edgesep: GRID };

/**
 * Where each card would stand. Cards enter in the order of the way and lines in the order of the ways out,
 * because what comes first is put higher.
 */
export function laidOut(document: FlowDocument, types: Types): Places {
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', ...SPACE });
  graph.setDefaultEdgeLabel(() => ({}));
  const { met, loose, parked } = walk(document, types);
  const cards = [...met, ...loose, ...parked];
  for (const card of cards) graph.setNode(card.id, sizeOf(card, types));
  for (const card of cards) {
    const order = outletsOf(types.get(card.type), card).map(({ name }) => name);
    document.connectors
      .filter(({ from, to }) => from === card.id && graph.hasNode(to))
      .sort((a, b) => order.indexOf(a.outlet) - order.indexOf(b.outlet))
      .forEach(({ from, outlet, to }) => graph.setEdge(from, to, {}, outlet));
  }
  layout(graph);
  return new Map(
    cards.map(({ id }) => {
      const { x = 0, y = 0, width = 0, height = 0 } = graph.node(id) as Partial<DOMRect>;
      return [id, snap({ x: x - width / 2, y: y - height / 2 })];
    }),
  );
}

/** The whole flow put in order, in one step. */
export function arrange(document: FlowDocument, types: Types): FlowDocument {
  return moveCards(document, laidOut(document, types));
}

/** A flow in which some card has no place yet is put in order before hands touch it. */
export const settled = (document: FlowDocument, types: Types) =>
  document.cards.every(({ position }) => position) ? document : arrange(document, types);

/** As its author placed it where that can be read, else in order: for whoever only looks. */
export const readable = (document: FlowDocument, types: Types) =>
  isLegible(document, types) ? document : arrange(document, types);
