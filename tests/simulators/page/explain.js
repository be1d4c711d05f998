/** Says a journal entry in words: one function per kind. Kinds without a function are not shown. */
import { took } from './format.js';
import { state } from './state.js';
import { has, t } from './words.js';

/** @typedef {import('./types.d.ts').Entry} Entry */
/** @typedef {{ icon: string, tone: string, title: string, more: string, payload?: unknown }} Said */

/** @type {Record<string, (entry: Entry, outcome: string[]) => Said | null>} */
const KINDS = {
  delivery,
  call,
  verification: ({ ok, status, ms, why }) => ({
    icon: ok ? 'shield-check' : 'alert-triangle', tone: ok ? 'ok' : 'warn', title: t(ok ? 'log.verified' : 'log.not_verified'),
    more: ok ? answered(status, ms) : (why ?? answered(status, ms)),
  }),
  raw: ({ status, ms }) => ({ icon: 'key', tone: status === 200 ? 'warn' : 'ok', title: t('log.raw'), more: answered(status, ms) }),
  faults: ({ faults }) => ({
    icon: 'flask', tone: 'warn', title: t('log.faults'),
    more: Object.keys(faults).map((name) => t(`fault.${name}`)).join(' · ') || t('log.no_faults'),
  }),
  configured: ({ numbers }) => ({ icon: 'plug-connected', tone: 'ok', title: t('log.configured'), more: t('log.numbers', { count: numbers.length }) }),
  problem: ({ why }) => ({ icon: 'alert-triangle', tone: 'bad', title: t('log.problem'), more: why }),
  reset: ({ person_id }) => ({ icon: 'eraser', tone: '', title: t(person_id ? 'log.chat_reset' : 'log.reset'), more: '' }),
};

/** `outcome`: the states that a sent message reached since. @param {Entry} entry @param {string[]} outcome */
export function explain(entry, outcome) {
  return KINDS[entry.kind]?.(entry, outcome) ?? null;
}

/** @param {Entry} entry @returns {Said} */
function delivery({ what, status, ms, attempt, copy, signature, next_try_ms, error, body, person_id }) {
  const isStatus = what.every((/** @type {string} */ one) => one.startsWith('status '));
  const title =
    status === 0 ? t('log.no_answer')
    : status !== 200 ? t('log.not_taken')
    : copy > 0 ? t('log.again')
    : attempt > 1 ? t('log.taken_later', { attempt })
    : t(isStatus ? 'log.told' : 'log.delivered');
  const name = copy > 0 ? 'copy' : status !== 200 ? 'alert-triangle' : isStatus ? 'checks' : 'arrow-down';
  const tone = status !== 200 || copy > 0 ? 'warn' : isStatus ? 'ok' : 'accent';
  const who = state.people.find(({ id }) => id === person_id)?.name.split(' ')[0];
  const parts = [
    what.map(whatWord).join(', '), who, signature === 'right' ? null : t(`log.signature_${signature}`),
    status === 0 ? error : answered(status, ms), next_try_ms === undefined ? null : t('log.next_try', { time: took(next_try_ms) }),
  ];
  return { icon: name, tone, title, more: parts.filter(Boolean).join(' · '), payload: body };
}

/** @param {Entry} entry @param {string[]} outcomes @returns {Said} */
function call({ method, path, status, ms, request, response, code }, outcomes) {
  const edge = path.split('/').filter((/** @type {string} */ step) => !/^v\d/.test(step))[2] ?? '';
  const isMessage = method === 'POST' && edge === 'messages';
  const doing =
    isMessage && request?.status === 'read' ? t(request.typing_indicator ? 'log.reads_and_types' : 'log.reads')
    : isMessage ? t('log.sends', { what: typeWord(request?.type ?? 'text') })
    : path.startsWith('/whatsapp_business/') ? t('log.downloads')
    : method === 'POST' && edge === 'media' ? t('log.uploads')
    : t('log.calls', { method, path: path.replace(/^\/v[\d.]+/, '') });
  const outcome =
    status === 0 ? t('log.left_hanging')
    : code !== undefined ? t('log.refused', { code, why: has(`code.${code}`) ? t(`code.${code}`) : (response?.error?.error_data?.details ?? '') })
    : isMessage && !request?.status ? t('log.accepted') : null;
  const reached = outcomes.map((state) => t(`state.${state}`));
  const parts = [outcome, ...reached, status === 0 ? null : answered(status, ms)];
  return {
    icon: code === undefined && status !== 0 ? (edge === 'messages' || edge === 'media' ? 'arrow-up' : 'key') : 'ban',
    tone: code !== undefined || outcomes.includes('failed') ? 'bad' : status === 0 ? 'warn' : isMessage ? 'accent' : '',
    title: doing, more: parts.filter(Boolean).join(' · '), payload: { request, response },
  };
}

/** @param {number} status @param {number} ms */
function answered(status, ms) {
  return t('log.answered', { status, time: took(ms) });
}

/** @param {string} what */
function whatWord(what) {
  return what.startsWith('status ') ? t(`state.${what.slice(7)}`) : typeWord(what);
}

/** @param {string} type */
function typeWord(type) {
  return has(`type.${type}`) ? t(`type.${type}`) : type;
}
