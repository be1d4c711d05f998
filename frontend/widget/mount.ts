import type { Palette } from './colors';
import styles from './styles.css?inline';

/* Not a word any page's style sheet is likely to speak of. */
const TAG = 'balcao-webchat';

function tints(palette: Palette): string {
  const { accent, accentHover, light, dark } = palette;
  const lines = ({ accentText, bubble, ring }: Palette['light']) =>
    `--accent-text:${accentText};--bubble-out:${bubble};--ring:${ring}`;
  return `.balcao{--accent:${accent};--accent-hover:${accentHover};${lines(light)}}
@media(prefers-color-scheme:dark){.balcao{${lines(dark)}}}`;
}

/*
 * Constructed sheets are no inline style to a content security policy. Browsers without them get an
 * element, which works wherever the page allows one.
 */
function dress(shadow: ShadowRoot, css: string) {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    shadow.adoptedStyleSheets = [sheet];
  } catch {
    const element = document.createElement('style');
    element.textContent = css;
    shadow.append(element);
  }
}

/**
 * A place of our own in the page: none of its styles reach in, none of ours out. Beside <body>, not
 * in it, because a transform there would capture what is fixed, and some pages replace their body
 * when they navigate. Null when the widget is there already.
 */
export function mount(palette: Palette): ShadowRoot | null {
  if (document.querySelector(TAG)) return null;
  const host = document.createElement(TAG);
  const shadow = host.attachShadow({ mode: 'open' });
  dress(shadow, styles + tints(palette));
  document.documentElement.append(host);
  return shadow;
}
