import { aFlow, PALETTE, TYPES } from './a-flow';
import {
  addCard,
  addCardAfter,
  connect,
  disconnect,
  moveCards,
  parkCard,
  removeCards,
  saveCard,
  setStart,
  unparkCard,
} from './commands';
import { cardOf, newId, targetOf, waysInto } from './document';

const [message, question] = PALETTE as [(typeof PALETTE)[0], (typeof PALETTE)[0]];

const HERE = { x: 16, y: 32 };

it('the first card is the start; those after it are not', () => {
  const { start, ...empty } = aFlow({ cards: [], connectors: [] });
  const one = addCard(empty, message, 'a', HERE);
  expect(start).toBe('oi');
  expect(one.start).toBe('a');
  expect(addCard(one, message, 'b', HERE).start).toBe('a');
});

it('what cannot be left empty begins with its first word', () => {
  expect(cardOf(addCard(aFlow(), question, 'q', HERE), 'q')?.settings).toEqual({
    expect: 'choice',
  });
});

it('a card made at a way out is where that leads', () => {
  const flow = addCardAfter(aFlow(), message, 'nova', HERE, { from: 'menu', outlet: 'silent' });
  expect(targetOf(flow, 'menu', 'silent')).toBe('nova');
});

it('a way out leads to one card: the later line takes the place of the earlier', () => {
  const flow = connect(aFlow(), 'menu', 'opt:boleto', 'suporte');
  expect(targetOf(flow, 'menu', 'opt:boleto')).toBe('suporte');
  expect(flow.connectors).toHaveLength(3);
  expect(targetOf(disconnect(flow, 'menu', 'opt:boleto'), 'menu', 'opt:boleto')).toBeUndefined();
});

it('with a card go its lines, and nothing behind it', () => {
  const flow = removeCards(aFlow(), ['menu']);
  expect(flow.cards.map(({ id }) => id)).toEqual(['suporte', 'financeiro', 'oi']);
  expect(flow.connectors).toEqual([]);
  expect(flow.start).toBe('oi');
  expect('start' in removeCards(aFlow(), ['oi'])).toBe(false);
});

it('a parked card has no way in, keeps its ways out, and comes back by a line or by hand', () => {
  const parked = parkCard(aFlow(), 'menu');
  expect(cardOf(parked, 'menu')?.parked).toBe(true);
  expect(waysInto(parked, 'menu')).toBe(0);
  expect(targetOf(parked, 'menu', 'opt:boleto')).toBe('financeiro');
  expect(cardOf(connect(parked, 'oi', 'next', 'menu'), 'menu')).not.toHaveProperty('parked');
  expect(cardOf(unparkCard(parked, 'menu'), 'menu')).not.toHaveProperty('parked');
  expect(cardOf(setStart(parked, 'menu'), 'menu')).not.toHaveProperty('parked');
});

it('cards are moved, and nothing else of them is touched', () => {
  const flow = moveCards(aFlow(), new Map([['menu', HERE]]));
  expect(cardOf(flow, 'menu')?.position).toBe(HERE);
  expect({ ...flow, cards: flow.cards.map((card) => ({ ...card, position: 0 })) }).toEqual({
    ...aFlow(),
    cards: aFlow().cards.map((card) => ({ ...card, position: 0 })),
  });
});

it('lines of options that are gone go with them; a renamed option keeps its line', () => {
  const flow = saveCard(aFlow(), TYPES.get('question'), 'menu', {
    name: 'Assunto',
    settings: { expect: 'choice', options: [{ id: 'boleto', label: 'Segunda via' }] },
  });
  expect(cardOf(flow, 'menu')?.name).toBe('Assunto');
  expect(targetOf(flow, 'menu', 'opt:boleto')).toBe('financeiro');
  expect(targetOf(flow, 'menu', 'opt:suporte')).toBeUndefined();
});

it('of a type that is unknown here no line is lost', () => {
  const flow = saveCard(aFlow(), undefined, 'menu', { name: '', settings: {} });
  expect(flow.connectors).toHaveLength(3);
});

it('an id is a word of the format and is not taken', () => {
  const rolls = [0, 0, 0, 0, 0.5, 0.5, 0.5, 0.5];
  expect(newId('question', ['question_aaaa'], () => rolls.shift() ?? 0)).toBe('question_ssss');
  expect(newId('a'.repeat(60), [])).toMatch(/^[a-z][a-z0-9_]{0,39}$/);
});
