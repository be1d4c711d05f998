/** Theme, language and clock. */
import { press } from './api.js';
import { h } from './dom.js';
import { state } from './state.js';
import { language, speak, t } from './words.js';

const THEME = 'lab.theme';

export function applyTheme() {
  const theme = new URLSearchParams(location.search).get('tema') ?? localStorage.getItem(THEME) ?? 'system';
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme;
  else delete document.documentElement.dataset['theme'];
}

/** @param {string} theme */
function choose(theme) {
  localStorage.setItem(THEME, theme);
  applyTheme();
}

export function openPreferences() {
  const ahead = h('span', { class: 'hint' });
  const dialog = h(
    'dialog', { 'aria-labelledby': 'preferences-title', on: { close: () => dialog.remove() } },
    h(
      'form', { method: 'dialog' },
      h('h2', { id: 'preferences-title' }, t('preferences.title')),
      options('theme', t('preferences.theme'), [['system', t('preferences.system')], ['light', t('preferences.light')], ['dark', t('preferences.dark')]], localStorage.getItem(THEME) ?? 'system', choose),
      options('language', t('preferences.language'), [['pt-BR', 'Português'], ['en', 'English']], language, speak),
      h(
        'fieldset', {},
        h('legend', {}, t('preferences.clock')),
        h(
          'div', { class: 'choices' },
          h('button', { type: 'button', class: 'btn outline', on: { click: () => moveClock(3_600_000, ahead) } }, t('preferences.hour')),
          h('button', { type: 'button', class: 'btn outline', on: { click: () => moveClock(86_400_000, ahead) } }, t('preferences.day')),
          h('button', { type: 'button', class: 'btn ghost', on: { click: () => resetClock(ahead) } }, t('preferences.now')),
        ),
        ahead,
      ),
      h('div', { class: 'actions' }, h('button', { class: 'btn primary', value: 'close' }, t('done'))),
    ),
  );
  document.body.append(dialog);
  sayAhead(ahead);
  dialog.showModal();
}

/**
 * @param {string} name @param {string} legend @param {[string, string][]} choices @param {string} present
 * @param {(value: string) => void} pick
 */
function options(name, legend, choices, present, pick) {
  return h(
    'fieldset', {},
    h('legend', {}, legend),
    h('div', { class: 'choices' }, ...choices.map(([value, label]) =>
      h('label', {}, h('input', { type: 'radio', name, value, checked: value === present, on: { change: () => pick(value) } }), label))),
  );
}

/** @param {number} advance_ms @param {HTMLElement} ahead */
async function moveClock(advance_ms, ahead) {
  const clock = await press('POST', '/clock', { advance_ms });
  if (clock) state.config.clock = clock;
  sayAhead(ahead);
}

/** @param {HTMLElement} ahead */
async function resetClock(ahead) {
  const clock = await press('DELETE', '/clock');
  if (clock) state.config.clock = clock;
  sayAhead(ahead);
}

/** @param {HTMLElement} ahead */
function sayAhead(ahead) {
  const hours = Math.round(state.config.clock.ahead_ms / 3_600_000);
  ahead.textContent = hours === 0 ? t('preferences.clock_hint') : t('preferences.ahead', { count: hours });
}
