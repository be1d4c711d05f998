import { useSyncExternalStore } from 'react';

/** What a person chose on this device. Unknown or damaged values fall back to the default. */
export type Preferences = {
  language: 'pt-BR' | 'en';
  sound: 'on' | 'off';
  /** What Enter does in the composer; `ask` until the first send. */
  enter: 'ask' | 'sends' | 'breaks';
  shortcuts: 'on' | 'off';
  /** Shortcuts that are not as they came: a line for each, "reply=q". */
  keys: string;
  density: 'comfortable' | 'compact';
  panel: 'open' | 'folded';
  /** How flows are drawn; `auto` until somebody chooses. */
  flow_view: 'auto' | 'board' | 'list';
  list_width: number;
  panel_width: number;
};

const DEFAULTS: Preferences = {
  language: 'pt-BR',
  sound: 'on',
  enter: 'ask',
  shortcuts: 'on',
  keys: '',
  density: 'comfortable',
  panel: 'open',
  flow_view: 'auto',
  list_width: 352,
  panel_width: 316,
};

const PREFIX = 'balcao.';
const listeners = new Set<() => void>();

function parse<K extends keyof Preferences>(key: K, raw: string | null): Preferences[K] {
  if (raw === null) return DEFAULTS[key];
  try {
    const value: unknown = JSON.parse(raw);
    return typeof value === typeof DEFAULTS[key] ? (value as Preferences[K]) : DEFAULTS[key];
  } catch {
    return DEFAULTS[key];
  }
}

export const readPreference = <K extends keyof Preferences>(key: K) =>
  parse(key, localStorage.getItem(PREFIX + key));

export function writePreference<K extends keyof Preferences>(key: K, value: Preferences[K]) {
  localStorage.setItem(PREFIX + key, JSON.stringify(value));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  window.addEventListener('storage', listener); // the other tabs
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

export function usePreference<K extends keyof Preferences>(key: K) {
  const value = useSyncExternalStore(subscribe, () => readPreference(key));
  return [value, (next: Preferences[K]) => writePreference(key, next)] as const;
}
