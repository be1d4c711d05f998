/**
 * Makes an element. `on` holds listeners, `data` data attributes; null and false attributes are left out, true is an
 * empty one. Text goes in as text: nothing a customer writes can become markup.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Node | string | number | null | undefined | false)} children
 * @returns {any} any, and not HTMLElement: callers know what they made
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'on') {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (name === 'value' || name === 'checked') {
      Reflect.set(element, name, value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false).map((child) => (child instanceof Node ? child : String(child))));
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @param {string} name a symbol of icons.svg
 * @param {string} [size] m (16) or s (14); 18 otherwise
 */
export function icon(name, size = '') {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', `icon ${size}`);
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/**
 * A button that shows only an icon, and says its name.
 * @param {string} name
 * @param {string} label
 * @param {(event: MouseEvent) => void} press
 * @param {string} [classes]
 */
export function iconButton(name, label, press, classes = 'square') {
  return h('button', { type: 'button', class: classes, title: label, 'aria-label': label, on: { click: press } }, icon(name));
}

/** @param {string} id @returns {HTMLElement} */
export function place(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
}

/** Puts exactly these rows in, moving as little as possible. @param {HTMLElement} list @param {HTMLElement[]} rows */
export function reconcile(list, rows) {
  const wanted = new Set(rows);
  for (const child of [...list.children]) if (!wanted.has(/** @type {HTMLElement} */ (child))) child.remove();
  rows.forEach((row, at) => {
    if (list.children[at] !== row) list.insertBefore(row, list.children[at] ?? null);
  });
}
