import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';
import { catalogueQuery, contactTagsQuery, useTicketAct, type Ticket } from '../api';
import { putMessage } from '../model/cache';

export type Tag = Schema['Tag'];

const at = (id: number) => ({ header: inAccount(), path: { id } });

export const useSnooze = (id: number) =>
  useTicketAct<string>(
    (ticket, until) =>
      unwrap(api.POST('/api/v1/tickets/{id}/snooze', { params: at(ticket), body: { until } })),
    id,
  );

export const useWake = (id: number) =>
  useTicketAct<undefined>(
    (ticket) => unwrap(api.DELETE('/api/v1/tickets/{id}/snooze', { params: at(ticket) })),
    id,
  );

export const useReopen = (id: number) =>
  useTicketAct<undefined>(
    (ticket) => unwrap(api.POST('/api/v1/tickets/{id}/reopen', { params: at(ticket) })),
    id,
  );

export const useHandBack = (id: number) =>
  useTicketAct<undefined>(
    (ticket) => unwrap(api.POST('/api/v1/tickets/{id}/hand-back', { params: at(ticket) })),
    id,
  );

export const useUnread = (id: number) =>
  useTicketAct<undefined>(
    (ticket) => unwrap(api.POST('/api/v1/tickets/{id}/unread', { params: at(ticket) })),
    id,
  );

export type Classes = { type_id?: number | null; reason_id?: number | null };

export const useClassify = (id: number) =>
  useTicketAct<Classes>(
    (ticket, body) =>
      unwrap(api.POST('/api/v1/tickets/{id}/classify', { params: at(ticket), body })),
    id,
  );

export type TagChange = { tag_id: number; on: boolean };

const tagTicket = (id: number, { tag_id, on }: TagChange): Promise<Ticket> =>
  unwrap(
    on
      ? api.POST('/api/v1/tickets/{id}/tags', { params: at(id), body: { tag_id } })
      : api.DELETE('/api/v1/tickets/{id}/tags/{tag}', {
          params: { header: inAccount(), path: { id, tag: tag_id } },
        }),
  );

export const useTagTicket = (id: number) => useTicketAct<TagChange>(tagTicket, id);

export function useTagMessage(id: number, seq: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ tag_id, on }: TagChange) =>
      unwrap(
        on
          ? api.POST('/api/v1/tickets/{id}/messages/{seq}/tags', {
              params: { header: inAccount(), path: { id, seq } },
              body: { tag_id },
            })
          : api.DELETE('/api/v1/tickets/{id}/messages/{seq}/tags/{tag}', {
              params: { header: inAccount(), path: { id, seq, tag: tag_id } },
            }),
      ),
    onSuccess: (message) => putMessage(cache, message),
  });
}

export function useTagContact(id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ tag_id, on }: TagChange) =>
      unwrap<unknown>(
        on
          ? api.POST('/api/v1/contacts/{id}/tags', { params: at(id), body: { tag_id } })
          : api.DELETE('/api/v1/contacts/{id}/tags/{tag}', {
              params: { header: inAccount(), path: { id, tag: tag_id } },
            }),
      ),
    onSettled: () => cache.invalidateQueries({ queryKey: contactTagsQuery(id).queryKey }),
  });
}

/** The new one is known at once, so that what it is put on can be drawn. */
export function useCreateTag() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (name: string) =>
      unwrap(api.POST('/api/v1/tags', { params: { header: inAccount() }, body: { name } })),
    onSuccess: (tag) =>
      cache.setQueryData(
        catalogueQuery.queryKey,
        (known) => known && { ...known, tags: [...known.tags, tag] },
      ),
  });
}

/** Asking is what leaves the trace: once for each time that somebody begins to read along. */
export const peekQuery = (id: number) =>
  queryOptions({
    queryKey: ['peek', id],
    staleTime: 'static',
    gcTime: 0,
    retry: false,
    queryFn: () => unwrap(api.POST('/api/v1/tickets/{id}/peek', { params: at(id) })),
  });
