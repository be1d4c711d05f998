import {
  changedKeys,
  isFixed,
  SHORTCUT_NAMES,
  SHORTCUTS,
  type ShortcutName,
} from '@/lib/shortcuts';

/** Why keys cannot be had for a shortcut. */
export type Problem =
  | { why: 'dead' | 'altgr' | 'alt' | 'named' | 'reserved' | 'chord' | 'single' }
  | { why: 'taken'; by: ShortcutName };

/* What the Brazilian keyboard makes with a dead key, or only with AltGr, whichever layout is set now. */
const DEAD = '´`~^¨';
const WITH_ALTGR = '¹²³£¢¬§ªº°₢€';

/** With Ctrl, and with Ctrl and Shift: what browsers keep for themselves or people expect of them. */
const RESERVED = 'acdfhjlnopqrtuvwxyz';
const RESERVED_WITH_SHIFT = 'abcdijkmnopqrstvwyz';

export const isChord = (name: ShortcutName) => SHORTCUTS[name].keys[0]?.startsWith('mod+') ?? false;

export const MODIFIERS = [
  'Shift',
  'Control',
  'Alt',
  'AltGraph',
  'Meta',
  'CapsLock',
  'Fn',
  'NumLock',
];

/** What is wrong with one key as it was pressed; `name` is what the table calls it. */
export function problemOfPress(event: KeyboardEvent, name: string): Problem | undefined {
  if (event.key === 'Dead' || DEAD.includes(event.key)) return { why: 'dead' };
  if (event.getModifierState('AltGraph') || WITH_ALTGR.includes(event.key)) return { why: 'altgr' };
  if (event.altKey) return { why: event.ctrlKey ? 'altgr' : 'alt' };
  return problemOfKey(name);
}

function problemOfKey(key: string): Problem | undefined {
  const [, shift, letter] = /^mod\+(shift\+)?(.+)$/.exec(key) ?? [];
  if (letter === undefined) return /^\S$/u.test(key) ? undefined : { why: 'named' };
  if (!/^[a-z]$/.test(letter)) return { why: 'reserved' };
  return (shift ? RESERVED_WITH_SHIFT : RESERVED).includes(letter)
    ? { why: 'reserved' }
    : undefined;
}

/** Whether a shortcut may have these keys beside those that the others have. */
export function problemOf(name: ShortcutName, keys: string, lines: string): Problem | undefined {
  const isOfChord = keys.startsWith('mod+');
  if (isOfChord !== isChord(name)) return { why: isChord(name) ? 'chord' : 'single' };
  const changed = changedKeys(lines);
  const by = SHORTCUT_NAMES.find(
    (other) => other !== name && keysOf(other, changed).some((held) => clash(held, keys)),
  );
  return by && { why: 'taken', by };
}

const keysOf = (name: ShortcutName, changed: ReadonlyMap<string, string>): string[] => {
  const [first, ...others] = SHORTCUTS[name].keys;
  const own = (isFixed(name) ? undefined : changed.get(name)) ?? first;
  return [...(own === undefined ? [] : [own]), ...others];
};

/** The same, or one that would be heard before the other is whole: G, and G then I. */
const clash = (a: string, b: string) => a === b || a.split(' ')[0] === b || b.split(' ')[0] === a;

/** The lines of a preference with one shortcut changed; undefined: as it came. */
export function withKeys(lines: string, name: ShortcutName, keys: string | undefined): string {
  const changed = new Map(changedKeys(lines));
  changed.delete(name);
  if (keys !== undefined && keys !== SHORTCUTS[name].keys[0]) changed.set(name, keys);
  return linesOf(changed);
}

const linesOf = (changed: ReadonlyMap<string, string>) =>
  [...changed].map(([name, keys]) => `${name}=${keys}`).join('\n');
