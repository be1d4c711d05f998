/** What can be done with a message: answer, react, and with one's own also edit and delete. */
import { send } from './api.js';
import { h, icon } from './dom.js';
import { openMenu } from './menu.js';
import { set } from './state.js';
import { t } from './words.js';

const EMOJIS = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

/** @param {import('./types.d.ts').Message} message @param {HTMLElement} opener */
export function openActions(message, opener) {
  const isMine = message.from === 'customer';
  const react = (/** @type {string} */ emoji) => send({ type: 'reaction', reaction: { message_id: message.id, ...(message.reactions.customer === emoji ? {} : { emoji }) } });
  openMenu(opener, t('message.menu'), (close) => {
    const item = (/** @type {string} */ name, /** @type {string} */ label, /** @type {() => void} */ act) =>
      h('button', { type: 'button', role: 'menuitem', on: { click: () => (close(), act()) } }, icon(name, 'm'), label);
    return [
      h('div', { class: 'emojis', role: 'group', 'aria-label': t('message.react') }, ...EMOJIS.map((emoji) =>
        h('button', { type: 'button', role: 'menuitem', 'aria-label': t('message.react_with', { emoji }), on: { click: () => (close(), react(emoji)) } }, emoji))),
      item('corner-up-left', t('message.reply'), () => set({ replying: message, editing: null })),
      ...(isMine && message.type === 'text' ? [item('pencil', t('message.edit'), () => set({ editing: message, replying: null }))] : []),
      ...(isMine ? [item('trash', t('message.delete'), () => send({ type: 'revoke', revoke: { original_message_id: message.id } }))] : []),
    ];
  });
}
