/** The middle: the phone, the site, or why there is none. */
import { press } from './api.js';
import { h, icon, iconButton, place } from './dom.js';
import { phoneScreen } from './phone.js';
import { number, state, watch } from './state.js';
import { t } from './words.js';

export function drawStage() {
  const stage = place('stage');
  const phone = phoneScreen();
  const site = browser();
  watch(['config', 'channel', 'number'], () => {
    const scene = state.channel === 'site' ? site : number() ? phone : noNumber();
    if (stage.firstChild !== scene) stage.replaceChildren(scene);
  });
}

function noNumber() {
  return h(
    'div', { class: 'empty' },
    icon('plug-connected'), h('h2', {}, t('empty.title')), h('p', {}, t('empty.why')), h('p', {}, h('code', {}, 'var/lab/numbers.json')),
    h('button', { type: 'button', class: 'btn outline', on: { click: () => press('POST', '/reload') } }, icon('refresh', 'm'), t('empty.again')),
  );
}

function browser() {
  let isSignedIn = false;
  const address = h('span', { class: 'address cut num' }, `${location.host}/site.html`);
  const frame = h('iframe', { title: t('site.title'), src: '/site.html' });
  const sign = h('button', { type: 'button', class: 'btn outline small', on: { click: () => show(!isSignedIn) } }, t('site.sign_in'));
  /** @param {boolean} next */
  function show(next) {
    isSignedIn = next;
    const path = isSignedIn ? '/site.html?login=1' : '/site.html';
    frame.src = path;
    address.textContent = location.host + path;
    sign.textContent = t(isSignedIn ? 'site.sign_out' : 'site.sign_in');
  }
  return h(
    'div', { class: 'browser' },
    h('div', { class: 'bar' },
      iconButton('refresh', t('site.reload'), () => show(isSignedIn), 'square small'), address, sign,
      iconButton('external-link', t('site.open'), () => void window.open(frame.src, '_blank', 'noopener'), 'square small')),
    frame,
  );
}

