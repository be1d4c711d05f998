import { expect, it } from 'vitest';
import { contrast, paletteOf } from './colors';

/* Text of styles.css that stands on what the palette makes. */
const LIGHT = { text: '#211e18', text2: '#575146', bot: '#f2eefb' };
const DARK = { text: '#f1eee7', text2: '#bdb6a9', bot: '#29243c' };

const everyColor = () => {
  const parts = ['00', '40', '80', 'c0', 'ff'];
  return parts.flatMap((r) => parts.flatMap((g) => parts.map((b) => `#${r}${g}${b}`)));
};

it('keeps a good colour as it is', () => {
  expect(paletteOf('#2B50C4').accent).toBe('#2b50c4');
});

it('draws with the house colour when it is given nonsense', () => {
  expect(paletteOf('red; background: url(x)').accent).toBe('#2b50c4');
});

/* Each pair that reads badly, in words. */
function faultsOf(color: string): string[] {
  const { accent, accentHover, light, dark } = paletteOf(color);
  const pairs: [string, string][] = [
    ['#ffffff', accent],
    ['#ffffff', accentHover],
    ...['#ffffff', LIGHT.bot, light.bubble].map((g): [string, string] => [light.accentText, g]),
    ...['#26241f', DARK.bot, dark.bubble].map((g): [string, string] => [dark.accentText, g]),
    [LIGHT.text, light.bubble],
    [LIGHT.text2, light.bubble],
    [DARK.text, dark.bubble],
    [DARK.text2, dark.bubble],
  ];
  return pairs
    .filter(([ink, ground]) => contrast(ink, ground) < 4.5)
    .map(([ink, ground]) => `${color}: ${ink} on ${ground}`);
}

it('reads in both themes, whatever colour an account chose', () => {
  expect(everyColor().flatMap(faultsOf)).toEqual([]);
});
