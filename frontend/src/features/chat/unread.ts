import { queryOptions } from '@tanstack/react-query';
import { api, inAccount, unwrap } from '@/api/client';

type Place = { chat_id: number; last_seq: number; read_seq: number };
export type Unread = { data: Place[] };

/** How far each chat has come, and I in it. The rail counts with it, so it comes with the first load. */
export const unreadQuery = queryOptions({
  queryKey: ['chat', 'unread'],
  staleTime: 60_000,
  queryFn: ({ signal }) =>
    unwrap(api.GET('/api/v1/chats/unread', { params: { header: inAccount() }, signal })),
});

export const unreadOf = (unread: Unread | undefined) =>
  (unread?.data ?? []).reduce((sum, one) => sum + Math.max(0, one.last_seq - one.read_seq), 0);
