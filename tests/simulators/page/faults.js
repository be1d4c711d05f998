/** The switches of "Falhas de propósito": a row per fault, with what turning it on sends. */
import { press } from './api.js';
import { h } from './dom.js';
import { seconds } from './format.js';
import { number, state } from './state.js';
import { t } from './words.js';

/** @typedef {{ name: string, on: any, choices?: { label: (value: any) => string, values: any[], of: (present: any) => any } }} Fault */

/** @type {Fault[]} */
export const FAULTS = [
  { name: 'duplicate', on: 1 },
  { name: 'reorder', on: true },
  { name: 'window_closed', on: { mode: 'async' } },
  {
    name: 'refuse_next', on: { code: 131026 },
    choices: { values: [131026, 131047, 131048, 131049, 131053, 131056, 130429, 190].map((code) => ({ code })), label: ({ code }) => t(`code.${code}`), of: (present) => ({ code: present.code }) },
  },
  { name: 'delay_ms', on: 1500, choices: { values: [300, 1500, 5000], label: (value) => seconds(value), of: (present) => present } },
];

/** @type {Fault[]} */
export const MORE_FAULTS = [
  { name: 'unsigned', on: true },
  { name: 'wrong_signature', on: true },
  { name: 'batch', on: 5 },
  { name: 'status_before_response', on: true },
  { name: 'no_delivered', on: true },
  { name: 'answer_429_next', on: 1 },
  { name: 'answer_500_next', on: 1 },
  { name: 'hang_next', on: 'accepted' },
  { name: 'pair_rate', on: true },
];

/** @param {Fault} fault */
export function faultRow({ name, on, choices }) {
  const present = number()?.faults[name];
  const isOn = present !== undefined;
  const id = `fault-${name}`;
  const toggle = h('input', { type: 'checkbox', role: 'switch', id, checked: isOn, disabled: !number(), on: { change: () => change(name, toggle.checked ? on : null) } });
  const row = h('label', { class: 'switch' }, toggle, t(`fault.${name}`));
  if (!choices || !isOn) return row;
  const chosen = JSON.stringify(choices.of(present));
  const pick = h(
    'select', { class: 'small', id: `${id}-value`, 'aria-label': t(`fault.${name}`), on: { change: () => change(name, JSON.parse(pick.value)) } },
    ...choices.values.map((value) => h('option', { value: JSON.stringify(value), selected: JSON.stringify(value) === chosen }, choices.label(value))),
  );
  return h('div', { class: 'switch-row' }, row, pick);
}

/** The journal tells the page of the change, as it tells every other page. @param {string} name @param {unknown} value */
function change(name, value) {
  return press('PATCH', `/numbers/${encodeURIComponent(state.number)}/faults`, { [name]: value });
}
