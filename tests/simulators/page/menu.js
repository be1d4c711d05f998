/** A small menu beside the button that opens it: arrows walk, Escape closes, focus goes back. */
import { h } from './dom.js';

const MARGIN_PX = 8;

/**
 * @param {HTMLElement} opener
 * @param {string} label
 * @param {(close: () => void) => Node[]} fill
 */
export function openMenu(opener, label, fill) {
  const menu = h('div', { class: 'menu', popover: 'auto', role: 'menu', 'aria-label': label });
  const close = () => menu.hidePopover();
  menu.append(...fill(close));
  /* Beside its opener, and so inside the same landmark; a popover is drawn above everything anyway. */
  (opener.closest('main') ?? document.body).append(menu);
  menu.addEventListener('toggle', (/** @type {ToggleEvent} */ event) => {
    if (event.newState !== 'closed') return;
    menu.remove();
    if (document.activeElement === document.body) opener.focus();
  });
  menu.addEventListener('keydown', walk);
  menu.showPopover();
  put(menu, opener);
  menu.querySelector('button')?.focus();
}

/** @param {KeyboardEvent} event */
function walk(event) {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const items = [.../** @type {HTMLElement} */ (event.currentTarget).querySelectorAll('button')];
  const at = items.findIndex((item) => item === document.activeElement);
  items[(at + step + items.length) % items.length]?.focus();
}

/** Under the opener, or above it where there is no room; never off the screen. @param {HTMLElement} menu @param {HTMLElement} opener */
function put(menu, opener) {
  const from = opener.getBoundingClientRect();
  const own = menu.getBoundingClientRect();
  const below = from.bottom + 4;
  const top = below + own.height + MARGIN_PX < innerHeight ? below : from.top - own.height - 4;
  menu.style.top = `${Math.max(MARGIN_PX, top)}px`;
  menu.style.left = `${Math.max(MARGIN_PX, Math.min(from.left, innerWidth - own.width - MARGIN_PX))}px`;
}
