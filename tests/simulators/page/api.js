/** The control API, from the page's side: asks, keeps the state fresh, and follows the journal. */
import { number, person, set, state } from './state.js';
import { toast } from './toast.js';
import { t } from './words.js';

/** @typedef {import('./types.d.ts').Entry} Entry */

/** How many entries the log shows at most. */
const SHOWN = 250;

/**
 * @param {string} method @param {string} path @param {unknown} [body]
 * @returns {Promise<any>}
 */
export async function ask(method, path, body) {
  const init = body === undefined ? { method } : { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(`/lab/api${path}`, init);
  const json = await answer.json();
  if (!answer.ok) throw new Error(json.error ?? String(answer.status));
  return json;
}

/**
 * The same, for what a person pressed: a refusal is told in a toast and answers undefined.
 * @param {string} method @param {string} path @param {unknown} [body]
 * @returns {Promise<any>}
 */
export async function press(method, path, body) {
  try {
    return await ask(method, path, body);
  } catch (error) {
    toast(t('refused', { why: error instanceof Error ? error.message : String(error) }));
    return undefined;
  }
}

/** The path of the conversation on screen. */
export function chatPath() {
  return `/chats/${encodeURIComponent(state.number)}/${encodeURIComponent(state.person)}`;
}

/** @param {object} message in the provider's shape */
export function send(message) {
  return press('POST', `${chatPath()}/messages`, message);
}

/** @param {Blob} file @param {string} filename */
export async function upload(file, filename) {
  const answer = await fetch(`/lab/api/media?filename=${encodeURIComponent(filename)}`, {
    method: 'POST', headers: { 'Content-Type': file.type || 'application/octet-stream' }, body: file,
  });
  return /** @type {{ id: string, mime_type: string }} */ (await answer.json());
}

export async function loadConfig() {
  const config = await ask('GET', '/config');
  const known = config.numbers.some((/** @type {any} */ one) => one.phone_number_id === state.number);
  set({ config, number: known ? state.number : (config.numbers[0]?.phone_number_id ?? '') });
}

export async function loadPeople() {
  const { data } = await ask('GET', '/people');
  const known = data.some((/** @type {any} */ one) => one.id === state.person);
  set({ people: data, person: known ? state.person : (data[0]?.id ?? '') });
}

let loading = false;
let again = false;

/** Reads the conversation anew; calls that come while one is under way become one more. */
export async function loadChat() {
  if (!number() || !person()) return set({ chat: null });
  if (loading) {
    again = true;
    return;
  }
  loading = true;
  try {
    do {
      again = false;
      set({ chat: await ask('GET', chatPath()) });
    } while (again);
  } finally {
    loading = false;
  }
  await readWhatIsSeen();
}

/** Somebody who looks at the conversation has read it. */
export async function readWhatIsSeen() {
  const unread = state.chat?.messages.some(({ from, state }) => from === 'business' && (state === 'sent' || state === 'delivered'));
  if (unread && document.visibilityState === 'visible' && state.channel === 'whatsapp') await ask('POST', `${chatPath()}/read`);
}

export async function loadLog() {
  const { entries } = await ask('GET', `/log?limit=${SHOWN}`);
  set({ entries });
}

/** Follows the journal for as long as the page lives; the browser reconnects, and the lab replays what was missed. */
export function follow() {
  const stream = new EventSource('/lab/api/stream');
  stream.onmessage = ({ data }) => take(JSON.parse(data));
  stream.onerror = () => document.documentElement.toggleAttribute('data-offline', true);
  stream.onopen = () => document.documentElement.toggleAttribute('data-offline', false);
}

/** Entries come one by one, in a burst hundreds a second: what they change is drawn once per moment. */
const MOMENT_MS = 30;

/** @type {Entry[]} */
let arrived = [];

/** @param {Entry} entry */
function take(entry) {
  if (arrived.push(entry) === 1) setTimeout(takeAll, MOMENT_MS);
}

function takeAll() {
  const entries = arrived;
  arrived = [];
  const isAny = (/** @type {string[]} */ ...kinds) => entries.some(({ kind }) => kinds.includes(kind));
  if (entries.some(({ kind, person_id }) => kind === 'reset' && person_id === undefined)) return void refreshAll();
  set({ entries: [...state.entries, ...entries].slice(-SHOWN) });
  if (isAny('configured', 'faults')) void loadConfig();
  else if (isAny('delivery')) void refreshPending();
  if (entries.some(isOfThisChat)) void loadChat();
  if (entries.some(({ kind, act }) => kind === 'customer' && act === 'system')) void loadPeople();
}

/** @param {Entry} entry */
function isOfThisChat({ kind, phone_number_id, person_id }) {
  const isHere = phone_number_id === state.number && (person_id === undefined || person_id === state.person);
  return isHere && ['customer', 'phone', 'status', 'delivery', 'business_read', 'reset'].includes(kind);
}

export async function refreshAll() {
  set({ replying: null, editing: null, choosing: null });
  await Promise.all([loadConfig(), loadPeople(), loadLog()]);
  await loadChat();
}

async function refreshPending() {
  const { pending } = await ask('GET', '/deliveries');
  if (pending !== state.config.pending) set({ config: { ...state.config, pending } });
}
