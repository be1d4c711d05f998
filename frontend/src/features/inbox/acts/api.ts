import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';
import { catalogueQuery, contactTagsQuery, useTicketAct, type Message, type Ticket } from '../api';
import { putMessage } from '../model/cache';

export type Tag = Schema['Tag'];

const at = (id: number) => ({ header: inAccount(), path: { id } });

export const useSnooze = (id: number) =>
  useTicketAct<string>(
    (ticket, until) =>
      unwrap(api.POST('/api/v1/tickets/{id}/snooze', { params: at(ticket), body: { until } })),
    id,
  );

export const openingsQuery = (id: number) =>
  queryOptions({
    queryKey: ['hours', 'openings', id],
    staleTime: 60_000,
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/tickets/{id}/openings', { params: at(id), signal })),
  });

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

export type ReturnWays = Schema['TicketReturnWays'];

/** Asked each time that somebody opens the menu: flows come and go. */
export const returnWaysQuery = (id: number) =>
  queryOptions({
    queryKey: ['return-ways', id],
    staleTime: 0,
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/tickets/{id}/return', { params: at(id), signal })),
  });

export type Return = { mode: 'resume' | 'restart' } | { mode: 'flow'; flow_id: number };

export const useReturn = (id: number) =>
  useTicketAct<Return>(
    (ticket, body) => unwrap(api.POST('/api/v1/tickets/{id}/return', { params: at(ticket), body })),
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

/** The answer is what it says now. */
function useMessageAct<Body>(act: (body: Body) => Promise<Message>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (message) => putMessage(cache, message),
  });
}

const ofMessage = ({ ticket_id, seq }: Message) => ({
  header: inAccount(),
  path: { id: ticket_id, seq },
});

export const useEditMessage = (message: Message) =>
  useMessageAct<string>((text) =>
    unwrap(
      api.PATCH('/api/v1/tickets/{id}/messages/{seq}', {
        params: ofMessage(message),
        body: { text },
      }),
    ),
  );

export const useDeleteMessage = (message: Message) =>
  useMessageAct<undefined>(() =>
    unwrap(api.DELETE('/api/v1/tickets/{id}/messages/{seq}', { params: ofMessage(message) })),
  );

/** Asking is what leaves the trace: once for each time that somebody looks. */
export const pastQuery = (message: Message) =>
  queryOptions({
    queryKey: ['past', message.ticket_id, message.seq],
    staleTime: 'static',
    gcTime: 0,
    retry: false,
    queryFn: () =>
      unwrap(
        api.POST('/api/v1/tickets/{id}/messages/{seq}/originals', { params: ofMessage(message) }),
      ),
  });

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

export type Bulk = Schema['Bulk'];
export type BulkAct = Bulk['act'];
export type BulkWish = {
  act: BulkAct;
  ticket_ids?: number[];
  filter?: string;
  department_id?: number;
  assignee_id?: number;
  tag_id?: number;
  reason_id?: number;
  until?: string;
};

/** Whatever it did: lists and what is open are asked again. */
const useTicketsAgain = () => {
  const cache = useQueryClient();
  return () => void cache.invalidateQueries({ queryKey: ['tickets'] });
};

export function useStartBulk() {
  const again = useTicketsAgain();
  return useMutation({
    mutationFn: (body: BulkWish) =>
      unwrap(api.POST('/api/v1/bulks', { params: { header: inAccount() }, body })),
    onSuccess: again,
  });
}

export function useUndoBulk() {
  const again = useTicketsAgain();
  return useMutation({
    mutationFn: (id: number) => unwrap(api.POST('/api/v1/bulks/{id}/undo', { params: at(id) })),
    onSuccess: again,
  });
}

export const useCancelBulk = () =>
  useMutation({
    mutationFn: (id: number) => unwrap(api.POST('/api/v1/bulks/{id}/cancel', { params: at(id) })),
  });

export const isGoing = ({ state }: Bulk) => ['collecting', 'running', 'undoing'].includes(state);

const LOOK_EVERY_MS = 1000;

/** Looked at while it goes on. */
export const bulkQuery = (id: number) =>
  queryOptions({
    queryKey: ['bulks', id],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/bulks/{id}', { params: at(id), signal })),
    refetchInterval: ({ state: { data } }) => (data && !isGoing(data) ? false : LOOK_EVERY_MS),
  });
