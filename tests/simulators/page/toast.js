import { h, icon, place } from './dom.js';

const SHOWN_MS = 6000;

/** A sentence that goes away by itself. @param {string} sentence */
export function toast(sentence) {
  const element = h('div', { class: 'toast' }, icon('alert-circle', 'm'), h('span', {}, sentence));
  place('toasts').append(element);
  setTimeout(() => element.remove(), SHOWN_MS);
}
