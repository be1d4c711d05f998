/* What the account's one colour becomes. Contrast is computed, not hoped for: see colors.test.ts. */

type Rgb = readonly [number, number, number];

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
const DARK_SURFACE: Rgb = [27, 25, 23];

/* The other bubbles that may hold a link: bot-soft and bubble-in of styles.css. */
const LIGHT_BUBBLES: readonly Rgb[] = [WHITE, [242, 238, 251]];
const DARK_BUBBLES: readonly Rgb[] = [
  [38, 36, 31],
  [41, 36, 60],
];

const HOUSE: Rgb = [43, 80, 196];
const READABLE = 4.5; // WCAG AA for text

export interface Palette {
  accent: string;
  accentHover: string;
  light: Tints;
  dark: Tints;
}

interface Tints {
  accentText: string; // links and marks, on every bubble
  bubble: string; // what the visitor wrote
  ring: string;
}

function parse(hex: string): Rgb | null {
  const digits = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex)?.slice(1);
  if (!digits) return null;
  const [red = 0, green = 0, blue = 0] = digits.map((pair) => parseInt(pair, 16));
  return [red, green, blue];
}

const print = (color: Rgb) =>
  `#${color.map((part) => part.toString(16).padStart(2, '0')).join('')}`;

/* Rounded, so that what is measured is what is drawn. */
function mix(a: Rgb, b: Rgb, share: number): Rgb {
  const part = (from: number, to: number) => Math.round(from + (to - from) * share);
  return [part(a[0], b[0]), part(a[1], b[1]), part(a[2], b[2])];
}

function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function ratio(a: Rgb, b: Rgb): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** WCAG contrast of two #rrggbb colours. */
export const contrast = (a: string, b: string) => ratio(parse(a) ?? WHITE, parse(b) ?? WHITE);

/* Moves a colour towards another until it reads on all the grounds. */
function readableOn(grounds: readonly Rgb[], color: Rgb, towards: Rgb): Rgb {
  for (let share = 0; share < 1; share += 0.05) {
    const candidate = mix(color, towards, share);
    if (grounds.every((ground) => ratio(candidate, ground) >= READABLE)) return candidate;
  }
  return towards;
}

export function paletteOf(hex: string): Palette {
  const accent = readableOn([WHITE], parse(hex) ?? HOUSE, BLACK);
  const lightBubble = mix(WHITE, accent, 0.12);
  const darkBubble = mix(DARK_SURFACE, accent, 0.38);
  const darkText = print(readableOn([darkBubble, ...DARK_BUBBLES], accent, WHITE));
  return {
    accent: print(accent),
    accentHover: print(mix(accent, BLACK, 0.15)),
    light: {
      accentText: print(readableOn([lightBubble, ...LIGHT_BUBBLES], accent, BLACK)),
      bubble: print(lightBubble),
      ring: print(accent),
    },
    dark: { accentText: darkText, bubble: print(darkBubble), ring: darkText },
  };
}
