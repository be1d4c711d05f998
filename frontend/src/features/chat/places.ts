import type { QueryClient } from '@tanstack/react-query';
import { unreadQuery, type Unread } from './unread';

/**
 * A chat came this far, or I did. Places only move forward, so an event that is told again, or that
 * a fresh answer knew already, changes nothing.
 */
export function moveTo(
  cache: QueryClient,
  chat_id: number,
  to: { last_seq?: number; read_seq?: number },
) {
  cache.setQueryData(unreadQuery.queryKey, (known: Unread | undefined) => {
    if (!known) return known;
    const { last_seq = 0, read_seq = 0 } = to;
    /* Whoever is not in the list had nothing unread before this. */
    const before = known.data.find((one) => one.chat_id === chat_id) ?? {
      chat_id,
      last_seq,
      read_seq: Math.max(read_seq, last_seq - 1),
    };
    const after = {
      chat_id,
      last_seq: Math.max(before.last_seq, last_seq),
      read_seq: Math.max(before.read_seq, read_seq),
    };
    return { data: [...known.data.filter((one) => one.chat_id !== chat_id), after] };
  });
}
