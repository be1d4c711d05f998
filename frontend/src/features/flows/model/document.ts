/** A flow as it is written: cards, the lines between them, and what holds for all. */

/** Whatever JSON a setting may hold; there is no null in a document. */
export type Json = string | number | boolean | Json[] | { [key: string]: Json };
export type Settings = Record<string, Json>;

export type Card = {
  id: string;
  type: string;
  v: number;
  name?: string;
  settings: Settings;
  position?: { x: number; y: number };
  color?: string;
  parked?: boolean;
};

/** Identity is (from, outlet): a way out leads to one card, and a card has any number of ways in. */
export type Connector = { from: string; outlet: string; to: string };

/** For people: on the canvas beside the cards, and never sent to anybody. */
export type Note = {
  id: string;
  text: string;
  position?: { x: number; y: number };
  size?: { w: number; h: number };
  color?: string;
};

export type FlowDocument = {
  key: string;
  name: string;
  description?: string;
  channels: string[];
  start?: string;
  settings: Settings;
  variables: { name: string; type: string; label?: string; default?: string }[];
  cards: Card[];
  connectors: Connector[];
  notes?: Note[];
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = <T>(value: unknown) => (Array.isArray(value) ? (value as T[]) : []);

/** What the server sends is a document of ours; what else it holds stays in it untouched. */
export function readDocument(value: Record<string, unknown>): FlowDocument {
  const cards = listOf<Card>(value.cards);
  return {
    ...value,
    key: String(value.key),
    name: String(value.name),
    channels: listOf<string>(value.channels),
    settings: isRecord(value.settings) ? (value.settings as Settings) : {},
    variables: listOf(value.variables),
    cards: cards.map((card) => ({
      ...card,
      settings: isRecord(card.settings) ? card.settings : {},
    })),
    connectors: listOf(value.connectors),
  };
}

export const cardOf = ({ cards }: FlowDocument, id: string) => cards.find((card) => card.id === id);

export const targetOf = ({ connectors }: FlowDocument, from: string, outlet: string) =>
  connectors.find((one) => one.from === from && one.outlet === outlet)?.to;

export const waysInto = ({ connectors }: FlowDocument, to: string) =>
  connectors.filter((one) => one.to === to).length;

const ID_MAX = 40;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
const TAIL = 4;

/** Ids are never used twice, not even those of cards that are gone: what is told of them stays true. */
export function newId(stem: string, taken: readonly string[], random: () => number = Math.random) {
  for (;;) {
    const tail = Array.from(
      { length: TAIL },
      () => ALPHABET[Math.floor(random() * ALPHABET.length)],
    );
    const id = `${stem.slice(0, ID_MAX - TAIL - 1)}_${tail.join('')}`;
    if (!taken.includes(id)) return id;
  }
}
