/** What React Flow has to know of a card before it is drawn, so that lines stand where they belong from the first paint on. */
import { Position, type Edge, type NodeHandle } from '@xyflow/react';
import type { Connector, FlowDocument } from '../model/document';
import { CARD, DOOR_AT, wayAt, type Direction } from '../model/geometry';
import type { Outlet } from '../model/palette';

/** Where lines come in. */
export const DOOR = 'in';
const DOT = 12;

const handle = (id: string, type: 'source' | 'target', x: number, y: number): NodeHandle => ({
  id,
  type,
  position: type === 'source' ? Position.Right : Position.Left,
  x: x - DOT / 2,
  y: y - DOT / 2,
  width: DOT,
  height: DOT,
});

export const handlesOf = (outlets: readonly Outlet[]): NodeHandle[] => [
  handle(DOOR, 'target', DOT / 2, DOOR_AT),
  ...outlets.map(({ name }, at) => handle(name, 'source', CARD.width, wayAt(at))),
];

/** How a way out is called where one word has to do: in marks and as the id of its line. */
export const wayKey = (from: string, outlet: string) => `${from} ${outlet}`;

/* Lines are told card by card, where each way out says what it leads to. */
const UNHEARD = { 'aria-hidden': true } as const;

/** One that keeps to a lane goes around what stands in its way; all others curve. */
export const edgeOf = ({ from, outlet, to }: Connector, lane: number | undefined): Edge => ({
  id: wayKey(from, outlet),
  ...(lane === undefined ? {} : { type: 'lane', data: { lane } }),
  source: from,
  sourceHandle: outlet,
  target: to,
  targetHandle: DOOR,
  reconnectable: 'target', // what is pulled from a dot is a new line
  domAttributes: UNHEARD,
});

export const wayOfEdge = ({ source, sourceHandle }: Edge) => ({
  from: source,
  outlet: sourceHandle ?? '',
});

/** Lines between cards that are there; a line of a way out that is no more has nowhere to begin. */
export const drawable = ({ connectors, cards }: FlowDocument, ways: ReadonlySet<string>) => {
  const ids = new Set(cards.map(({ id }) => id));
  return connectors.filter(({ from, outlet, to }) => ids.has(to) && ways.has(wayKey(from, outlet)));
};

const ARROWS: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

export const arrowOf = (key: string): Direction | undefined => ARROWS[key];
