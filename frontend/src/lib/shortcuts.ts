import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { readPreference, usePreference } from './preferences';

type Shortcut = {
  keys: readonly string[];
  shown: string;
  group: 'everywhere' | 'list' | 'conversation' | 'composer';
  /** What hands and browsers expect just there: not to be changed. */
  fixed?: true;
};

/**
 * Every key of the product, once. `keys` is what `KeyboardEvent` says, `shown` is what people
 * read. Single keys work only outside fields; chords work everywhere. A person may have other keys
 * for the first of each row (features/profile): ask keysOf and shownOf.
 */
export const SHORTCUTS = {
  palette: { keys: ['mod+k'], shown: 'Ctrl+K', group: 'everywhere' },
  sheet: { keys: ['?'], shown: '?', group: 'everywhere' },
  zone_next: { keys: ['f6'], shown: 'F6', group: 'everywhere', fixed: true },
  go_inbox: { keys: ['g i'], shown: 'G I', group: 'everywhere' },
  go_contacts: { keys: ['g c'], shown: 'G C', group: 'everywhere' },
  go_chat: { keys: ['g h'], shown: 'G H', group: 'everywhere' },
  go_settings: { keys: ['g s'], shown: 'G S', group: 'everywhere' },
  start: { keys: ['c'], shown: 'C', group: 'everywhere' },
  save: { keys: ['mod+s'], shown: 'Ctrl+S', group: 'everywhere' },
  search: { keys: ['/'], shown: '/', group: 'list' },
  next: { keys: ['j', 'arrowdown'], shown: 'J', group: 'list' },
  previous: { keys: ['k', 'arrowup'], shown: 'K', group: 'list' },
  assume: { keys: ['a'], shown: 'A', group: 'list' },
  row_menu: { keys: ['.'], shown: '.', group: 'list' },
  select: { keys: ['x'], shown: 'X', group: 'list' },
  select_all: { keys: [], shown: 'Ctrl+A', group: 'list', fixed: true },
  reply: { keys: ['r'], shown: 'R', group: 'conversation' },
  whisper: { keys: ['n'], shown: 'N', group: 'conversation' },
  transfer: { keys: ['t'], shown: 'T', group: 'conversation' },
  close: { keys: ['e'], shown: 'E', group: 'conversation' },
  snooze: { keys: ['s'], shown: 'S', group: 'conversation' },
  favourite: { keys: ['f'], shown: 'F', group: 'conversation' },
  tag: { keys: ['l'], shown: 'L', group: 'conversation' },
  back: { keys: ['escape'], shown: 'Esc', group: 'conversation', fixed: true },
  send: { keys: ['mod+enter'], shown: 'Ctrl+Enter', group: 'composer', fixed: true },
  newline: { keys: [], shown: 'Shift+Enter', group: 'composer', fixed: true },
  send_close: { keys: ['mod+shift+e'], shown: 'Ctrl+Shift+E', group: 'composer' },
} as const satisfies Record<string, Shortcut>;

export type ShortcutName = keyof typeof SHORTCUTS;
export const SHORTCUT_NAMES = Object.keys(SHORTCUTS) as ShortcutName[];
export const isFixed = (name: ShortcutName) => 'fixed' in SHORTCUTS[name];
export type ShortcutHandlers = Partial<Record<ShortcutName, (event: KeyboardEvent) => void>>;

/** A person's own keys by shortcut, of the lines that a preference holds. */
export const changedKeys = (lines: string): ReadonlyMap<string, string> =>
  new Map(
    lines.split('\n').flatMap((line) => {
      const at = line.indexOf('=');
      return at > 0 ? [[line.slice(0, at), line.slice(at + 1)] as const] : [];
    }),
  );

function keysWith(changed: ReadonlyMap<string, string>, name: ShortcutName): readonly string[] {
  const [first, ...others] = SHORTCUTS[name].keys;
  const own = isFixed(name) ? undefined : changed.get(name);
  return [own ?? first, ...others].filter((keys) => keys !== undefined);
}

/** "mod+shift+e" as people read it; "g i" is two keys, one after the other. */
export const sayKeys = (keys: string) =>
  keys
    .split(' ')
    .map((key) =>
      key
        .split(/\+(?=.)/)
        .map((part) => (part === 'mod' ? 'Ctrl' : part.slice(0, 1).toUpperCase() + part.slice(1)))
        .join('+'),
    )
    .join(' ');

const shownWith = (changed: ReadonlyMap<string, string>, name: ShortcutName) => {
  const own = isFixed(name) ? undefined : changed.get(name);
  return own ? sayKeys(own) : SHORTCUTS[name].shown;
};

/** What to press now, in words: as it came, or as the person wants it. */
export function useShown() {
  const [lines] = usePreference('keys');
  const changed = useMemo(() => changedKeys(lines), [lines]);
  return (name: ShortcutName) => shownWith(changed, name);
}

/** Which shortcut each key means now; and the keys that only begin one. */
type Meaning = { lines: string; of: Map<string, ShortcutName>; begins: Set<string> };
let meaning: Meaning | undefined;

function meanings(): Meaning {
  const lines = readPreference('keys');
  if (meaning?.lines === lines) return meaning;
  const changed = changedKeys(lines);
  const of = new Map<string, ShortcutName>();
  for (const name of SHORTCUT_NAMES)
    for (const keys of keysWith(changed, name)) if (!of.has(keys)) of.set(keys, name);
  const begins = [...of.keys()].filter((keys) => keys.includes(' '));
  meaning = { lines, of, begins: new Set(begins.map((keys) => keys.split(' ')[0] ?? '')) };
  return meaning;
}

const SEQUENCE_MS = 1000;

/** Pressing G and then I is one shortcut; the G is remembered for a second. */
let pendingKey = '';
let pendingAt = 0;

/** What a key is called in the table. */
export function nameOf(event: KeyboardEvent) {
  const key = event.key.toLowerCase();
  const parts: string[] = [];
  if (event.ctrlKey || event.metaKey) parts.push('mod');
  if (event.shiftKey && (parts.length > 0 || key.length > 1)) parts.push('shift');
  return [...parts, key].join('+');
}

function inField(target: EventTarget | null) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

const IN_FRONT = '[role="dialog"], [role="menu"], [role="listbox"]';

/** The choices of a field wait in the document, not drawn, until it is opened. */
const isSomethingInFront = () =>
  [...document.querySelectorAll(IN_FRONT)].some((one) => !one.closest('[style*="display: none"]'));

/**
 * A dialog, a menu or the palette is in front: single keys belong to it. This is looked at before
 * anybody hears the key, because one that this very key closes is gone by the time it comes here,
 * and the key may have been pressed on the button that the menu hangs from.
 */
const pressedBehind = new WeakSet<KeyboardEvent>();
window.addEventListener(
  'keydown',
  (event) => {
    if (isSomethingInFront()) pressedBehind.add(event);
  },
  { capture: true },
);

export function shortcutFor(event: KeyboardEvent): ShortcutName | undefined {
  if (event.isComposing || event.altKey || event.defaultPrevented) return undefined;
  const pressed = nameOf(event);
  const chord = pressed.startsWith('mod+') || pressed === 'f6';
  if (
    !chord &&
    (inField(event.target) || pressedBehind.has(event) || readPreference('shortcuts') === 'off')
  ) {
    return undefined;
  }

  const now = Date.now();
  const sequence =
    pendingKey !== '' && now - pendingAt < SEQUENCE_MS ? `${pendingKey} ${pressed}` : '';
  const { of, begins } = meanings();
  pendingKey = begins.has(pressed) ? pressed : '';
  pendingAt = now;
  return (sequence ? of.get(sequence) : undefined) ?? of.get(pressed);
}

/**
 * Esc takes away one layer at a time: what is in front, then the field, then the panel, then the
 * conversation. This is the second; the others are whoever listens to `back`.
 */
export function useEscapeFromFields() {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return;
      if (pressedBehind.has(event) || !inField(event.target)) return;
      (event.target as HTMLElement).blur();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

/**
 * Listens while the component lives. The handlers may change at every render. On the document, where
 * a tooltip under the resting mouse closes itself by Escape and lets nobody hear it further up.
 */
export function useShortcuts(handlers: ShortcutHandlers) {
  const latest = useRef(handlers);
  /* Before the next key can come: two quick Escapes are two different layers. */
  useLayoutEffect(() => {
    latest.current = handlers;
  });

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const name = peek(event, latest.current);
      if (!name) return;
      event.preventDefault();
      latest.current[name]?.(event);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

/** Several components listen; the first to ask decides what the event means for all of them. */
const decided = new WeakMap<KeyboardEvent, ShortcutName | null>();

function peek(event: KeyboardEvent, handlers: ShortcutHandlers) {
  let name = decided.get(event);
  if (name === undefined) {
    name = shortcutFor(event) ?? null;
    decided.set(event, name);
  }
  return name && handlers[name] ? name : undefined;
}

/** As if its keys had been pressed, whatever they are now. */
export function pressShortcut(name: ShortcutName) {
  const event = new KeyboardEvent('keydown', { cancelable: true });
  decided.set(event, name);
  document.dispatchEvent(event);
}
