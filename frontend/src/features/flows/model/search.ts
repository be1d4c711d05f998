/** Cards looked for by their name, by what they say, or by what they are. */
import { plain } from '@/lib/plain';
import type { Card, FlowDocument, Json } from './document';
import type { CardType } from './palette';
import { nameOfCard } from './summary';

export type Hit = {
  id: string;
  name: string;
  /** The text in which the words stand; empty where the name or the type has them. */
  text: string;
};

const AROUND = 40;

const textsIn = (value: Json): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object') return [];
  return Object.values(value).flatMap(textsIn);
};

/** What stands around the words, on one line. */
function around(text: string, words: string) {
  const line = text.replace(/\s+/g, ' ').trim();
  const at = plain(line).indexOf(words);
  const from = Math.max(0, at - AROUND);
  const to = at + words.length + AROUND;
  return `${from > 0 ? '…' : ''}${line.slice(from, to)}${to < line.length ? '…' : ''}`;
}

function hitOf(card: Card, type: CardType | undefined, words: string) {
  const name = nameOfCard(card, type);
  if (plain(name).includes(words)) return { rank: 0, hit: { id: card.id, name, text: '' } };
  if (plain(type?.label ?? card.type).includes(words))
    return { rank: 2, hit: { id: card.id, name, text: '' } };
  const said = textsIn(card.settings).find((text) =>
    plain(text.replace(/\s+/g, ' ')).includes(words),
  );
  if (said === undefined) return undefined;
  return { rank: 1, hit: { id: card.id, name, text: around(said, words) } };
}

/** Those whose name has the words come first, then those that say them, then those of that type. */
export function findCards(
  { cards }: FlowDocument,
  types: ReadonlyMap<string, CardType>,
  words: string,
): Hit[] {
  const looked = plain(words.replace(/\s+/g, ' ').trim());
  return cards
    .flatMap((card) => hitOf(card, types.get(card.type), looked) ?? [])
    .sort((a, b) => a.rank - b.rank)
    .map(({ hit }) => hit);
}
