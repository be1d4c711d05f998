import { queryOptions, useQuery, type QueryClient } from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';

export type PresenceState = Schema['PresenceState'];
type Presence = Schema['Presence'];

/** Who is there of the account. Whoever is missing was never. */
export const presenceQuery = queryOptions({
  queryKey: ['presence', 'everybody'],
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) =>
    unwrap(api.GET('/api/v1/presence', { params: { header: inAccount() }, signal })),
});

/** How the reader is seen. The bar above every screen keeps it. */
export const mineQuery = queryOptions({
  queryKey: ['presence', 'mine'],
  queryFn: ({ signal }) =>
    unwrap(api.GET('/api/v1/me/presence', { params: { header: inAccount() }, signal })),
});

export const isOnBreak = (cache: QueryClient) =>
  Boolean(cache.getQueryData(mineQuery.queryKey)?.break);

/** What the stream says of one of them. */
export function presenceCame(cache: QueryClient, told: Presence) {
  cache.setQueryData(presenceQuery.queryKey, (known) => {
    const others = known?.data.filter(({ member_id }) => member_id !== told.member_id);
    return others && { data: [...others, told] };
  });
}

/** Undefined while nobody knows. */
export function usePresenceOf(memberId: number | null): PresenceState | undefined {
  const { data } = useQuery({ ...presenceQuery, enabled: memberId !== null });
  if (memberId === null || !data) return undefined;
  return data.data.find(({ member_id }) => member_id === memberId)?.state ?? 'offline';
}
