/** Where cards stand and how large they are: figures alone, so that a flow is drawn without measuring it. */
import { type Card, type FlowDocument } from './document';
import { firstSettings, outletsOf, type CardType } from './palette';

export const GRID = 16;

/** A card from top to bottom: its head, two lines of what it says, and a line for each way out. */
export const CARD = { width: 240, head: 44, says: 48, way: 24, foot: 8 };
const GAP = 48; // between cards that are put down by themselves

export type Place = { x: number; y: number };
export type Box = Place & { width: number; height: number };
export type Size = { width: number; height: number };
export type Places = ReadonlyMap<string, Place>;
type Types = ReadonlyMap<string, CardType>;

export const heightOf = (ways: number) =>
  CARD.head + CARD.says + (ways > 0 ? ways * CARD.way + 2 * CARD.foot : 0);

/** The middle of a way out, from the top of its card; lines come in at the middle of the head. */
export const wayAt = (place: number) =>
  CARD.head + CARD.says + CARD.foot + place * CARD.way + CARD.way / 2;
export const DOOR_AT = CARD.head / 2;

export const sizeOf = (card: Pick<Card, 'type' | 'settings'>, types: Types): Size => ({
  width: CARD.width,
  height: heightOf(outletsOf(types.get(card.type), card).length),
});

/** Of a card that is not there yet. */
export const sizeOfNew = (type: CardType, types: Types) =>
  sizeOf({ type: type.type, settings: firstSettings(type) }, types);

const NOTE = { width: 240, line: 18, letters: 34, edges: 24, least: 64, most: 352 };

/** A note is as high as what is written on it. */
export function sizeOfNote(text: string): Size {
  const lines = text
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / NOTE.letters)), 0);
  const height = Math.min(NOTE.most, Math.max(NOTE.least, lines * NOTE.line + NOTE.edges));
  return { width: NOTE.width, height: Math.ceil(height / GRID) * GRID };
}

const notesOf = ({ notes = [] }: FlowDocument): Box[] =>
  notes.flatMap(({ text, position, size }) =>
    position
      ? [{ ...position, ...(size ? { width: size.w, height: size.h } : sizeOfNote(text)) }]
      : [],
  );

export const snap = ({ x, y }: Place): Place => ({
  x: Math.round(x / GRID) * GRID,
  y: Math.round(y / GRID) * GRID,
});

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

export const boxOf = (card: Card, types: Types, { x, y }: Place): Box => ({
  x,
  y,
  ...sizeOf(card, types),
});

/** Those that have a place. */
export const boxesOf = ({ cards }: FlowDocument, types: Types): Box[] =>
  cards.flatMap((card) => (card.position ? [boxOf(card, types, card.position)] : []));

/** Does every card have a place of its own, where no other lies over it? */
export function isLegible(document: FlowDocument, types: Types) {
  const boxes = boxesOf(document, types);
  return (
    boxes.length === document.cards.length &&
    boxes.every((box, at) => boxes.slice(at + 1).every((other) => !overlap(box, other)))
  );
}

/** The nearest free place below the one that is wanted. */
export function freePlace(boxes: readonly Box[], wanted: Box): Place {
  const place = { ...wanted, ...snap(wanted) };
  for (;;) {
    const inTheWay = boxes.find((box) => overlap(box, place));
    if (!inTheWay) return { x: place.x, y: place.y };
    place.y = Math.ceil((inTheWay.y + inTheWay.height + GRID) / GRID) * GRID;
  }
}

/** Under everything there is, at its left edge. */
export function roomBelow(document: FlowDocument, types: Types): Place {
  const boxes = [...boxesOf(document, types), ...notesOf(document)];
  if (boxes.length === 0) return { x: 0, y: 0 };
  return snap({
    x: Math.min(...boxes.map(({ x }) => x)),
    y: Math.max(...boxes.map(({ y, height }) => y + height)) + GAP,
  });
}

/** Where somebody points at, or the nearest free place below. */
export const roomAt = (document: FlowDocument, types: Types, size: Size, at: Place): Place =>
  freePlace([...boxesOf(document, types), ...notesOf(document)], { ...size, ...at });

/** To the right of a way out, where whatever it leads to is looked for, its line straight. */
export function roomAfter(
  document: FlowDocument,
  types: Types,
  size: Size,
  { from, outlet }: { from: string; outlet: string },
): Place {
  const card = document.cards.find(({ id }) => id === from);
  if (!card?.position) return roomBelow(document, types);
  const ways = outletsOf(types.get(card.type), card).map(({ name }) => name);
  return roomAt(document, types, size, {
    x: card.position.x + CARD.width + 2 * GAP,
    y: card.position.y + wayAt(Math.max(0, ways.indexOf(outlet))) - DOOR_AT,
  });
}

export type Direction = 'left' | 'right' | 'up' | 'down';
const TOWARDS: Record<Direction, (from: Place, to: Place) => { along: number; aside: number }> = {
  left: (a, b) => ({ along: a.x - b.x, aside: Math.abs(a.y - b.y) }),
  right: (a, b) => ({ along: b.x - a.x, aside: Math.abs(a.y - b.y) }),
  up: (a, b) => ({ along: a.y - b.y, aside: Math.abs(a.x - b.x) }),
  down: (a, b) => ({ along: b.y - a.y, aside: Math.abs(a.x - b.x) }),
};

/** The card that an arrow key goes to: the nearest that way, what stands aside counting double. */
export function neighbour(places: Places, id: string, direction: Direction) {
  const from = places.get(id);
  if (!from) return undefined;
  let best: { id: string; far: number } | undefined;
  for (const [other, place] of places) {
    const { along, aside } = TOWARDS[direction](from, place);
    if (other === id || along <= 0) continue;
    const far = along + 2 * aside;
    if (!best || far < best.far) best = { id: other, far };
  }
  return best?.id;
}

const SMALLEST = 0.5; // smaller than this nothing can be read
const NEAR = 0.75;
const EDGE = { across: 32, down: 72 }; // bars lie over the upper and the lower one

type Span = { from: number; to: number; edge: number };

/** How far the canvas is moved along one side: `wanted` in the middle, but no more emptiness than there must be. */
function moved(all: Span, wanted: number, pane: number, zoom: number) {
  const [least, most] = [all.from * zoom - all.edge, all.to * zoom + all.edge - pane];
  if (most < least) return (pane - (all.from + all.to) * zoom) / 2;
  return -Math.min(most, Math.max(least, wanted * zoom - pane / 2));
}

/** What is seen first: all of it where that can be read, else the start and what is around it. */
export function openingView(boxes: readonly Box[], start: Box | undefined, pane: Size) {
  const across: Span = {
    from: Math.min(...boxes.map(({ x }) => x)),
    to: Math.max(...boxes.map((box) => box.x + box.width)),
    edge: EDGE.across,
  };
  const down: Span = {
    from: Math.min(...boxes.map(({ y }) => y)),
    to: Math.max(...boxes.map((box) => box.y + box.height)),
    edge: EDGE.down,
  };
  const fit = Math.min(
    1,
    (pane.width - 2 * EDGE.across) / (across.to - across.from),
    (pane.height - 2 * EDGE.down) / (down.to - down.from),
  );
  const zoom = fit >= SMALLEST ? fit : NEAR;
  const { x, y, width, height } = start ?? boxes[0] ?? { x: 0, y: 0, width: 0, height: 0 };
  return {
    x: moved(across, x + width / 2, pane.width, zoom),
    y: moved(down, y + height / 2, pane.height, zoom),
    zoom,
  };
}
