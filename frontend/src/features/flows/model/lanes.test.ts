import { aFlow, TYPES } from './a-flow';
import type { Card } from './document';
import { boxesOf, type Box } from './geometry';
import { cornersOf, laneOf, lanesOf, pathOf } from './lanes';
import { arrange } from './layout';

const box = (x: number, y: number): Box => ({ x, y, width: 100, height: 100 });
const [from, to] = [
  { x: 0, y: 50 },
  { x: 400, y: 50 },
];

it('a line that has nothing in its way keeps its curve', () => {
  expect(laneOf(from, to, [])).toBeUndefined();
  expect(laneOf(from, to, [box(-100, 0), box(400, 0), box(150, 300)])).toBeUndefined();
});

it('one that would pass behind a card goes around it, on the nearer side', () => {
  expect(laneOf(from, to, [box(150, -20)])).toBe(96);
  expect(laneOf(from, to, [box(150, 20)])).toBe(4);
  expect(laneOf(from, to, [box(150, 20), box(150, -90)])).toBe(136);
});

it('one that leads back goes between the cards or around them, and where there is no way its curve stays', () => {
  const own = [box(0, 0), box(0, 132)];
  const lane = laneOf({ x: 106, y: 80 }, { x: 0, y: 154 }, own);
  expect(lane).toBe(116);
  expect(laneOf(from, to, [{ x: 20, y: -4000, width: 360, height: 8000 }])).toBeUndefined();
});

it('of a flow that is put in order no line lies behind a card', () => {
  const step = (id: string): Card => ({ id, type: 'send_message', v: 1, settings: {} });
  const flow = aFlow();
  const long = aFlow({
    cards: [...flow.cards, ...['a', 'b', 'c', 'd'].map(step)],
    connectors: [
      { from: 'oi', outlet: 'next', to: 'menu' },
      { from: 'menu', outlet: 'opt:boleto', to: 'a' },
      { from: 'menu', outlet: 'opt:suporte', to: 'b' },
      { from: 'menu', outlet: 'silent', to: 'suporte' },
      { from: 'menu', outlet: 'exhausted', to: 'financeiro' },
      { from: 'a', outlet: 'next', to: 'c' },
      { from: 'b', outlet: 'next', to: 'd' },
      { from: 'c', outlet: 'next', to: 'financeiro' },
      { from: 'd', outlet: 'next', to: 'suporte' },
      { from: 'suporte', outlet: 'closed', to: 'menu' },
    ],
  });
  const placed = arrange(long, TYPES);
  const boxes = boxesOf(placed, TYPES);
  const lanes = placed.connectors.map(lanesOf(placed, TYPES));
  expect(lanes.some((lane) => lane !== undefined)).toBe(true);
  const back = lanes.at(-1);
  expect(back).toBeDefined();
  expect(boxes.every(({ y, height }) => back! <= y || back! >= y + height)).toBe(true);
});

it('is drawn with round corners', () => {
  expect(pathOf(cornersOf(from, to, 150))).toBe(
    'M0 50 L16 50 Q32 50 32 66 L32 134 Q32 150 48 150 L352 150 Q368 150 368 134 L368 66 Q368 50 384 50 L400 50',
  );
});
