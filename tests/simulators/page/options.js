/** The rows of a list message, opened over the conversation: pick one, send it. */
import { send } from './api.js';
import { h, iconButton } from './dom.js';
import { set } from './state.js';
import { t } from './words.js';

/** @param {import('./types.d.ts').Message} message */
export function options(message) {
  const { action } = message.content;
  const go = h('button', { class: 'btn primary', disabled: true }, t('options.send'));
  const form = h(
    'form', {
      class: 'options', 'aria-label': action.button,
      on: {
        submit: (/** @type {Event} */ event) => {
          event.preventDefault();
          const choice_id = new FormData(form).get('row');
          set({ choosing: null });
          void send({ type: 'choice', message_id: message.id, choice_id });
        },
        change: () => (go.disabled = false),
        keydown: (/** @type {KeyboardEvent} */ event) => event.key === 'Escape' && set({ choosing: null }),
      },
    },
    h('header', {}, h('span', { class: 'grow cut' }, action.button), iconButton('x', t('close'), () => set({ choosing: null }), 'square small')),
    ...action.sections.flatMap((/** @type {any} */ section) => [
      section.title ? h('h3', {}, section.title) : null,
      ...section.rows.map((/** @type {any} */ row) =>
        h('label', {}, h('span', { class: 'grow' }, row.title, row.description ? h('small', {}, row.description) : null), h('input', { type: 'radio', name: 'row', value: row.id }))),
    ]),
    go,
  );
  queueMicrotask(() => form.querySelector('input')?.focus());
  return form;
}
