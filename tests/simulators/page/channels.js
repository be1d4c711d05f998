/** The channels that a customer could come by: those with a stand-in can be chosen, the others say why not. */
import { h, icon } from './dom.js';
import { set, state } from './state.js';
import { toast } from './toast.js';
import { t } from './words.js';

/** @type {Record<string, string>} */
const ICONS = {
  whatsapp: 'brand-whatsapp', telegram: 'brand-telegram', instagram: 'brand-instagram', messenger: 'brand-messenger',
  facebook: 'brand-facebook', site: 'world', app: 'api', phone: 'phone',
};

/** @param {string} kind */
export function mark(kind) {
  return h('span', { class: 'mark', 'data-channel': kind }, icon(ICONS[kind] ?? 'world'));
}

/** @param {import('./types.d.ts').Channel} channel */
export function channelButton({ kind, live }) {
  const name = t(`channel.${kind}`);
  /* Not `disabled`: a button that cannot be reached cannot say its reason. */
  return h(
    'button',
    {
      type: 'button',
      'aria-pressed': live ? String(state.channel === kind) : null,
      'aria-disabled': live ? null : 'true',
      title: live ? null : t('channel.soon', { name }),
      on: { click: () => (live ? set({ channel: kind }) : toast(t('channel.soon', { name }))) },
    },
    mark(kind), name, live ? null : h('span', { class: 'unseen' }, t('channel.soon_short')),
  );
}
