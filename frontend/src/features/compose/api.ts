import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';

export type Scheduled = Schema['ScheduledMessage'];
export type Member = Schema['AccountCatalogue']['members'][number];

const at = (id: number) => ({ header: inAccount(), path: { id } });

export const scheduledQuery = (ticket: number) =>
  queryOptions({
    queryKey: ['scheduled', ticket] as const,
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/tickets/{id}/scheduled', { params: at(ticket), signal })),
  });

export type Later = { text: string; attachment_id?: number; send_at: string };

/** Each of its own key, so that pressing twice schedules once. */
export function useSchedule(ticket: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (messages: readonly (Later & { client_key: string })[]) => {
      for (const body of messages)
        await unwrap(api.POST('/api/v1/tickets/{id}/scheduled', { params: at(ticket), body }));
    },
    onSettled: () => cache.invalidateQueries({ queryKey: scheduledQuery(ticket).queryKey }),
  });
}

export function useScheduledActs(ticket: number) {
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: scheduledQuery(ticket).queryKey });
  return {
    edit: useMutation({
      mutationFn: ({ id, ...body }: { id: number; text: string; send_at: string }) =>
        unwrap(api.PATCH('/api/v1/scheduled/{id}', { params: at(id), body })),
      onSettled,
    }),
    cancel: useMutation({
      mutationFn: (id: number) => unwrap(api.DELETE('/api/v1/scheduled/{id}', { params: at(id) })),
      onSettled,
    }),
    sendNow: useMutation({
      mutationFn: (id: number) =>
        unwrap(api.POST('/api/v1/scheduled/{id}/send', { params: at(id) })),
      onSettled,
    }),
  };
}

/** The same answer the inbox caches. */
export const useAccount = () =>
  useQuery({
    queryKey: ['account'],
    staleTime: 5 * 60_000,
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/account', { params: { header: inAccount() }, signal })),
  });
