/** WhatsApp's own marks: *bold*, _italic_, ~struck~, ```fixed```, and addresses that can be followed. */
import { h } from './dom.js';

/** @type {{ pattern: RegExp, tag: string }[]} */
const MARKS = [
  { pattern: /```([^`]+)```/, tag: 'code' },
  { pattern: /(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?![\w*])/, tag: 'strong' },
  { pattern: /(?<![\w_])_(\S(?:[^_\n]*\S)?)_(?![\w_])/, tag: 'em' },
  { pattern: /(?<![\w~])~(\S(?:[^~\n]*\S)?)~(?![\w~])/, tag: 's' },
];

const ADDRESS = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)]/;

/** @param {string} text @returns {(Node | string)[]} */
export function marked(text) {
  const address = ADDRESS.exec(text);
  if (address) {
    return [...marked(text.slice(0, address.index)), link(address[0]), ...marked(text.slice(address.index + address[0].length))];
  }
  for (const { pattern, tag } of MARKS) {
    const found = pattern.exec(text);
    if (!found) continue;
    const inside = tag === 'code' ? [found[1] ?? ''] : marked(found[1] ?? '');
    return [...marked(text.slice(0, found.index)), h(tag, {}, ...inside), ...marked(text.slice(found.index + found[0].length))];
  }
  return text === '' ? [] : [text];
}

/** @param {string} href */
export function link(href) {
  return h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, href);
}

/** @param {unknown} text @param {string} [classes] */
export function paragraph(text, classes) {
  return typeof text === 'string' && text !== '' ? h('p', { class: classes ?? null }, ...marked(text)) : null;
}
