/** Cards as text: what is copied can be pasted into another flow, or sent to a colleague. */
import { putCards } from './commands';
import { newId, type Card, type Connector, type FlowDocument, type Json } from './document';
import { snap, type Place } from './geometry';
import type { CardType } from './palette';

const FORMAT = 'balcao-flow-cards';
const VERSION = 1;
const MOST_CARDS = 500;
const MOST_LETTERS = 1 << 20;

type Variable = FlowDocument['variables'][number];
export type Fragment = { cards: Card[]; connectors: Connector[]; variables: Variable[] };

/** These cards, the lines between them, and the variables that they name. Lines to others stay behind. */
export function fragmentOf(document: FlowDocument, ids: readonly string[]): Fragment {
  const cards = document.cards.filter(({ id }) => ids.includes(id));
  const written = JSON.stringify(cards);
  return {
    cards,
    connectors: document.connectors.filter(
      ({ from, to }) => ids.includes(from) && ids.includes(to),
    ),
    variables: document.variables.filter(({ name }) => written.includes(name)),
  };
}

export const writeFragment = (fragment: Fragment) =>
  JSON.stringify({ format: FORMAT, format_version: VERSION, ...fragment });

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown) => typeof value === 'string';
const isPlace = (value: unknown) =>
  value === undefined ||
  (isRecord(value) && Number.isSafeInteger(value.x) && Number.isSafeInteger(value.y));

const isCard = (value: unknown): value is Card =>
  isRecord(value) &&
  isText(value.id) &&
  isText(value.type) &&
  Number.isSafeInteger(value.v) &&
  isRecord(value.settings) &&
  isPlace(value.position) &&
  (value.name === undefined || isText(value.name));
const isConnector = (value: unknown): value is Connector =>
  isRecord(value) && isText(value.from) && isText(value.outlet) && isText(value.to);
const isVariable = (value: unknown): value is Variable =>
  isRecord(value) && isText(value.name) && isText(value.type);

const listOf = <T>(value: unknown, is: (one: unknown) => one is T): T[] | undefined =>
  Array.isArray(value) && value.every(is) ? value : undefined;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whatever lies in a clipboard: cards of ours, or undefined. */
export function readFragment(text: string): Fragment | undefined {
  if (text.length > MOST_LETTERS || !text.startsWith('{')) return undefined;
  const value = parsed(text);
  if (!isRecord(value) || value.format !== FORMAT || value.format_version !== VERSION)
    return undefined;
  const cards = listOf(value.cards, isCard);
  const connectors = listOf(value.connectors, isConnector);
  const variables = listOf(value.variables, isVariable);
  if (!cards || !connectors || !variables) return undefined;
  return cards.length > 0 && cards.length <= MOST_CARDS
    ? { cards, connectors, variables }
    : undefined;
}

type Named = ReadonlyMap<string, string>;

/** A setting that names a card names its copy, where that was copied too. */
function renamed({ type, settings }: Card, types: ReadonlyMap<string, CardType>, ids: Named) {
  const copy = structuredClone(settings);
  for (const { name, type: kind } of types.get(type)?.fields ?? []) {
    const to: Json | undefined = copy[name];
    if (kind === 'card' && typeof to === 'string') copy[name] = ids.get(to) ?? to;
  }
  return copy;
}

export type Pasted = { document: FlowDocument; ids: string[] };

/** Every card under an id of its own, the upper left one at `at` and the others around it as they stood. */
export function paste(
  document: FlowDocument,
  { cards, connectors, variables }: Fragment,
  types: ReadonlyMap<string, CardType>,
  at: Place,
): Pasted {
  const taken = document.cards.map(({ id }) => id);
  const ids = new Map<string, string>();
  for (const { id, type } of cards) {
    const copy = newId(type, taken);
    taken.push(copy);
    ids.set(id, copy);
  }
  const left = Math.min(...cards.map(({ position }) => position?.x ?? 0));
  const top = Math.min(...cards.map(({ position }) => position?.y ?? 0));
  const copies = cards.map((card): Card => ({
    ...card,
    id: ids.get(card.id) ?? card.id,
    settings: renamed(card, types, ids),
    position: snap({
      x: at.x + (card.position?.x ?? 0) - left,
      y: at.y + (card.position?.y ?? 0) - top,
    }),
  }));
  const lines = connectors.flatMap(({ from, outlet, to }) => {
    const [source, target] = [ids.get(from), ids.get(to)];
    return source && target ? [{ from: source, outlet, to: target }] : [];
  });
  const known = document.variables.map(({ name }) => name);
  return {
    document: {
      ...putCards(document, copies),
      connectors: [...document.connectors, ...lines],
      variables: [...document.variables, ...variables.filter(({ name }) => !known.includes(name))],
    },
    ids: copies.map(({ id }) => id),
  };
}
