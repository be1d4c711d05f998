/** "Criar pessoa". */
import { ask, loadChat, loadPeople } from './api.js';
import { h, icon } from './dom.js';
import { set } from './state.js';
import { t } from './words.js';

export function openPersonForm() {
  const name = h('input', { class: 'input', required: true, autocomplete: 'off', maxlength: 80 });
  const phone = h('input', { class: 'input', inputmode: 'tel', autocomplete: 'off', placeholder: '+55 49 9 8841-2076', 'aria-describedby': 'person-phone-hint' });
  const username = h('input', { class: 'input', autocomplete: 'off', maxlength: 30 });
  const hides = h('input', { type: 'checkbox', role: 'switch' });
  const problem = h('p', { class: 'problem', role: 'alert', hidden: true });
  const dialog = h(
    'dialog', { 'aria-labelledby': 'person-title', on: { close: () => dialog.remove() } },
    h(
      'form', { on: { submit: (/** @type {Event} */ event) => (event.preventDefault(), create()) } },
      h('h2', { id: 'person-title' }, t('person.create')),
      h('label', { class: 'field' }, h('span', {}, t('person.name')), name),
      h('div', {},
        h('label', { class: 'field' }, h('span', {}, t('person.phone')), phone),
        h('small', { class: 'hint', id: 'person-phone-hint' }, t('person.phone_hint'))),
      h('label', { class: 'field' }, h('span', {}, t('person.username')), username),
      h('label', { class: 'switch' }, hides, t('person.hides')),
      problem,
      h('div', { class: 'actions' },
        h('button', { type: 'button', class: 'btn ghost', on: { click: () => dialog.close() } }, t('cancel')),
        h('button', { class: 'btn primary' }, t('person.save'))),
    ),
  );

  async function create() {
    const wa_id = phone.value.replace(/\D/g, '');
    try {
      const person = await ask('POST', '/people', {
        name: name.value, hides_phone: hides.checked,
        ...(wa_id ? { wa_id } : {}), ...(username.value ? { username: username.value.replace(/^@/, '') } : {}),
      });
      dialog.close();
      await loadPeople();
      set({ person: person.id, chat: null });
      await loadChat();
    } catch (error) {
      problem.replaceChildren(icon('alert-circle', 'm'), error instanceof Error ? error.message : String(error));
      problem.hidden = false;
    }
  }

  document.body.append(dialog);
  dialog.showModal();
}
