import { useEffect, useLayoutEffect, useRef } from 'react';
import { readPreference } from './preferences';

/**
 * Every key of the product, once. `keys` is what `KeyboardEvent` says, `shown` is what people
 * read. Single keys work only outside fields; chords work everywhere.
 */
export const SHORTCUTS = {
  palette: { keys: ['mod+k'], shown: 'Ctrl+K', group: 'everywhere' },
  sheet: { keys: ['?'], shown: '?', group: 'everywhere' },
  zone_next: { keys: ['f6'], shown: 'F6', group: 'everywhere' },
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
  select_all: { keys: [], shown: 'Ctrl+A', group: 'list' },
  reply: { keys: ['r'], shown: 'R', group: 'conversation' },
  whisper: { keys: ['n'], shown: 'N', group: 'conversation' },
  transfer: { keys: ['t'], shown: 'T', group: 'conversation' },
  close: { keys: ['e'], shown: 'E', group: 'conversation' },
  snooze: { keys: ['s'], shown: 'S', group: 'conversation' },
  favourite: { keys: ['f'], shown: 'F', group: 'conversation' },
  tag: { keys: ['l'], shown: 'L', group: 'conversation' },
  back: { keys: ['escape'], shown: 'Esc', group: 'conversation' },
  send: { keys: ['mod+enter'], shown: 'Ctrl+Enter', group: 'composer' },
  newline: { keys: [], shown: 'Shift+Enter', group: 'composer' },
  send_close: { keys: ['mod+shift+e'], shown: 'Ctrl+Shift+E', group: 'composer' },
} as const;

export type ShortcutName = keyof typeof SHORTCUTS;
export type ShortcutHandlers = Partial<Record<ShortcutName, (event: KeyboardEvent) => void>>;

const SEQUENCE_MS = 1000;

/** Pressing G and then I is one shortcut; the G is remembered for a second. */
let pendingKey = '';
let pendingAt = 0;

function nameOf(event: KeyboardEvent) {
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
  pendingKey = pressed === 'g' ? 'g' : '';
  pendingAt = now;

  const found = (wanted: string) =>
    (Object.keys(SHORTCUTS) as ShortcutName[]).find((name) =>
      (SHORTCUTS[name].keys as readonly string[]).includes(wanted),
    );
  return (sequence && found(sequence)) || found(pressed);
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
