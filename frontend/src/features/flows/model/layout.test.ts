import { aFlow, TYPES } from './a-flow';
import { cardOf, type FlowDocument } from './document';
import { CARD, GRID, isLegible } from './geometry';
import { arrange, laidOut, readable } from './layout';

it('goes from left to right along the way, on the grid, and no card lies over another', () => {
  const places = laidOut(aFlow(), TYPES);
  const x = (id: string) => places.get(id)!.x;
  expect(x('oi') + CARD.width).toBeLessThan(x('menu'));
  expect(x('menu') + CARD.width).toBeLessThan(x('financeiro'));
  expect(x('financeiro')).toBe(x('suporte'));
  expect([...places.values()].every((at) => at.x % GRID === 0 && at.y % GRID === 0)).toBe(true);
  expect(isLegible(arrange(aFlow(), TYPES), TYPES)).toBe(true);
});

it('places cards and does nothing else to them', () => {
  const flow = aFlow();
  const { cards, ...rest } = arrange(flow, TYPES);
  const { cards: before, ...restBefore } = flow;
  expect(rest).toEqual(restBefore);
  expect(cards.map((card) => ({ ...card, position: undefined }))).toEqual(
    before.map((card) => ({ ...card, position: undefined })),
  );
});

it('a circle, a card that leads to itself and a line to nowhere do not disturb it', () => {
  const connectors = [
    { from: 'oi', outlet: 'next', to: 'oi' },
    { from: 'menu', outlet: 'opt:boleto', to: 'oi' },
    { from: 'menu', outlet: 'silent', to: 'gone' },
  ];
  expect(laidOut(aFlow({ connectors }), TYPES).size).toBe(4);
});

it('what its author placed well is left alone', () => {
  const placed: FlowDocument = arrange(aFlow(), TYPES);
  const moved = {
    ...placed,
    cards: placed.cards.map((card) =>
      card.id === 'oi' ? { ...card, position: { x: -900, y: 5 } } : card,
    ),
  };
  expect(readable(moved, TYPES)).toBe(moved);
  expect(cardOf(readable(aFlow(), TYPES), 'oi')?.position).toBeDefined();
});
