/** A card becomes one of another type: only of the same kind, and with whatever both types know. */
import { cardOf, type Card, type Connector, type FlowDocument, type Settings } from './document';
import { firstSettings, outletsOf, type CardType, type Field } from './palette';

type Types = ReadonlyMap<string, CardType>;

/** What a card may become; nothing while nobody here knows what it is. */
export function typesFor({ type }: Card, list: readonly CardType[]): CardType[] {
  const now = list.find((one) => one.type === type);
  return now ? list.filter(({ kind, type: other }) => kind === now.kind && other !== type) : [];
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/* A word or a reference fits only where the same ones may stand. */
const isKept = (field: Field, to: CardType) =>
  to.fields.some(
    ({ name, type, words, item }) =>
      name === field.name &&
      type === field.type &&
      same(words, field.words) &&
      same(item, field.item),
  );

/** The settings that a card has now and its new type does not know. */
export const lostSettings = ({ type, settings }: Card, to: CardType, types: Types): Field[] =>
  (types.get(type)?.fields ?? []).filter(
    (field) => settings[field.name] !== undefined && !isKept(field, to),
  );

function retyped(card: Card, to: CardType, types: Types): Card {
  const kept: Settings = {};
  for (const field of types.get(card.type)?.fields ?? []) {
    const value = card.settings[field.name];
    if (value !== undefined && isKept(field, to)) kept[field.name] = value;
  }
  return { ...card, type: to.type, v: to.v, settings: { ...firstSettings(to), ...kept } };
}

/** Lines of ways out that the card will not have any more. */
export function lostLines(
  document: FlowDocument,
  id: string,
  to: CardType,
  types: Types,
): Connector[] {
  const card = cardOf(document, id);
  if (!card) return [];
  const ways = outletsOf(to, retyped(card, to, types)).map(({ name }) => name);
  return document.connectors.filter(({ from, outlet }) => from === id && !ways.includes(outlet));
}

/** Its id, name, place and the lines into it stay; a type of another kind changes nothing. */
export function changeType(
  document: FlowDocument,
  id: string,
  to: CardType,
  types: Types,
): FlowDocument {
  const card = cardOf(document, id);
  if (!card || types.get(card.type)?.kind !== to.kind) return document;
  const lost = lostLines(document, id, to, types);
  return {
    ...document,
    cards: document.cards.map((one) => (one.id === id ? retyped(one, to, types) : one)),
    connectors: document.connectors.filter((line) => !lost.includes(line)),
  };
}
