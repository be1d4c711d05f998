/** The left column: by where, who speaks, what goes wrong on purpose. */
import { loadChat, loadPeople, press } from './api.js';
import { channelButton } from './channels.js';
import { h, icon, place } from './dom.js';
import { FAULTS, MORE_FAULTS, faultRow } from './faults.js';
import { initials, phone, tint } from './format.js';
import { openPersonForm } from './person-form.js';
import { closeButton, closeSheet } from './sheets.js';
import { person, set, state, watch } from './state.js';
import { t } from './words.js';

export function drawControls() {
  const panel = place('controls');
  panel.setAttribute('aria-label', t('controls.title'));
  const head = h('div', { class: 'sheet-head' }, t('controls.title'), closeButton());
  const channels = h('div', { class: 'channels' });
  const numbers = h('div');
  const people = h('div');
  const phoneFaults = h('div');
  const faults = h('div');
  const more = h('div');
  panel.append(
    head,
    h('h2', {}, t('controls.channels')), channels, numbers,
    h('h2', {}, t('controls.people')), people,
    h('button', { type: 'button', class: 'btn ghost', on: { click: openPersonForm } }, icon('user-plus', 'm'), t('person.create')),
    h('h2', {}, t('controls.faults')), faults,
    h('details', { class: 'more' }, h('summary', {}, t('controls.more_faults'), icon('chevron-down', 's')), more),
    h('h2', {}, t('controls.phone')), phoneFaults,
  );

  watch(['config', 'channel'], () => channels.replaceChildren(...state.config.channels.map(channelButton)));
  watch(['config', 'number'], () => numbers.replaceChildren(...numberPicker()));
  watch(['people', 'person'], () => people.replaceChildren(...state.people.map(personButton)));
  watch(['config', 'number'], () => {
    const focused = document.activeElement?.id;
    faults.replaceChildren(...FAULTS.map(faultRow));
    more.replaceChildren(...MORE_FAULTS.map(faultRow));
    if (focused) document.getElementById(focused)?.focus();
  });
  watch(['people', 'person'], () => phoneFaults.replaceChildren(...phoneSwitches()));
}

/** @param {import('./types.d.ts').Person} one */
function personButton(one) {
  return h(
    'button', { type: 'button', class: 'person', 'aria-pressed': String(one.id === state.person), on: { click: () => speakAs(one.id) } },
    h('span', { class: `face c${tint(one.id)}`, 'aria-hidden': 'true' }, initials(one.name)),
    h('span', { class: 'grow' }, h('b', { class: 'cut' }, one.name), h('small', { class: 'cut num' }, describe(one))),
  );
}

/** @param {import('./types.d.ts').Person} one */
function describe(one) {
  if (one.note) return one.note;
  const username = one.username ? `@${one.username}` : '';
  if (!one.wa_id || one.hides_phone) return username ? t('person.username_only', { username }) : t('person.user_id_only');
  return /^55\d{10}$/.test(one.wa_id) ? t('person.no_ninth', { phone: phone(one.wa_id) }) : phone(one.wa_id);
}

/** @param {string} id */
async function speakAs(id) {
  set({ person: id, chat: null, replying: null, editing: null, choosing: null });
  closeSheet();
  await loadChat();
}

/** With one number there is nothing to choose. */
function numberPicker() {
  if (state.config.numbers.length < 2) return [];
  const pick = h(
    'select', { class: 'input', 'aria-label': t('controls.number'), on: { change: () => (set({ number: pick.value, chat: null }), loadChat()) } },
    ...state.config.numbers.map(({ phone_number_id, verified_name, display_phone_number }) =>
      h('option', { value: phone_number_id, selected: phone_number_id === state.number }, `${verified_name} · ${phone(display_phone_number)}`)),
  );
  return [h('h2', {}, t('controls.number')), pick];
}

function phoneSwitches() {
  const one = person();
  if (!one) return [];
  const change = async (/** @type {object} */ patch) => {
    await press('PATCH', `/people/${encodeURIComponent(one.id)}`, patch);
    await loadPeople();
  };
  const flip = (/** @type {string} */ label, /** @type {boolean} */ on, /** @type {(on: boolean) => object} */ patch) =>
    h('label', { class: 'switch' }, h('input', { type: 'checkbox', role: 'switch', checked: on, on: { change: (/** @type {any} */ event) => change(patch(event.target.checked)) } }), label);
  return [
    flip(t('phone.offline'), one.offline, (offline) => ({ offline })),
    flip(t('phone.receipts'), one.read_receipts, (read_receipts) => ({ read_receipts })),
  ];
}

