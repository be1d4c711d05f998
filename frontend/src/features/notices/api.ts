import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';

export type NoticeSettings = Schema['NoticeSettings'];
export type NoticeChoices = Schema['NoticeChoices'];
export type Kind = Schema['NoticeKind'];
export type Way = 'page' | 'sound' | 'system' | 'push';

export const KINDS: readonly Kind[] = [
  'queue',
  'assigned',
  'reply',
  'mention',
  'sla',
  'channel',
  'chat',
];
export const WAYS: readonly Way[] = ['page', 'sound', 'system', 'push'];

export const noticesQuery = queryOptions({
  queryKey: ['notices'],
  staleTime: 10 * 60_000,
  queryFn: ({ signal }) =>
    unwrap(api.GET('/api/v1/me/notices', { params: { header: inAccount() }, signal })),
});

export function useSaveNotices() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: NoticeChoices) =>
      unwrap(api.PUT('/api/v1/me/notices', { params: { header: inAccount() }, body })),
    onSuccess: (settings) => cache.setQueryData(noticesQuery.queryKey, settings),
  });
}

export const subscribePush = (endpoint: string) =>
  unwrap(api.POST('/api/v1/me/push', { params: { header: inAccount() }, body: { endpoint } }));

export const unsubscribePush = (id: number) =>
  unwrap(api.DELETE('/api/v1/me/push/{id}', { params: { header: inAccount(), path: { id } } }));

export const testPush = (id: number) =>
  unwrap(api.POST('/api/v1/me/push/{id}/test', { params: { header: inAccount(), path: { id } } }));

/** One channel, to see whether it is down: the event says only that something changed. */
export const channelNow = (id: number) =>
  unwrap(api.GET('/api/v1/channels/{id}', { params: { header: inAccount(), path: { id } } }));
