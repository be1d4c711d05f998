import { SHORTCUT_NAMES, SHORTCUTS } from '@/lib/shortcuts';
import { problemOf, problemOfPress, withKeys } from './allowed';

/* jsdom takes Alt for AltGr. */
function pressed(
  key: string,
  { altGr = false, ...more }: KeyboardEventInit & { altGr?: boolean } = {},
) {
  const event = new KeyboardEvent('keydown', { key, ...more });
  Object.defineProperty(event, 'getModifierState', {
    value: (name: string) => altGr && name === 'AltGraph',
  });
  return problemOfPress(event, key.toLowerCase())?.why;
}

it('refuses what a Brazilian keyboard has only with AltGr or a dead key, on whichever layout', () => {
  expect(pressed('Dead')).toBe('dead');
  for (const key of '´`~^¨') expect(pressed(key)).toBe('dead');
  for (const key of '¹²³£¢¬§ªº°₢') expect(pressed(key)).toBe('altgr');
  expect(pressed('/', { altGr: true })).toBe('altgr');
  expect(pressed('/', { ctrlKey: true, altKey: true })).toBe('altgr');
  expect(pressed('q', { altKey: true })).toBe('alt');
});

it('takes every letter, figure and sign that is one key there, ç among them', () => {
  for (const key of 'abcxyzç0179\'"!@#$%&*()-_=+[]{}\\|<>,.;:/?')
    expect(pressed(key)).toBeUndefined();
  for (const key of ['Enter', 'Tab', ' ', 'ArrowDown', 'F5', 'Backspace'])
    expect(pressed(key)).toBe('named');
});

it('asks a chord of what works in fields, and none that browsers keep', () => {
  const chord = (key: string) =>
    problemOfPress(new KeyboardEvent('keydown', { key: 'x' }), key)?.why;
  expect(chord('mod+w')).toBe('reserved');
  expect(chord('mod+shift+t')).toBe('reserved');
  expect(chord('mod+1')).toBe('reserved');
  expect(chord('mod+g')).toBeUndefined();
  expect(problemOf('palette', 'p', '')).toEqual({ why: 'chord' });
  expect(problemOf('reply', 'mod+g', '')).toEqual({ why: 'single' });
});

it('says who has it already, also the first of two', () => {
  expect(problemOf('reply', 't', '')).toEqual({ why: 'taken', by: 'transfer' });
  expect(problemOf('reply', 'g', '')).toEqual({ why: 'taken', by: 'go_inbox' });
  expect(problemOf('reply', 't x', '')).toEqual({ why: 'taken', by: 'transfer' });
  expect(problemOf('reply', 'g x', '')).toBeUndefined();
  expect(problemOf('reply', 't', 'transfer=y')).toBeUndefined();
  expect(problemOf('reply', 'y', 'transfer=y')).toEqual({ why: 'taken', by: 'transfer' });
});

it('keeps only what is not as it came', () => {
  const changed = withKeys(withKeys('', 'reply', 'q'), 'close', 'w');
  expect(changed).toBe('reply=q\nclose=w');
  expect(withKeys(changed, 'reply', undefined)).toBe('close=w');
  expect(withKeys(changed, 'close', 'e')).toBe('reply=q');
  expect(withKeys('', 'reply', '=')).toBe('reply==');
});

it('as they come, no two shortcuts want the same keys', () => {
  for (const name of SHORTCUT_NAMES) {
    const [keys] = SHORTCUTS[name].keys as readonly string[];
    if (keys !== undefined && !('fixed' in SHORTCUTS[name]))
      expect(problemOf(name, keys, '')).toBeUndefined();
  }
});
