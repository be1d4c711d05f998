/** The messages on the phone. Rows that did not change stay as they are: focus and playing sounds survive news. */
import { body, gist } from './bubble.js';
import { openActions } from './actions.js';
import { h, icon, reconcile } from './dom.js';
import { day, hour, startOfDay } from './format.js';
import { now, number, person, state, watch } from './state.js';
import { t } from './words.js';

/** @typedef {import('./types.d.ts').Message} Message */

/** @type {Record<string, [string, string]>} icon and word of the customer's own messages */
const TICKS = { sent: ['check', 'tick.sent'], delivered: ['checks', 'tick.delivered'], read: ['checks', 'tick.read'] };

/** Closer to the end than this counts as being there, and news scrolls into view. */
const NEAR_PX = 120;

export function chatBubbles() {
  const rows = h('ol');
  const scroller = h('div', { class: 'scroller', role: 'log', 'aria-label': t('phone.conversation'), tabindex: 0 }, rows);
  /** @type {Map<string, { mark: string, row: HTMLElement }>} */
  let known = new Map();
  let shown = '';
  let newest = '';

  /* Pictures arrive after their rows, and what opens below takes room: whoever was at the end stays there. */
  let isAtEnd = true;
  scroller.addEventListener('scroll', () => {
    isAtEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_PX;
  });
  const stay = new ResizeObserver(() => {
    if (isAtEnd) scroller.scrollTop = scroller.scrollHeight;
  });
  stay.observe(scroller);
  stay.observe(rows);

  watch(['chat', 'person', 'number'], () => {
    const isAnother = shown !== `${state.number} ${state.person}`;
    shown = `${state.number} ${state.person}`;
    const messages = state.chat?.messages ?? [];
    /** @type {typeof known} */
    const next = new Map();
    for (const [at, message] of messages.entries()) {
      const before = messages[at - 1];
      if (!before || startOfDay(before.at_ms) !== startOfDay(message.at_ms)) {
        const text = day(message.at_ms, now());
        next.set(`day ${startOfDay(message.at_ms)}`, keep(`day ${startOfDay(message.at_ms)}`, text, () => h('li', { class: 'day' }, text)));
      }
      next.set(message.id, keep(message.id, JSON.stringify(message), () => rowOf(message, messages)));
    }
    if (state.chat?.is_typing) next.set('typing', keep('typing', '', typing));
    known = next;
    reconcile(rows, [...next.values()].map(({ row }) => row));
    const silent = state.chat && messages.length === 0;
    rows.hidden = Boolean(silent);
    scroller.querySelector('.silent')?.remove();
    if (silent) scroller.append(h('p', { class: 'silent' }, t('phone.silent', { name: person()?.name.split(' ')[0] ?? '', business: number()?.verified_name ?? '' })));
    const last = messages.at(-1);
    const hasWritten = last !== undefined && last.id !== newest && last.from === 'customer';
    newest = last?.id ?? '';
    if (isAtEnd || isAnother || hasWritten) scroller.scrollTop = scroller.scrollHeight;
  });

  /** @param {string} id @param {string} mark @param {() => HTMLElement} make */
  function keep(id, mark, make) {
    const old = known.get(id);
    return old?.mark === mark ? old : { mark, row: make() };
  }
  return scroller;
}

function typing() {
  return h('li', { class: 'row' }, h('div', { class: 'typing' }, h('span', { class: 'unseen' }, t('phone.typing')), h('i'), h('i'), h('i')));
}

/** @param {Message} message @param {Message[]} all */
function rowOf(message, all) {
  if (message.type === 'system') return h('li', { class: 'day' }, message.content.body ?? t('type.system'));
  const isMine = message.from === 'customer';
  const quoted = all.find(({ id }) => id === message.quoted_id);
  const bubble = h('div', { class: 'bubble' },
    h('span', { class: 'unseen' }, isMine ? t('message.mine') : number()?.verified_name ?? ''),
    quoted ? quote(quoted) : null, ...body(message));
  /* The line with the hour stands before what can be pressed, as phones have it. */
  const presses = bubble.querySelector(':scope > .presses');
  bubble.insertBefore(meta(message), presses);
  const reactions = [...new Set([message.reactions.customer, message.reactions.business].filter(Boolean))];
  return h('li', { class: isMine ? 'row mine' : 'row' }, bubble,
    reactions.length ? h('span', { class: 'reaction', 'aria-label': t('message.reaction', { emoji: reactions.join(' ') }), role: 'img' }, reactions.join(' ')) : null);
}

/** @param {Message} quoted */
function quote(quoted) {
  return h('div', { class: 'quote' },
    h('b', { class: 'cut' }, quoted.from === 'customer' ? t('message.you') : number()?.verified_name ?? ''), h('span', {}, gist(quoted)));
}

/** @param {Message} message */
function meta(message) {
  const tick = message.from === 'customer' ? TICKS[message.state] : undefined;
  const acts = h('button', { type: 'button', class: 'acts', 'aria-haspopup': 'menu', 'aria-label': t('message.actions', { gist: gist(message).slice(0, 40) }), on: { click: () => openActions(message, acts) } }, icon('chevron-down', 's'));
  return h(
    'div', { class: 'meta num' },
    message.is_revoked ? null : acts,
    message.previous.length && !message.is_revoked ? t('message.edited') : null,
    h('time', {}, hour(message.at_ms)),
    tick ? h('span', { class: `ticks ${message.state}` }, icon(tick[0], 's'), h('span', { class: 'unseen' }, t(tick[1]))) : null,
  );
}
