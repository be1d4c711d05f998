/** A voice message: play, where it is, how long. The first play is told to the business. */
import { chatPath, press } from './api.js';
import { h, icon } from './dom.js';
import { playtime } from './format.js';
import { t } from './words.js';

/** @param {import('./types.d.ts').Message} message @param {string} src */
export function player(message, src) {
  const audio = new Audio(src);
  audio.preload = 'metadata';
  const clock = h('span', { class: 'num' }, playtime(0));
  const where = h('input', { type: 'range', min: 0, max: 100, value: 0, 'aria-label': t('player.where') });
  const toggle = h('button', { type: 'button', 'aria-label': t('player.play') }, icon('player-play'));
  let told = message.from === 'customer' || message.state === 'played';

  /* A recording made by a browser has no length in its head: Infinity until it was played. */
  const length = () => (Number.isFinite(audio.duration) ? audio.duration : audio.currentTime);
  const show = () => {
    clock.textContent = playtime(audio.paused && audio.currentTime === 0 ? length() : audio.currentTime);
    where.value = String(length() ? (audio.currentTime / length()) * 100 : 0);
    where.setAttribute('aria-valuetext', playtime(audio.currentTime));
    toggle.replaceChildren(icon(audio.paused ? 'player-play' : 'player-pause'));
    toggle.setAttribute('aria-label', t(audio.paused ? 'player.play' : 'player.pause'));
  };
  for (const event of ['loadedmetadata', 'timeupdate', 'play', 'pause', 'ended']) audio.addEventListener(event, show);
  toggle.addEventListener('click', () => {
    if (!audio.paused) return audio.pause();
    void audio.play();
    if (!told) void press('POST', `${chatPath()}/played`, { message_id: message.id });
    told = true;
  });
  where.addEventListener('input', () => {
    audio.currentTime = (Number(where.value) / 100) * length();
  });
  const isVoice = message.content.voice === true;
  const name = t(isVoice ? 'type.voice' : 'type.audio');
  return h('div', { class: 'player', role: 'group', 'aria-label': name }, toggle, where, clock, isVoice ? icon('microphone', 's') : null);
}
