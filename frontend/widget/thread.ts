import type { Message } from './api';
import type { Outgoing } from './outbox';

/* Ids are ordered text; localeCompare would reorder them by the reader's language. */
const byId = (a: Message, b: Message) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Both lists as one, each message once. The incoming ones are newer tellings of the same thing. */
export function merge(known: readonly Message[], incoming: readonly Message[]): Message[] {
  const all = new Map(known.map((message) => [message.id, message]));
  for (const message of incoming) all.set(message.id, message);
  return [...all.values()].sort(byId);
}

export const keysOf = (messages: readonly Message[]): string[] =>
  messages.flatMap(({ client_key }) => (client_key === null ? [] : [client_key]));

/** The newest message that is not the visitor's own. */
export const lastOfOurs = (messages: readonly Message[]): Message | undefined =>
  messages.findLast(({ from }) => from !== 'visitor');

interface Place {
  key: string; // the same before and after the server's id arrives, so the row is never redrawn
  at: Date;
  isMine: boolean;
  startsDay: boolean;
  startsGroup: boolean;
  endsGroup: boolean;
}

export type Row =
  | (Place & { kind: 'message'; message: Message })
  | (Place & { kind: 'outgoing'; outgoing: Outgoing });

const GROUP_MS = 2 * 60 * 1000;

/** Messages in the order and the groups in which they are read. */
export function rowsOf(messages: readonly Message[], outgoing: readonly Outgoing[]): Row[] {
  const shown = new Set(keysOf(messages));
  const rows: Row[] = [];
  const loose = { startsDay: false, startsGroup: false, endsGroup: true };

  for (const message of messages) {
    const at = new Date(message.created_at);
    const isMine = message.from === 'visitor';
    rows.push({
      ...loose,
      kind: 'message',
      key: message.client_key ?? message.id,
      at,
      isMine,
      message,
    });
  }
  for (const item of outgoing) {
    if (shown.has(item.key)) continue;
    const at = new Date(item.order);
    rows.push({ ...loose, kind: 'outgoing', key: item.key, at, isMine: true, outgoing: item });
  }

  rows.forEach((row, index) => {
    const above = rows[index - 1];
    row.startsDay = above === undefined || above.at.toDateString() !== row.at.toDateString();
    row.startsGroup = row.startsDay || above === undefined || !belongTogether(above, row);
    if (above) above.endsGroup = row.startsGroup;
  });
  return rows;
}

function belongTogether(above: Row, row: Row): boolean {
  if (speaker(above) !== speaker(row)) return false;
  return Math.abs(row.at.getTime() - above.at.getTime()) < GROUP_MS;
}

const speaker = (row: Row): string =>
  row.isMine || row.kind === 'outgoing'
    ? 'visitor'
    : `${row.message.from} ${row.message.author ?? ''}`;
