/** The mailbox of everybody: letters the product sent, newest first, with their links to press. */
import { ask } from './api.js';
import { h, place } from './dom.js';
import { applyTheme } from './preferences.js';
import { language, loadWords, t } from './words.js';

/** @typedef {{ id: number, at: string, to: string[], subject: string, text: string }} Mail */

/** @type {number | undefined} */
let open;

/** Text with its addresses as links. @param {string} text */
function withLinks(text) {
  return text.split(/(https?:\/\/\S+)/).map((part, at) => (at % 2 === 0 ? part : h('a', { href: part, target: '_blank', rel: 'noopener' }, part)));
}

/** @param {number} id */
async function show(id) {
  open = id;
  const mail = /** @type {Mail} */ (await ask('GET', `/mails/${id}`));
  place('letter').replaceChildren(
    h('h2', {}, mail.subject),
    h('p', { class: 'who' }, t('mails.to', { to: mail.to.join(', ') })),
    h('pre', {}, ...withLinks(mail.text)),
  );
  await list();
}

/** @param {Mail} mail */
function row(mail) {
  const at = new Date(mail.at).toLocaleTimeString(language);
  return h('button', { type: 'button', 'aria-current': String(mail.id === open), on: { click: () => void show(mail.id) } },
    h('b', {}, mail.subject), h('span', {}, `${mail.to.join(', ')} · ${at}`));
}

async function list() {
  const { data } = await ask('GET', '/mails');
  const rows = /** @type {Mail[]} */ (data).map(row);
  place('list').replaceChildren(...(rows.length === 0 ? [h('p', {}, t('mails.none'))] : rows));
  if (open === undefined && data.length > 0) await show(data[0].id);
}

applyTheme();
await loadWords();
document.title = t('mails.title');
place('title').textContent = t('mails.title');
place('back').textContent = t('mails.back');
place('list').setAttribute('aria-label', t('mails.title'));
await list();

new EventSource('/lab/api/stream').onmessage = ({ data }) => {
  if (JSON.parse(data).kind === 'mail') void list();
};
