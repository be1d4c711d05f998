import type { ChatMessage } from './api';
import type { Pending } from './pending';

/** What a chat's thread draws, one row each. */
export type ChatItem =
  | { type: 'day'; key: string; iso: string }
  | { type: 'new'; key: string; count: number }
  | { type: 'message'; key: string; message: ChatMessage; last: boolean }
  | { type: 'pending'; key: string; pending: Pending };

const SAME_GROUP_MS = 2 * 60_000;

type Options = {
  dayOf: (iso: string) => string;
  /** How far I had read on opening; what others said after it is new. */
  seenSeq: number;
  me: number;
  hasOlder: boolean;
};

export function chatItems(
  messages: readonly ChatMessage[],
  pending: readonly Pending[],
  { dayOf, seenSeq, me, hasOlder }: Options,
): ChatItem[] {
  const items: ChatItem[] = [];
  let day = '';
  const isNew = ({ seq, author_id }: ChatMessage) => seq > seenSeq && author_id !== me;
  const firstNew = messages.find(isNew);

  for (const [at, message] of messages.entries()) {
    const today = dayOf(message.created_at);
    /* Of an older day that is not all here nobody knows where it begins. */
    if (today !== day && (at > 0 || !hasOlder))
      items.push({ type: 'day', key: `day-${today}`, iso: message.created_at });
    day = today;
    if (message === firstNew)
      items.push({ type: 'new', key: `new-${message.seq}`, count: messages.filter(isNew).length });
    const next = messages[at + 1];
    const goesOn =
      next?.author_id === message.author_id &&
      Date.parse(next.created_at) - Date.parse(message.created_at) < SAME_GROUP_MS;
    const key = message.client_key ?? `seq-${message.seq}`;
    items.push({ type: 'message', key, message, last: !goesOn });
  }
  const arrived = new Set(messages.map(({ client_key }) => client_key));
  for (const one of pending)
    if (!arrived.has(one.client_key))
      items.push({ type: 'pending', key: one.client_key, pending: one });
  return items;
}
