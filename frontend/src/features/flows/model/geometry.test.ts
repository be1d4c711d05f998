import { aFlow, TYPES } from './a-flow';
import {
  CARD,
  freePlace,
  isLegible,
  neighbour,
  openingView,
  roomAfter,
  roomAt,
  roomBelow,
  sizeOfNote,
  type Box,
} from './geometry';
import { arrange } from './layout';

const box = (x: number, y: number): Box => ({ x, y, width: 100, height: 100 });

it('a flow can be read where every card has a place and none lies over another', () => {
  const placed = arrange(aFlow(), TYPES);
  expect(isLegible(aFlow(), TYPES)).toBe(false);
  expect(isLegible(placed, TYPES)).toBe(true);
  const heap = { ...placed, cards: placed.cards.map((c) => ({ ...c, position: { x: 0, y: 0 } })) };
  expect(isLegible(heap, TYPES)).toBe(false);
});

it('a card is put on the grid, or under what is in the way', () => {
  expect(freePlace([], box(7, 9))).toEqual({ x: 0, y: 16 });
  expect(freePlace([box(0, 0), box(0, 128)], box(40, 40))).toEqual({ x: 48, y: 256 });
});

it('something new is put under everything, notes too, or where somebody points at', () => {
  const { cards, connectors, ...rest } = aFlow();
  const nothing = { ...rest, cards: [], connectors: [] };
  const note = { id: 'n', text: 'a', position: { x: -64, y: 800 }, size: { w: 240, h: 64 } };
  expect([cards.length, connectors.length]).toEqual([4, 3]);
  expect(roomBelow(nothing, TYPES)).toEqual({ x: 0, y: 0 });
  expect(roomBelow({ ...nothing, notes: [note] }, TYPES)).toEqual({ x: -64, y: 912 });
  expect(roomAt({ ...nothing, notes: [note] }, TYPES, box(0, 0), { x: 0, y: 790 })).toEqual({
    x: 0,
    y: 880,
  });
});

it('what a way out leads to is put to the right of it, and the second under the first', () => {
  const flow = arrange(aFlow(), TYPES);
  const menu = flow.cards.find(({ id }) => id === 'menu')!;
  const size = { width: CARD.width, height: 92 };
  const alone = { ...flow, cards: [menu] };
  const at = roomAfter(alone, TYPES, size, { from: 'menu', outlet: 'opt:boleto' });
  expect(at.x).toBeGreaterThan(menu.position!.x + CARD.width);
  const first = { ...menu, id: 'first', type: 'transfer', settings: {}, position: at };
  const two = { ...flow, cards: [menu, first] };
  const next = roomAfter(two, TYPES, size, { from: 'menu', outlet: 'opt:suporte' });
  expect(next.y).toBeGreaterThanOrEqual(at.y + 92);
  expect(roomAfter(aFlow(), TYPES, size, { from: 'menu', outlet: 'silent' })).toEqual({
    x: 0,
    y: 0,
  });
});

it('a note grows with its text, and not without end', () => {
  const height = (text: string) => sizeOfNote(text).height;
  expect(height('')).toBe(64);
  expect(height('a\nb\nc\nd')).toBeGreaterThan(height('a'));
  expect(height('a'.repeat(2000))).toBe(352);
});

it('an arrow key goes to the nearest card that way, and stays where there is none', () => {
  const places = new Map([
    ['a', { x: 0, y: 0 }],
    ['b', { x: 300, y: 20 }],
    ['c', { x: 200, y: 400 }],
  ]);
  expect(neighbour(places, 'a', 'right')).toBe('b');
  expect(neighbour(places, 'b', 'down')).toBe('c');
  expect(neighbour(places, 'a', 'left')).toBeUndefined();
  expect(neighbour(places, 'gone', 'left')).toBeUndefined();
});

it('opens with all of it where that can be read, else with the start, and never with needless emptiness', () => {
  const pane = { width: 800, height: 600 };
  expect(openingView([box(0, 0)], box(0, 0), pane)).toEqual({ x: 350, y: 250, zoom: 1 });
  const [left, right] = [box(0, 0), box(9000, 0)];
  expect(openingView([left, right], left, pane)).toEqual({ x: 32, y: 262.5, zoom: 0.75 });
  expect(openingView([left, right], right, pane).x).toBe(800 - 32 - 9100 * 0.75);
  const [top, low] = [box(0, 0), box(0, 9000)];
  expect(openingView([top, low], top, pane)).toEqual({ x: 362.5, y: 72, zoom: 0.75 });
});
