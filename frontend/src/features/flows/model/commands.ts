/** What can be done to a flow: pure functions from document to document, so that each can be undone. */
import { cardOf, type Card, type FlowDocument, type Settings } from './document';
import type { Place, Places } from './geometry';
import { firstSettings, outletsOf, type CardType } from './palette';

export type Way = { from: string; outlet: string };

const withCard = (document: FlowDocument, id: string, change: (card: Card) => Card) => ({
  ...document,
  cards: document.cards.map((card) => (card.id === id ? change(card) : card)),
});

/** The first card is where the flow begins. */
export function addCard(document: FlowDocument, type: CardType, id: string, position: Place) {
  const card: Card = { id, type: type.type, v: type.v, settings: firstSettings(type), position };
  return putCards(document, [card]);
}

/** Where there is no beginning yet, the first of them is. */
export function putCards(document: FlowDocument, cards: readonly Card[]): FlowDocument {
  const first = cards.find(({ parked }) => !parked);
  return {
    ...document,
    cards: [...document.cards, ...cards],
    ...(document.start === undefined && first ? { start: first.id } : {}),
  };
}

/** A new card where a way out leads nowhere yet, in one step. */
export const addCardAfter = (
  document: FlowDocument,
  type: CardType,
  id: string,
  position: Place,
  after: Way,
) => connect(addCard(document, type, id, position), after.from, after.outlet, id);

/** Only where they stand; what is not named stays. */
export const moveCards = (document: FlowDocument, places: Places): FlowDocument => ({
  ...document,
  cards: document.cards.map((card) => {
    const position = places.get(card.id);
    return position ? { ...card, position } : card;
  }),
});

/** With their lines, and nothing behind them. */
export function removeCards(document: FlowDocument, ids: readonly string[]): FlowDocument {
  const { start, ...rest } = document;
  return {
    ...rest,
    ...(start !== undefined && !ids.includes(start) ? { start } : {}),
    cards: document.cards.filter(({ id }) => !ids.includes(id)),
    connectors: document.connectors.filter(
      ({ from, to }) => !ids.includes(from) && !ids.includes(to),
    ),
  };
}

/** Out of the flow but not gone: nothing leads to it any more, what leads out of it stays. */
export function parkCard(document: FlowDocument, id: string): FlowDocument {
  const parked = withCard(document, id, (card) => ({ ...card, parked: true }));
  return { ...parked, connectors: document.connectors.filter(({ to }) => to !== id) };
}

function unparked(card: Card): Card {
  const rest = { ...card };
  delete rest.parked;
  return rest;
}

function unnamed(card: Card): Card {
  const rest = { ...card };
  delete rest.name;
  return rest;
}

export const unparkCard = (document: FlowDocument, id: string) => withCard(document, id, unparked);

export const setStart = (document: FlowDocument, id: string): FlowDocument => ({
  ...unparkCard(document, id),
  start: id,
});

export function disconnect(document: FlowDocument, from: string, outlet: string): FlowDocument {
  return {
    ...document,
    connectors: document.connectors.filter((one) => one.from !== from || one.outlet !== outlet),
  };
}

/** In place of the line that was there, if any. */
export function connect(document: FlowDocument, from: string, outlet: string, to: string) {
  const { connectors, ...rest } = disconnect(document, from, outlet);
  return unparkCard({ ...rest, connectors: [...connectors, { from, outlet, to }] }, to);
}

/** As its form says it; lines of ways out that are no more go with them. */
export function saveCard(
  document: FlowDocument,
  type: CardType | undefined,
  id: string,
  { name, settings }: { name: string; settings: Settings },
): FlowDocument {
  const saved = withCard(document, id, (card) => ({
    ...unnamed(card),
    ...(name ? { name } : {}),
    settings,
  }));
  const card = cardOf(saved, id);
  if (!type || !card) return saved;
  const ways = outletsOf(type, card).map((outlet) => outlet.name);
  return {
    ...saved,
    connectors: saved.connectors.filter(({ from, outlet }) => from !== id || ways.includes(outlet)),
  };
}

export type FlowFacts = {
  name: string;
  description: string;
  channels: string[];
  settings: Settings;
};

export const saveFacts = (document: FlowDocument, facts: FlowFacts): FlowDocument => ({
  ...document,
  ...facts,
});
