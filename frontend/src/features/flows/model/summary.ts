import type { Card, FlowDocument, Json } from './document';
import { shownFields, valueOf, type CardType, type Field } from './palette';

const SAYS = [
  'template',
  'plain',
  'ref',
  'refs',
  'options',
  'rules',
  'words',
  'read',
  'var',
  'set',
  'enum',
];
const LONGEST = 160;

/** Cut where a word ends. */
function shortened(words: string) {
  if (words.length <= LONGEST) return words;
  const cut = words.slice(0, LONGEST);
  return `${cut.slice(0, cut.lastIndexOf(' ') + 1 || LONGEST).trimEnd()}…`;
}

export type NameOfRef = (ref: string) => string;
export type NameOfWord = (field: string, word: string) => string;

function inWords(field: Field, value: Json, nameOf: NameOfRef, wordOf: NameOfWord): string {
  if (Array.isArray(value)) {
    return value
      .map((one) =>
        typeof one === 'object' && !Array.isArray(one) ? (one.label ?? one.name ?? '') : one,
      )
      .map((one) => inWords(field, one, nameOf, wordOf))
      .filter(Boolean)
      .join(', ');
  }
  if (typeof value !== 'string' || value === '') return '';
  if (field.type.startsWith('ref')) return nameOf(value);
  if (field.type === 'enum' || field.type === 'set') return wordOf(field.name, value);
  return field.type === 'template' ? `“${value}”` : value;
}

/** A choice that nobody made: “Nenhuma” alone tells nothing of a card. */
const isUnchosen = (field: Field, settings: Card['settings']) =>
  field.type === 'enum' && settings[field.name] === field.default;

/** The first thing that a card says or does, in one line; empty when nothing is set yet. */
export function summaryOf(
  card: Card,
  type: CardType | undefined,
  nameOf: NameOfRef,
  wordOf: NameOfWord,
): string {
  const said = shownFields(type?.fields ?? [], card.settings)
    .filter((field) => card.settings[field.name] !== undefined && SAYS.includes(field.type))
    .filter((field) => !isUnchosen(field, card.settings))
    .sort((a, b) => SAYS.indexOf(a.type) - SAYS.indexOf(b.type));
  for (const field of said) {
    const words = inWords(field, valueOf(card.settings, field) ?? '', nameOf, wordOf);
    if (words) return shortened(words);
  }
  return '';
}

/** The author's name of it, or its type's. */
export const nameOfCard = (card: Card, type: CardType | undefined) =>
  card.name ?? type?.label ?? card.type;

export const nameIn = (
  document: FlowDocument,
  types: ReadonlyMap<string, CardType>,
  id: string,
) => {
  const card = document.cards.find((one) => one.id === id);
  return card && nameOfCard(card, types.get(card.type));
};
