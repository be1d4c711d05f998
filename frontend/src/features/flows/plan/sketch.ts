/**
 * Four answers become a first flow. A pure function, as every other act on a document: what is shown while somebody
 * answers is what is made.
 */
import { plain } from '@/lib/plain';
import { cardOf, type Card, type FlowDocument, type Settings } from '../model/document';
import { boxOf, GRID, sizeOf, sizeOfNote, snap } from '../model/geometry';
import { addNote } from '../model/notes';
import type { CardType } from '../model/palette';

/** What a question takes (lint L103, L202). */
export const OPTIONS = { least: 2, most: 20, letters: 24 };

export type Option = { id: string; label: string; department: string | null };

export type Plan = {
  /** How what customers ask for is looked up elsewhere. */
  reach: 'erp' | 'api' | 'nothing';
  lookups: string;
  wantsAi: boolean;
  /** One a line. */
  intents: string;
  options: readonly Option[];
  /** Who goes on where the bot does not. */
  fallback: string | null;
};

export type Words = {
  name: string;
  greeting: string;
  question: string;
  /** What is still to be built, said to whoever builds it. */
  notes: Record<'erp' | 'api' | 'ai', string>;
};

/** As its file begins: what makes it one of ours. */
export type Sketch = FlowDocument & { format: 'balcao-flow'; format_version: 1 };

const CONSENT = 'consentimento';
const GREETING = 'saudacao';
const MENU = 'menu';
const transferOf = ({ id }: Option) => `para_${id}`;

/** What somebody has begun to write but not named is not there yet. */
export const named = (options: readonly Option[]) =>
  options.map((one) => ({ ...one, label: one.label.trim() })).filter(({ label }) => label !== '');

/** Ids of options that an answer could not tell from one before. */
export function alike(options: readonly Option[]): ReadonlySet<string> {
  const met = new Set<string>();
  const twice = named(options).filter(({ label }) => {
    const was = met.size;
    return met.add(plain(label)).size === was;
  });
  return new Set(twice.map(({ id }) => id));
}

/** What keeps a plan from being drawn; nothing does when it is whole. */
export function missingOf({ options }: Plan, name: string) {
  if (alike(options).size > 0) return 'alike';
  if (named(options).length < OPTIONS.least) return 'options';
  return name.trim() === '' ? 'name' : undefined;
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What the cards of today cannot do, or not by themselves: for people, beside the cards. */
export function notesOf({ reach, lookups, wantsAi, intents }: Plan, { notes }: Words): string[] {
  const note = (head: string, wishes: string) =>
    [head, ...linesOf(wishes).map((wish) => `– ${wish}`)].join('\n');
  return [
    ...(reach === 'nothing' ? [] : [note(notes[reach], lookups)]),
    ...(wantsAi ? [note(notes.ai, intents)] : []),
  ];
}

/** Consent, a greeting, a menu, and behind each option whoever serves it. */
export function sketch(
  plan: Plan,
  words: Words,
  channels: readonly string[],
  types: ReadonlyMap<string, CardType>,
): Sketch {
  const options = named(plan.options);
  const card = (id: string, type: string, settings: Settings): Card => ({
    id,
    type,
    v: types.get(type)?.v ?? 1,
    settings,
  });
  const document: FlowDocument = {
    key: '', // made of the name
    name: words.name,
    channels: [...channels],
    start: CONSENT,
    settings: plan.fallback ? { fallback: { department: plan.fallback } } : {},
    variables: [],
    cards: [
      card(CONSENT, 'consent', {}),
      card(GREETING, 'send_message', { kind: 'text', text: words.greeting }),
      card(MENU, 'question', {
        expect: 'choice',
        text: words.question,
        options: options.map(({ id, label }, at) => ({ id, label, number: at + 1 })),
      }),
      ...options.map((option) => ({
        ...card(transferOf(option), 'transfer', {
          target: 'department',
          ...(option.department ? { department: option.department } : {}),
        }),
        name: option.label,
      })),
    ],
    connectors: [
      { from: CONSENT, outlet: 'accepted', to: GREETING },
      { from: GREETING, outlet: 'next', to: MENU },
      ...options.map((option) => ({
        from: MENU,
        outlet: `opt:${option.id}`,
        to: transferOf(option),
      })),
    ],
    notes: [],
  };
  const noted = withNotes(placed(document, types), notesOf(plan, words), types);
  return { ...noted, format: 'balcao-flow', format_version: 1 };
}

const COLUMN = 20 * GRID; // a card, and room for its lines
const BETWEEN = 2 * GRID;

/** From left to right up to the menu; behind it a column in the order of its options, so that no lines cross. */
function placed(document: FlowDocument, types: ReadonlyMap<string, CardType>): FlowDocument {
  const [first, second, menu, ...transfers] = document.cards.map((card) => ({
    card,
    height: sizeOf(card, types).height,
  }));
  const heights = transfers.reduce((sum, { height }) => sum + height + BETWEEN, -BETWEEN);
  const whole = Math.max(0, heights);
  const row = [first, second, menu].flatMap((one, at) =>
    one ? [{ ...one.card, position: snap({ x: at * COLUMN, y: (whole - one.height) / 2 }) }] : [],
  );
  let y = 0;
  const column = transfers.map(({ card, height }) => {
    const position = snap({ x: 3 * COLUMN, y });
    y += height + BETWEEN;
    return { ...card, position };
  });
  return { ...document, cards: [...row, ...column] };
}

/** Over and under the first card, which stands alone in its column. */
function withNotes(
  document: FlowDocument,
  [first, second]: string[],
  types: ReadonlyMap<string, CardType>,
): FlowDocument {
  const start = cardOf(document, CONSENT);
  if (!start?.position || first === undefined) return document;
  const { x, y, height } = boxOf(start, types, start.position);
  const over = addNote(document, 'nota_1', first, {
    x,
    y: y - 3 * GRID - sizeOfNote(first).height,
  });
  return second === undefined
    ? over
    : addNote(over, 'nota_2', second, { x, y: y + height + 3 * GRID });
}
