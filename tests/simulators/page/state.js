/**
 * What the page knows, and who wants to hear about which part. Everything comes from the control API; what is kept here
 * between reloads is only the choice of channel, number and person, in the address.
 */
/** @typedef {import('./types.d.ts').State} State */

const query = new URLSearchParams(location.search);

/** @type {State} */
export const state = {
  config: { public_url: '', channels: [], numbers: [], webchat: { channel_key: '', has_identity_key: false }, clock: { now: '', ahead_ms: 0 }, seq: 0, pending: 0 },
  people: [],
  channel: query.get('canal') ?? 'whatsapp',
  number: query.get('numero') ?? '',
  person: query.get('pessoa') ?? '',
  chat: null,
  entries: [],
  replying: null,
  editing: null,
  choosing: null,
};

/** @type {{ parts: (keyof State)[], draw: () => void }[]} */
const listeners = [];

/**
 * Runs `draw` now and whenever one of these parts changes.
 * @param {(keyof State)[]} parts
 * @param {() => void} draw
 */
export function watch(parts, draw) {
  listeners.push({ parts, draw });
  draw();
}

/** @param {Partial<State>} change */
export function set(change) {
  Object.assign(state, change);
  const changed = Object.keys(change);
  for (const { parts, draw } of listeners) if (parts.some((part) => changed.includes(part))) draw();
  if (changed.some((part) => ['channel', 'number', 'person'].includes(part))) remember();
}

export function number() {
  return state.config.numbers.find(({ phone_number_id }) => phone_number_id === state.number);
}

export function person() {
  return state.people.find(({ id }) => id === state.person);
}

/** The lab's clock, which may be ahead of this machine's. */
export function now() {
  return Date.now() + state.config.clock.ahead_ms;
}

function remember() {
  const next = new URLSearchParams(location.search);
  next.set('canal', state.channel);
  if (state.number) next.set('numero', state.number);
  if (state.person) next.set('pessoa', state.person);
  history.replaceState(null, '', `?${next}`);
}
