import { aFlow, TYPES } from './a-flow';
import { parkCard, removeCards } from './commands';
import { targetsFor, walk } from './walk';

const ids = (cards: { id: string }[]) => cards.map(({ id }) => id);

it('goes from the start, the nearest first, in the order of the ways out', () => {
  expect(ids(walk(aFlow(), TYPES).met)).toEqual(['oi', 'menu', 'financeiro', 'suporte']);
});

it('ends in a circle, and tells what no way leads to from what is parked', () => {
  const flow = parkCard(removeCards(aFlow(), ['menu']), 'suporte');
  const circle = { ...flow, connectors: [{ from: 'oi', outlet: 'next', to: 'oi' }] };
  const { met, loose, parked } = walk(circle, TYPES);
  expect([ids(met), ids(loose), ids(parked)]).toEqual([['oi'], ['financeiro'], ['suporte']]);
});

it('offers cards without a way in first, and never the start as one of them', () => {
  const { waiting, others } = targetsFor(removeCards(aFlow(), ['menu']));
  expect(ids(waiting)).toEqual(['suporte', 'financeiro']);
  expect(ids(others)).toEqual(['oi']);
});
