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
 * Where each card would stand. Cards enter in the order of the way and lines in the order of the ways out;
 * of two to which ways of one card lead, that of the first way stands higher.
 */
export function laidOut(document: FlowDocument, types: Types): Places {
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', ...SPACE });
  graph.setDefaultEdgeLabel(() => ({}));
  const { met, loose, parked } = walk(document, types);
  const cards = [...met, ...loose, ...parked];
  for (const card of cards) graph.setNode(card.id, sizeOf(card, types));
  const place = new Map(cards.map(({ id }, at) => [id, at]));
  const isMetFirst = (one: string, other: string) =>
    (place.get(one) ?? 0) < (place.get(other) ?? 0);
  const constraints: { left: string; right: string }[] = [];
  for (const card of cards) {
    const order = outletsOf(types.get(card.type), card).map(({ name }) => name);
    const ways = document.connectors
      .filter(({ from, to }) => from === card.id && graph.hasNode(to))
      .sort((a, b) => order.indexOf(a.outlet) - order.indexOf(b.outlet));
    ways.forEach(({ from, outlet, to }, at) => {
      graph.setEdge(from, to, {}, outlet);
      /* Two cards may disagree about two others; who met them first has it, so that what is asked for can be had. */
      for (const { to: later } of ways.slice(at + 1))
        if (isMetFirst(to, later)) constraints.push({ left: to, right: later });
    });
  }
  layout(graph, { constraints });
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
