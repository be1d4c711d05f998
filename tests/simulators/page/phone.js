/** The phone: its frame, the conversation, and what is open over it. */
import { chatBubbles } from './conversation.js';
import { composer } from './composer.js';
import { h, icon } from './dom.js';
import { hour } from './format.js';
import { options } from './options.js';
import { now, number, state, watch } from './state.js';
import { t } from './words.js';

const CLOCK_MS = 5000;

export function phoneScreen() {
  const time = h('time', {}, hour(now()));
  setInterval(() => (time.textContent = hour(now())), CLOCK_MS);
  const name = h('b', { class: 'cut' });
  watch(['config', 'number'], () => {
    name.textContent = number()?.verified_name ?? '';
    time.textContent = hour(now());
  });
  const choices = h('div', { class: 'over' });
  watch(['choosing'], () => choices.replaceChildren(...(state.choosing ? [options(state.choosing)] : [])));
  return h(
    'section', { class: 'phone', 'aria-label': t('phone.title') },
    h(
      'div', { class: 'screen' },
      h('div', { class: 'status-bar', 'aria-hidden': 'true' }, time, h('span', {}, icon('antenna-bars-5', 'm'), icon('battery-3', 'm'))),
      h('div', { class: 'contact' }, h('img', { src: '/logo.svg', alt: '' }), h('div', { class: 'grow' }, name, h('small', { class: 'cut' }, t('phone.account')))),
      chatBubbles(),
      choices,
      composer(),
    ),
  );
}
