import { csvOf } from '@/lib/csv';
import type { FlowDocument } from '../model/document';
import type { CardType } from '../model/palette';
import { walk } from '../model/walk';
import type { FunnelCard } from './api';

export type Order = 'flow' | 'abandoned';

/** As a customer meets them, what the drawing does not hold any more last; or where most were lost first. */
export function sorted(
  cards: readonly FunnelCard[],
  order: Order,
  document: FlowDocument | undefined,
  types: ReadonlyMap<string, CardType>,
): FunnelCard[] {
  if (order === 'abandoned')
    return cards.toSorted((a, b) => b.abandoned - a.abandoned || b.entries - a.entries);
  const met = document ? walk(document, types).met.map(({ id }) => id) : [];
  const place = ({ card }: FunnelCard) => {
    const at = met.indexOf(card);
    return at < 0 ? met.length : at;
  };
  return cards.toSorted((a, b) => place(a) - place(b) || b.entries - a.entries);
}

/** What became of those who came, in the order in which the bar shows it. */
export const FATES = [
  'left',
  'finished',
  'open',
  'interrupted',
  'moved',
  'abandoned',
] as const satisfies readonly (keyof FunnelCard)[];
export type Fate = (typeof FATES)[number];

const COLUMNS = [
  'entries',
  'runs',
  ...FATES,
  'invalid',
  'answered',
  'answered_first',
  'answer_median_ms',
  'answer_p90_ms',
] as const satisfies readonly (keyof FunnelCard)[];

/** For a table program; its columns are called as the interface for programs calls them. */
export function asCsv(cards: readonly FunnelCard[], nameOf: (card: FunnelCard) => string) {
  const head = ['card', 'name', ...COLUMNS, 'exits'];
  const rows = cards.map((card) => [
    card.card,
    nameOf(card),
    ...COLUMNS.map((column) => card[column]),
    card.exits.map(({ outlet, n }) => `${outlet}=${n}`).join(' '),
  ]);
  return csvOf([head, ...rows]);
}
