import { aFlow, TYPES } from './a-flow';
import {
  CARD,
  freePlace,
  isLegible,
  neighbour,
  openingView,
  placeAfter,
  placeBelow,
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

it('a card is put on the grid, beside nothing, or under what is in the way', () => {
  expect(freePlace([], box(7, 9))).toEqual({ x: 0, y: 16 });
  expect(freePlace([box(0, 0), box(0, 128)], box(40, 40))).toEqual({ x: 48, y: 256 });
  expect(placeBelow([])).toEqual({ x: 0, y: 0 });
  expect(placeBelow([box(32, 0), box(-64, 300)])).toEqual({ x: -64, y: 448 });
});

it('what a way out leads to is put to the right of it, so that its line is straight', () => {
  const menu = arrange(aFlow(), TYPES).cards.find(({ id }) => id === 'menu')!;
  const first = placeAfter(menu, TYPES, 'opt:boleto');
  const second = placeAfter(menu, TYPES, 'opt:suporte');
  expect(first.x).toBeGreaterThan(menu.position!.x + CARD.width);
  expect(second.y - first.y).toBe(CARD.way);
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

it('opens with all of it where that can be read, else with the start', () => {
  const pane = { width: 800, height: 600 };
  expect(openingView([box(0, 0)], box(0, 0), pane)).toEqual({ x: 350, y: 250, zoom: 1 });
  const far = [box(0, 0), box(9000, 0)];
  expect(openingView(far, box(0, 0), pane)).toEqual({ x: 32, y: 262.5, zoom: 0.75 });
});
