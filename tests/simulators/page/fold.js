/**
 * A message that the business sent is one row of the log: the notices that tell of its progress are folded into it.
 * Notices that were not taken, came twice or speak of an unknown message keep rows of their own: they are news.
 */
/** @typedef {import('./types.d.ts').Entry} Entry */

/** @param {Entry[]} entries @returns {{ entry: Entry, outcome: string[] }[]} */
export function fold(entries) {
  /** @type {Map<string, { entry: Entry, outcome: string[] }>} */
  const sent = new Map();
  /** @type {{ entry: Entry, outcome: string[] }[]} */
  const rows = [];
  for (const entry of entries) {
    const statuses = plainNotices(entry);
    const calls = statuses.map(({ id }) => sent.get(id));
    if (statuses.length > 0 && calls.every(Boolean)) {
      statuses.forEach(({ status }, at) => calls[at]?.outcome.push(status));
      continue;
    }
    const row = { entry, outcome: [] };
    rows.push(row);
    const id = entry.kind === 'call' ? entry['response']?.messages?.[0]?.id : undefined;
    if (id) sent.set(id, row);
  }
  return rows;
}

/** The statuses of a delivery that carries nothing else and went well at the first try. @param {Entry} entry */
function plainNotices(entry) {
  if (entry.kind !== 'delivery' || entry['status'] !== 200 || entry['attempt'] > 1 || entry['copy'] > 0) return [];
  const values = entry['body'].entry.flatMap((/** @type {any} */ one) => one.changes.map((/** @type {any} */ change) => change.value));
  if (values.some((/** @type {any} */ value) => value.messages)) return [];
  return /** @type {{ id: string, status: string }[]} */ (values.flatMap((/** @type {any} */ value) => value.statuses ?? []));
}
