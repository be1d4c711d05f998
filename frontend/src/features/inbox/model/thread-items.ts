import type { Message } from '../api';
import type { Pending } from './outbox';

/** What the thread draws, one row each. `key` is stable for life: the scroll anchor hangs on it. */
export type ThreadItem =
  | { type: 'day'; key: string; iso: string }
  | { type: 'new'; key: string; count: number }
  | { type: 'message'; key: string; message: Message; first: boolean; last: boolean }
  | { type: 'album'; key: string; messages: Message[]; first: boolean; last: boolean }
  | { type: 'pending'; key: string; pending: Pending; first: boolean; last: boolean };

const SAME_GROUP_MS = 2 * 60_000;

type Options = {
  /** The calendar day of a moment, in the account's zone. */
  dayOf: (iso: string) => string;
  /** Last message the reader had seen on opening; null: draw no line. */
  seenSeq: number | null;
  /**
   * Older messages exist and are not here. Then nobody knows whether a day begins with the first
   * one, so it has no divider over it: one that stayed first while a page came in above would
   * hold the reader's place there, at the top, and what was being read would be gone.
   */
  hasOlder: boolean;
};

/** A message we sent keeps the key it was sent under, so that its row never remounts. */
export const keyOf = (message: Message) => message.client_key ?? `seq-${message.seq}`;

const authorOf = ({ direction, author_kind, author_id }: Message) =>
  `${direction} ${author_kind} ${author_id ?? ''}`;

const sameGroup = (one: Message | undefined, other: Message) =>
  one !== undefined &&
  one.direction !== 'system' &&
  authorOf(one) === authorOf(other) &&
  Date.parse(other.created_at) - Date.parse(one.created_at) < SAME_GROUP_MS;

/** Pictures without words that follow each other become one grid. */
const fitsAlbum = (message: Message) =>
  message.kind === 'image' &&
  message.text === '' &&
  message.quoted_seq === null &&
  message.reactions.length === 0 &&
  message.state !== 'failed' &&
  message.deleted_at === null;

export function threadItems(
  messages: readonly Message[],
  pending: readonly Pending[],
  { dayOf, seenSeq, hasOlder }: Options,
): ThreadItem[] {
  const items: ThreadItem[] = [];
  let day = '';
  let lineDrawn = seenSeq === null;
  let before: Message | undefined;

  for (const [at, message] of messages.entries()) {
    const today = dayOf(message.created_at);
    if (today !== day) {
      day = today;
      before = undefined;
      if (at > 0 || !hasOlder)
        items.push({ type: 'day', key: `day-${today}`, iso: message.created_at });
    }
    if (!lineDrawn && seenSeq !== null && message.seq > seenSeq && message.direction === 'in') {
      lineDrawn = true;
      before = undefined;
      const count = messages.slice(at).filter(({ direction }) => direction === 'in').length;
      items.push({ type: 'new', key: `new-${message.seq}`, count });
    }

    const previous = items.at(-1);
    const grouped = sameGroup(before, message);
    if (previous && (previous.type === 'message' || previous.type === 'album') && grouped) {
      if (fitsAlbum(message) && addToAlbum(items, previous, message)) {
        before = message;
        continue;
      }
      previous.last = false;
    }
    items.push({ type: 'message', key: keyOf(message), message, first: !grouped, last: true });
    before = message;
  }

  const arrived = new Set(messages.map(({ client_key }) => client_key));
  const unsent = pending.filter(({ client_key }) => !arrived.has(client_key));
  unsent.forEach((each, at) => {
    const last = at === unsent.length - 1 || unsent[at + 1]?.mode !== each.mode;
    items.push({ type: 'pending', key: each.client_key, pending: each, first: at === 0, last });
  });
  return items;
}

function addToAlbum(items: ThreadItem[], previous: ThreadItem, message: Message) {
  if (previous.type === 'album') {
    previous.messages.push(message);
    return true;
  }
  if (previous.type !== 'message' || !fitsAlbum(previous.message)) return false;
  items[items.length - 1] = {
    type: 'album',
    key: previous.key,
    messages: [previous.message, message],
    first: previous.first,
    last: true,
  };
  return true;
}
