import type { Card, Json, Settings } from './document';

/** How a setting is written, and so how it is asked for. */
export type Field = {
  name: string;
  type: string;
  label?: string;
  help?: string;
  required?: boolean;
  legal?: boolean;
  allows_zero?: boolean;
  internal?: boolean;
  default?: Json;
  min?: number;
  max?: number;
  words?: string[];
  item?: Field[];
  visible_if?: { field: string; in: string[] };
};

export type Outlet = { name: string; label: string; required: boolean };
export type CardKind = 'interaction' | 'tool' | 'condition' | 'erp';

/** All there is to know about one type of card: the server's table. */
export type CardType = {
  type: string;
  v: number;
  kind: CardKind;
  label: string;
  help?: string;
  icon?: string;
  ends?: boolean;
  fields: Field[];
  outlets: Outlet[];
};

/* What every item of such a list has besides what its card says. */
const TEXT = { type: 'plain', required: true } as const;
const ITEMS: Record<string, Field[]> = {
  options: [
    { ...TEXT, name: 'label', max: 24 },
    { name: 'description', type: 'plain', max: 72 },
    { name: 'synonyms', type: 'words', max: 20 },
  ],
  rules: [{ ...TEXT, name: 'label', max: 40 }],
  intents: [
    { ...TEXT, name: 'label', max: 80 },
    { name: 'description', type: 'plain', max: 400 },
    { name: 'examples', type: 'words', max: 20 },
  ],
  pairs: [
    { ...TEXT, name: 'name', max: 200 },
    { name: 'value', type: 'template' },
  ],
};

/** Lists whose items are ways out, and what stands before their ids there. */
const WAYS: Record<string, string> = { options: 'opt', rules: 'rule', intents: 'intent' };

export const hasIds = ({ type }: Field) => type in WAYS;

export const itemFields = ({ type, item = [] }: Field) => [
  ...(ITEMS[type] ?? []).filter(({ name }) => !item.some((own) => own.name === name)),
  ...item,
];

export const valueOf = (settings: Settings, { name, default: initial }: Field) =>
  settings[name] ?? initial;

/** Is this asked for, as the others stand? */
export function isShown(field: Field, fields: Field[], settings: Settings) {
  const on = field.visible_if;
  if (!on) return true;
  const other = fields.find(({ name }) => name === on.field);
  if (other && !isShown(other, fields, settings)) return false;
  const now = other ? valueOf(settings, other) : settings[on.field];
  return on.in.includes(typeof now === 'string' ? now : JSON.stringify(now));
}

export const shownFields = (fields: Field[], settings: Settings) =>
  fields.filter((field) => isShown(field, fields, settings));

type Items = { id?: string; label?: string }[];

const listedOutlets = ({ fields }: CardType, settings: Settings): Outlet[] =>
  shownFields(fields, settings).flatMap((field) => {
    const way = WAYS[field.type];
    if (!way) return [];
    return ((settings[field.name] ?? []) as Items).map(({ id = '', label = '' }) => ({
      name: `${way}:${id}`,
      label,
      required: true,
    }));
  });

/* Those that only some settings have: the palette does not list them, and we have words of our own. */
const YES_NO = [
  { name: 'yes', label: '', required: true },
  { name: 'no', label: '', required: true },
];

/** Cards whose ways out follow from how they are set; the palette lists those of one that is not set at all. */
const BY_SETTINGS: Record<string, (settings: Settings, type: CardType) => Outlet[]> = {
  question: (settings, type) => {
    const fixed = type.outlets.filter(({ name }) => name !== 'next');
    if (settings.expect === 'choice') return [...listedOutlets(type, settings), ...fixed];
    return settings.expect === 'confirm' ? [...YES_NO, ...fixed] : type.outlets;
  },
  run_flow: ({ returns }) =>
    returns === true ? [{ name: 'returned', label: '', required: true }] : [],
};

/** Every way out of a card as it stands. Of a type that is unknown here: none that we know of. */
export function outletsOf(
  type: CardType | undefined,
  { settings }: Pick<Card, 'settings'>,
): Outlet[] {
  if (!type) return [];
  const own = BY_SETTINGS[type.type];
  return own ? own(settings, type) : [...listedOutlets(type, settings), ...type.outlets];
}

/** What cannot be left empty and has no default begins with its first word. */
export const firstSettings = ({ fields }: CardType): Settings =>
  Object.fromEntries(
    fields.flatMap(({ name, type, required, words, default: initial }) =>
      required && type === 'enum' && initial === undefined && words?.[0] ? [[name, words[0]]] : [],
    ),
  );
