/**
 * On narrow screens the columns are sheets over the phone. An open sheet is a dialog: focus goes in, Escape and the veil
 * close it, the rest of the page is inert, and focus goes back to where it came from.
 */
import { iconButton, place } from './dom.js';
import { t } from './words.js';

/** @type {{ panel: HTMLElement, opener: Element | null } | null} */
let open = null;

export function sheets() {
  place('veil').addEventListener('click', closeSheet);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && open && !document.querySelector('dialog[open]')) closeSheet();
  });
  for (const width of ['(min-width: 768px)', '(min-width: 1200px)']) matchMedia(width).addEventListener('change', closeSheet);
}

/** @param {'controls' | 'log'} id */
export function openSheet(id) {
  closeSheet();
  const panel = place(id);
  open = { panel, opener: document.activeElement };
  panel.classList.add('open');
  panel.setAttribute('role', 'dialog');
  panel.setAttribute('aria-modal', 'true');
  place('veil').hidden = false;
  for (const other of rest(panel)) other.inert = true;
  panel.focus();
}

export function closeSheet() {
  if (!open) return;
  const { panel, opener } = open;
  open = null;
  panel.classList.remove('open');
  panel.setAttribute('role', 'complementary');
  panel.removeAttribute('aria-modal');
  place('veil').hidden = true;
  for (const other of rest(panel)) other.inert = false;
  if (opener instanceof HTMLElement) opener.focus();
}

/** The cross of a sheet; only seen while it is one. */
export function closeButton() {
  return iconButton('x', t('close'), closeSheet, 'square sheet-head');
}

/** @param {HTMLElement} panel */
function rest(panel) {
  return /** @type {HTMLElement[]} */ ([...place('app').children]).filter((child) => child !== panel);
}
