/** What is inside a message, by its type: a row each. */
import { h, icon } from './dom.js';
import { money, phone, size } from './format.js';
import { player } from './player.js';
import { set } from './state.js';
import { paragraph } from './text.js';
import { send } from './api.js';
import { t } from './words.js';

/** @typedef {import('./types.d.ts').Message} Message */
/** @typedef {(message: Message) => (Node | null)[]} Draw */

/** @type {Record<string, Draw>} */
const TYPES = {
  text: ({ content }) => [paragraph(content.body)],
  image: ({ content }) => [picture(content), paragraph(content.caption)],
  video: ({ content }) => [h('video', { class: 'picture', controls: true, src: address(content.id), 'aria-label': t('type.video') }), paragraph(content.caption)],
  sticker: ({ content }) => [h('img', { class: 'sticker', src: address(content.id), alt: t('type.sticker') })],
  audio: (message) => [player(message, address(message.content.id))],
  document: ({ content }) => [file(content), paragraph(content.caption)],
  location: ({ content }) => [card('map-pin', content.name ?? t('type.location'), content.address ?? `${content.latitude}, ${content.longitude}`)],
  contacts: ({ content }) => list(content.contacts).map(contact),
  interactive: interactive,
  template: template,
  button: ({ content }) => [paragraph(content.text)],
  order: ({ content }) => [card('list', t('type.order'), t('order.items', { count: list(content.product_items).length }))],
  unsupported: () => [card('message-2-question', t('type.unsupported'), t('unsupported.why'))],
};

/** @param {Message} message */
export function body(message) {
  if (message.is_revoked) return [h('span', { class: 'gone' }, icon('ban', 's'), t('message.gone'))];
  const draw = TYPES[message.type];
  return draw ? draw(message) : [card('message-2-question', message.type, t('unsupported.why'))];
}

/** One line for a quote or a screen reader. @param {Message} message @returns {string} */
export function gist({ type, content, is_revoked }) {
  if (is_revoked) return t('message.gone');
  const words = content.body?.text ?? content.body ?? content.caption ?? content.text ?? content.button_reply?.title ?? content.list_reply?.title;
  return typeof words === 'string' ? words : t(content.voice === true ? 'type.voice' : `type.${type}`);
}

/** @param {unknown} value @returns {any[]} */
function list(value) {
  return Array.isArray(value) ? value : [];
}

/** @param {string | undefined} id */
function address(id) {
  return id ? `/lab/api/media/${encodeURIComponent(id)}` : '';
}

/** @param {any} content */
function picture(content) {
  return h('img', { class: 'picture', src: address(content.id), alt: content.caption ?? t('type.image') });
}

/** @param {any} content */
function file(content) {
  const name = content.filename ?? t('type.document');
  return h(
    'a', { class: 'file', href: address(content.id), download: name },
    icon('file-text'),
    h('span', { class: 'grow' }, h('b', { class: 'cut' }, name), content.size_bytes ? h('small', {}, size(content.size_bytes)) : null),
    icon('download', 'm'),
  );
}

/** @param {string} name @param {string} title @param {string} more */
function card(name, title, more) {
  return h('div', { class: 'file' }, icon(name), h('span', { class: 'grow' }, h('b', { class: 'cut' }, title), h('small', {}, more)));
}

/** @param {any} one */
function contact(one) {
  const [first] = list(one.phones);
  return card('address-book', one.name?.formatted_name ?? '', first?.phone ?? (first?.wa_id ? phone(first.wa_id) : ''));
}

/** @param {any} part */
function header(part) {
  if (!part) return null;
  if (part.type === 'text') return paragraph(part.text, 'head');
  const media = part[part.type] ?? {};
  if (part.type === 'image') return picture(media);
  return part.type === 'document' ? file(media) : card('video', t('type.video'), '');
}

/** @type {Draw} */
function interactive(message) {
  const { content } = message;
  if (content.type === 'button_reply') return [paragraph(content.button_reply.title)];
  if (content.type === 'list_reply') return [paragraph(content.list_reply.title), paragraph(content.list_reply.description, 'foot')];
  if (content.type === 'nfm_reply') return [paragraph(content.nfm_reply?.body ?? t('type.interactive'))];
  return [header(content.header), paragraph(content.body?.text), ...payment(content), paragraph(content.footer?.text, 'foot'), presses(message)];
}

/** @param {Message} message */
function presses(message) {
  const { type, action } = message.content;
  if (type === 'list') return press('list', action.button, () => set({ choosing: message }));
  if (type === 'cta_url') return press('external-link', action.parameters.display_text, () => void window.open(action.parameters.url, '_blank', 'noopener,noreferrer'));
  if (type === 'location_request_message') return press('map-pin', t('location.send'), sendPlace);
  const buttons = list(action?.buttons).map(({ reply }) => button(reply.title, () => choose(message, reply.id)));
  return buttons.length ? h('div', { class: 'presses' }, ...buttons) : null;
}

/** @type {Draw} */
function template(message) {
  const { content } = message;
  const buttons = list(content.buttons).map((one) =>
    one.type === 'quick_reply' ? button(one.text, () => choose(message, one.payload))
    : one.type === 'url' ? button(one.text, () => void window.open(one.url, '_blank', 'noopener,noreferrer'), 'external-link')
    : button(one.text, () => {}, 'copy'));
  return [
    header(content.header), paragraph(content.body?.text), paragraph(content.footer?.text, 'foot'),
    buttons.length ? h('div', { class: 'presses' }, ...buttons) : null,
  ];
}

/** The Brazilian payment message: what is owed, and the code to pay it with. @param {any} content */
function payment(content) {
  const parameters = content.action?.parameters;
  if (content.type !== 'order_details' || !parameters) return [];
  const pix = list(parameters.payment_settings).find(({ type }) => type === 'pix_dynamic_code')?.pix_dynamic_code;
  const boleto = list(parameters.payment_settings).find(({ type }) => type === 'boleto')?.boleto;
  return [h(
    'div', { class: 'pay' },
    h('b', { class: 'num' }, money(parameters.total_amount, parameters.currency)),
    ...list(parameters.order?.items).map((item) => h('span', {}, item.name)),
    pix ? copy(t('pay.pix'), pix.code) : null,
    boleto ? copy(t('pay.boleto'), boleto.digitable_line) : null,
  )];
}

/** @param {string} label @param {string} code */
function copy(label, code) {
  const say = h('span', {}, label);
  return h('button', {
    type: 'button', class: 'btn outline',
    on: { click: async () => { await navigator.clipboard.writeText(code); say.textContent = t('pay.copied'); } },
  }, icon('copy', 'm'), say);
}

/** @param {string} name @param {string} label @param {() => void} act */
function press(name, label, act) {
  return h('div', { class: 'presses' }, button(label, act, name));
}

/** @param {string} label @param {() => void} act @param {string} [name] */
function button(label, act, name) {
  return h('button', { type: 'button', class: 'press', on: { click: act } }, name ? icon(name, 'm') : null, label);
}

/** @param {Message} message @param {string} choice_id */
function choose(message, choice_id) {
  return send({ type: 'choice', message_id: message.id, choice_id });
}

export function sendPlace() {
  return send({ type: 'location', location: { latitude: -27.0965, longitude: -52.6186, name: t('location.name'), address: t('location.address') } });
}

