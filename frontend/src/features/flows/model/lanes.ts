/** How a line goes around the cards that stand between its two ends, so that none is drawn over it. */
import { outletsOf, type CardType } from './palette';
import { boxesOf, CARD, DOOR_AT, GRID, wayAt, type Box, type Place } from './geometry';
import type { Connector, FlowDocument } from './document';

/** How far a line goes straight on before it turns, and how far from a card it passes. */
const REACH = 2 * GRID;
const CLEAR = GRID;
const ROUND = GRID;
const SAMPLES = 24;
/* The dot lies across the edge of its card. */
const DOT = 6;

/** A point of the curve that is drawn where nothing is in the way: level at both ends. */
function curveAt(from: Place, to: Place, t: number): Place {
  const across = to.x - from.x;
  const bend = across >= 0 ? across / 2 : 6.25 * Math.sqrt(-across);
  const [a, b, c, d] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3];
  return {
    x: a * from.x + b * (from.x + bend) + c * (to.x - bend) + d * to.x,
    y: (a + b) * from.y + (c + d) * to.y,
  };
}

const isOn = ({ x, y }: Place, box: Box) =>
  x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height;

const crosses = (a: Place, b: Place, box: Box) =>
  Math.min(a.x, b.x) < box.x + box.width &&
  Math.max(a.x, b.x) > box.x &&
  Math.min(a.y, b.y) < box.y + box.height &&
  Math.max(a.y, b.y) > box.y;

/** Straight on, along at one height, and in: the corners of a line that keeps to a lane. */
export const cornersOf = (from: Place, to: Place, lane: number): Place[] => [
  from,
  { x: from.x + REACH, y: from.y },
  { x: from.x + REACH, y: lane },
  { x: to.x - REACH, y: lane },
  { x: to.x - REACH, y: to.y },
  to,
];

const isFree = (corners: readonly Place[], boxes: readonly Box[]) =>
  corners.every((corner, at) => {
    const next = corners[at + 1];
    return !next || boxes.every((box) => !crosses(corner, next, box));
  });

/** The height of the nearest lane where the curve would pass behind a card; undefined where it is free, or none is. */
export function laneOf(from: Place, to: Place, boxes: readonly Box[]): number | undefined {
  const curve = Array.from({ length: SAMPLES - 1 }, (_, n) => curveAt(from, to, (n + 1) / SAMPLES));
  const [left, right] = [
    Math.min(...curve.map(({ x }) => x)),
    Math.max(...curve.map(({ x }) => x)),
  ];
  const near = boxes.filter((box) => box.x < right + REACH && box.x + box.width > left - REACH);
  if (!near.some((box) => curve.some((point) => isOn(point, box)))) return undefined;
  const away = (lane: number) => Math.abs(lane - from.y) + Math.abs(lane - to.y);
  return near
    .flatMap(({ y, height }) => [y - CLEAR, y + height + CLEAR])
    .toSorted((one, other) => away(one) - away(other))
    .find((lane) => isFree(cornersOf(from, to, lane), near));
}

/** A lane for each line that needs one. */
export function lanesOf(
  document: FlowDocument,
  types: ReadonlyMap<string, CardType>,
): (line: Connector) => number | undefined {
  const boxes = boxesOf(document, types);
  const cards = new Map(document.cards.map((card) => [card.id, card]));
  return ({ from, outlet, to }) => {
    const [source, target] = [cards.get(from), cards.get(to)];
    if (!source?.position || !target?.position) return undefined;
    const place = outletsOf(types.get(source.type), source).findIndex(
      ({ name }) => name === outlet,
    );
    const start = {
      x: source.position.x + CARD.width + DOT,
      y: source.position.y + wayAt(place),
    };
    return laneOf(start, { x: target.position.x, y: target.position.y + DOOR_AT }, boxes);
  };
}

/** The corners, rounded, as a path is written. */
export function pathOf(corners: readonly Place[]) {
  return corners
    .map((corner, at) => {
      const [before, after] = [corners[at - 1], corners[at + 1]];
      if (!before) return `M${corner.x} ${corner.y}`;
      if (!after) return `L${corner.x} ${corner.y}`;
      const on = (to: Place) => {
        const far = Math.hypot(to.x - corner.x, to.y - corner.y);
        const part = far === 0 ? 0 : Math.min(ROUND, far / 2) / far;
        return `${corner.x + (to.x - corner.x) * part} ${corner.y + (to.y - corner.y) * part}`;
      };
      return `L${on(before)} Q${corner.x} ${corner.y} ${on(after)}`;
    })
    .join(' ');
}
