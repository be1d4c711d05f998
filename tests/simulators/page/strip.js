/** On a phone: the channels that work, and who is speaking, in one line. */
import { channelButton } from './channels.js';
import { h, place } from './dom.js';
import { initials, tint } from './format.js';
import { openSheet } from './sheets.js';
import { person, state, watch } from './state.js';
import { t } from './words.js';

export function drawStrip() {
  const strip = place('strip');
  strip.setAttribute('aria-label', t('controls.channels'));
  watch(['config', 'people', 'channel', 'person'], () => {
    const who = person();
    strip.replaceChildren(
      ...(who
        ? [h('button', { type: 'button', 'aria-haspopup': 'dialog', on: { click: () => openSheet('controls') } },
            h('span', { class: `face c${tint(who.id)}`, 'aria-hidden': 'true' }, initials(who.name)), who.name.split(' ')[0])]
        : []),
      ...state.config.channels.filter(({ live }) => live).map(channelButton),
    );
  });
}
