/** The bar at the top. */
import { press, chatPath } from './api.js';
import { h, icon, iconButton, place } from './dom.js';
import { openPreferences } from './preferences.js';
import { openSheet } from './sheets.js';
import { state, watch } from './state.js';
import { t } from './words.js';

export function drawTop() {
  const agent = h('a', { class: 'btn outline accent desk', target: '_blank', rel: 'noopener' }, icon('external-link', 'm'), t('top.agent'));
  place('top').append(
    h('img', { class: 'logo', src: '/logo.svg', alt: '' }),
    h('h1', {}, t('top.title')),
    h('span', { class: 'chip note desk' }, icon('flask'), t('top.simulated')),
    h('span', { class: 'grow' }),
    h('button', { type: 'button', class: 'btn ghost desk', on: { click: () => press('DELETE', chatPath()) } }, icon('eraser', 'm'), t('top.restart')),
    h('a', { class: 'btn ghost desk', href: '/mails.html' }, icon('file-text', 'm'), t('top.mails')),
    agent,
    iconButton('list-details', t('log.title'), () => openSheet('log'), 'square opens-log'),
    iconButton('users', t('controls.title'), () => openSheet('controls'), 'square opens-controls'),
    iconButton('adjustments-horizontal', t('preferences.title'), openPreferences),
  );
  watch(['config'], () => agent.setAttribute('href', state.config.public_url || '/'));
}
