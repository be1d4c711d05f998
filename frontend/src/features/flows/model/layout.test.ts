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

it('of the options of a menu the first is drawn highest, whatever joins further on', () => {
  const FIVE = ['a', 'b', 'c', 'd', 'e'];
  const card = (id: string, type: string, settings = {}) => ({ id, type, v: 1, settings });
  const menu = card('menu', 'question', {
    expect: 'choice',
    text: '?',
    options: FIVE.map((id) => ({ id, label: id })),
  });
  const flow = (joins: string[]) =>
    aFlow({
      start: 'menu',
      cards: [
        menu,
        ...FIVE.toReversed().map((id) => card(id, 'send_message')),
        card('end', 'transfer'),
        card('late', 'transfer'),
      ],
      connectors: [
        ...FIVE.toReversed().map((id) => ({ from: 'menu', outlet: `opt:${id}`, to: id })),
        ...FIVE.map((id) => ({
          from: id,
          outlet: 'next',
          to: joins.includes(id) ? 'late' : 'end',
        })),
      ],
    });
  for (const joins of [[], ['a'], ['b', 'd'], ['a', 'c'], ['c', 'e'], ['a', 'b', 'd']]) {
    const places = laidOut(flow(joins), TYPES);
    const drawn = FIVE.toSorted((one, other) => places.get(one)!.y - places.get(other)!.y);
    expect(drawn).toEqual(FIVE);
  }
});

it('two menus that disagree about the order are drawn all the same', () => {
  const card = (id: string, type: string, settings = {}) => ({ id, type, v: 1, settings });
  const options = [
    { id: '1', label: 'um' },
    { id: '2', label: 'dois' },
  ];
  const asks = (id: string) => card(id, 'question', { expect: 'choice', text: '?', options });
  const flow = aFlow({
    start: 'top',
    cards: [asks('top'), asks('one'), asks('two'), card('x', 'transfer'), card('y', 'transfer')],
    connectors: [
      { from: 'top', outlet: 'opt:1', to: 'one' },
      { from: 'top', outlet: 'opt:2', to: 'two' },
      { from: 'one', outlet: 'opt:1', to: 'x' },
      { from: 'one', outlet: 'opt:2', to: 'y' },
      { from: 'two', outlet: 'opt:1', to: 'y' },
      { from: 'two', outlet: 'opt:2', to: 'x' },
    ],
  });
  const places = laidOut(flow, TYPES);
  expect(places.get('x')!.y).toBeLessThan(places.get('y')!.y);
  expect(isLegible(arrange(flow, TYPES), TYPES)).toBe(true);
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
