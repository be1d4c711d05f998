/** "O que o sistema viu": the journal in words, with the bytes one click away. */
import { press } from './api.js';
import { h, icon, iconButton, place, reconcile } from './dom.js';
import { explain } from './explain.js';
import { fold } from './fold.js';
import { instant } from './format.js';
import { closeButton } from './sheets.js';
import { set, state, watch } from './state.js';
import { t } from './words.js';

/** Closer to the end than this counts as being there. */
const NEAR_PX = 80;

export function drawLog() {
  const panel = place('log');
  panel.setAttribute('aria-label', t('log.title'));
  const pending = h('button', { type: 'button', class: 'btn small outline', title: t('log.retry'), on: { click: () => press('POST', '/deliveries/retry') } });
  const rows = h('ol');
  const empty = h('div', { class: 'empty' }, icon('eye'), h('h2', {}, t('log.empty')), h('p', {}, t('log.empty_why')));
  const scroller = h('div', { class: 'events', tabindex: 0, role: 'region', 'aria-label': t('log.title') }, rows, empty);
  panel.append(
    h('div', { class: 'log-head' }, h('h2', {}, t('log.title')), pending, iconButton('trash', t('log.clear'), () => set({ entries: [] }), 'square small'), closeButton()),
    scroller,
  );

  watch(['config'], () => {
    pending.hidden = state.config.pending === 0;
    pending.replaceChildren(icon('refresh', 's'), t('log.pending', { count: state.config.pending }));
  });

  /** @type {Map<number, { mark: string, row: HTMLElement }>} */
  let drawn = new Map();
  watch(['entries', 'people'], () => {
    const wasAtEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_PX;
    /** @type {typeof drawn} */
    const next = new Map();
    for (const { entry, outcome } of fold(state.entries)) {
      const mark = outcome.join();
      const known = drawn.get(entry.seq);
      const row = known?.mark === mark ? known.row : rowOf(entry, outcome);
      if (row) next.set(entry.seq, { mark, row });
    }
    drawn = next;
    reconcile(rows, [...next.values()].map(({ row }) => row));
    empty.hidden = drawn.size > 0;
    if (wasAtEnd) scroller.scrollTop = scroller.scrollHeight;
  });
}

/** @param {import('./types.d.ts').Entry} entry @param {string[]} outcome */
function rowOf(entry, outcome) {
  const said = explain(entry, outcome);
  if (!said) return null;
  const { icon: name, tone, title, more, payload } = said;
  const text = h('div', {}, h('div', { class: 'line' }, h('b', { class: 'grow' }, title)), h('small', {}, more));
  if (payload !== undefined) text.firstChild.append(showButton(text, payload));
  return h('li', { class: 'event' }, h('time', { datetime: entry.at }, instant(entry.at)), h('span', { class: `dot ${tone}` }, icon(name, 's')), text);
}

/** The bytes are printed only when asked for: most never are. @param {HTMLElement} text @param {unknown} payload */
function showButton(text, payload) {
  const toggle = h('button', { type: 'button', class: 'square show', 'aria-expanded': 'false', 'aria-label': t('log.show'), title: t('log.show'), on: { click: () => {
    const shown = text.querySelector('pre');
    toggle.setAttribute('aria-expanded', String(!shown));
    if (shown) shown.remove();
    else text.append(h('pre', { tabindex: 0 }, JSON.stringify(payload, null, 1)));
  } } }, icon('chevron-down', 's'));
  return toggle;
}
