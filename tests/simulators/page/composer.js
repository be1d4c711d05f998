/** Where the customer writes, attaches and records. */
import { send, upload } from './api.js';
import { gist, sendPlace } from './bubble.js';
import { h, icon, iconButton } from './dom.js';
import { playtime } from './format.js';
import { openMenu } from './menu.js';
import { canRecord, startRecording } from './recorder.js';
import { set, state, watch } from './state.js';
import { toast } from './toast.js';
import { t } from './words.js';

export function composer() {
  const text = h('textarea', {
    rows: 1, placeholder: t('composer.placeholder'), 'aria-label': t('composer.placeholder'),
    on: {
      input: showGo,
      keydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key === 'Escape') set({ replying: null, editing: null });
        if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        submit();
      },
    },
  });
  const plus = iconButton('plus', t('composer.attach'), () => attachMenu(plus));
  const camera = iconButton('camera', t('composer.photo'), () => pickFile('image/*', true));
  const go = iconButton('send', t('composer.send'), () => (text.value.trim() === '' ? record() : submit()), 'square go');
  const line = h('div', { class: 'line' }, plus, text, camera, go);
  const banner = h('div', { class: 'banner', hidden: true });

  function showGo() {
    const speaks = text.value.trim() === '' && canRecord();
    go.replaceChildren(icon(speaks ? 'microphone' : 'send'));
    const label = t(speaks ? 'composer.record' : 'composer.send');
    go.setAttribute('aria-label', label);
    go.title = label;
  }

  function submit() {
    const written = text.value.trim();
    if (written === '') return;
    const { editing } = state;
    text.value = '';
    showGo();
    if (editing) {
      set({ editing: null });
      void send({ type: 'edit', edit: { original_message_id: editing.id, message: { type: 'text', text: { body: written } } } });
    } else {
      void send({ type: 'text', text: { body: written }, ...quoting() });
    }
  }

  async function record() {
    if (!canRecord()) return text.focus();
    const recording = await startRecording().catch(() => toast(t('composer.no_microphone')));
    if (!recording) return;
    const time = h('span', { class: 'num', role: 'timer' }, playtime(0));
    const started = Date.now();
    const timer = setInterval(() => (time.textContent = playtime((Date.now() - started) / 1000)), 250);
    const finish = () => {
      clearInterval(timer);
      line.replaceChildren(plus, text, camera, go);
      text.focus();
    };
    const drop = iconButton('trash', t('composer.drop'), () => (finish(), recording.drop()));
    const keep = iconButton('send', t('composer.send'), async () => {
      finish();
      await sendFile(await recording.keep(), 'recado');
    }, 'square go');
    line.replaceChildren(drop, h('div', { class: 'recording' }, h('i'), t('composer.recording'), time), keep);
    keep.focus();
  }

  watch(['replying', 'editing'], () => {
    const target = state.editing ?? state.replying;
    banner.hidden = !target;
    if (!target) return;
    banner.replaceChildren(
      icon(state.editing ? 'pencil' : 'corner-up-left', 'm'), h('span', { class: 'grow cut' }, gist(target)),
      iconButton('x', t('cancel'), () => (set({ replying: null, editing: null }), text.focus()), 'square small'));
    if (state.editing) text.value = state.editing.content.body ?? '';
    showGo();
    text.focus();
  });
  showGo();
  return h('div', { class: 'composer' }, banner, line);
}

/** @param {HTMLElement} opener */
function attachMenu(opener) {
  openMenu(opener, t('composer.attach'), (close) => {
    const item = (/** @type {string} */ name, /** @type {string} */ label, /** @type {() => void} */ act) =>
      h('button', { type: 'button', role: 'menuitem', on: { click: () => (close(), act()) } }, icon(name, 'm'), label);
    return [
      item('photo', t('attach.image'), () => pickFile('image/*,video/*')),
      item('file-text', t('attach.document'), () => pickFile('')),
      item('music', t('attach.audio'), () => pickFile('audio/*')),
      item('map-pin', t('attach.location'), sendPlace),
      item('address-book', t('attach.contact'), sendContact),
      h('hr'),
      item('photo', t('attach.sample_image'), () => sendSample('image')),
      item('microphone', t('attach.sample_audio'), () => sendSample('audio')),
      item('file-text', t('attach.sample_document'), () => sendSample('document')),
      item('message-2-question', t('attach.unsupported'), sendUnsupported),
    ];
  });
}

/** @param {string} accept @param {boolean} [fromCamera] */
function pickFile(accept, fromCamera = false) {
  const input = h('input', { type: 'file', accept, capture: fromCamera ? 'environment' : null });
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (file) void sendFile(file, file.name);
  });
  input.click();
}

/** A file becomes the message that WhatsApp would make of it. @param {Blob} file @param {string} filename */
async function sendFile(file, filename) {
  const { id, mime_type } = await upload(file, filename);
  const kind = mime_type.split('/')[0] ?? '';
  const type = ['image', 'audio', 'video'].includes(kind) ? kind : 'document';
  await send({ type, [type]: { id, ...(type === 'document' ? { filename } : {}) }, ...quoting() });
}

/** @param {string} type */
function sendSample(type) {
  return send({ type, [type]: { sample: true }, ...quoting() });
}

function sendContact() {
  return send({
    type: 'contacts',
    contacts: [{ name: { formatted_name: 'Rui Prado', first_name: 'Rui', last_name: 'Prado' }, phones: [{ phone: '+55 49 9 8800-1234', wa_id: '5549988001234', type: 'CELL' }] }],
  });
}

function sendUnsupported() {
  return send({
    type: 'unsupported', unsupported: { type: 'poll' },
    errors: [{ code: 131051, title: 'Message type unknown', message: 'Message type unknown', error_data: { details: 'Message type is currently not supported.' } }],
  });
}

/** The quote of what is being answered, used up by taking it. */
function quoting() {
  const { replying } = state;
  if (!replying) return {};
  set({ replying: null });
  return { context: { id: replying.id } };
}
