import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
  type InfiniteData,
} from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';
import { asRefusal } from '@/api/refusal';
import { sayRefusal } from '@/lib/refusal';
import { toast } from '@/lib/toast';
import { attach } from '@/lib/templates/attach';
import type { Filter } from './place';
import { putAnswer, putMessage, putTicketInCache } from './model/cache';

export type Ticket = Schema['Ticket'];
export type TicketPage = Schema['TicketPage'];
export type Message = Schema['Message'];
export type Attachment = Schema['Attachment'];
export type MessageFound = Schema['MessageFound'];
export type Contact = Schema['Contact'];
export type Catalogue = Schema['AccountCatalogue'];
export type ChannelKind = Schema['ChannelKind'];
export type Mode = 'reply' | 'whisper';
export type ThreadPage = { data: Message[]; has_older: boolean; has_newer: boolean };
export type Counts = {
  mine: number;
  mine_unread: number;
  serving: number;
  waiting: number;
  bot: number;
  as_of: string;
};

const MESSAGES_PER_PAGE = 50;

const at = (id: number) => ({ header: inAccount(), path: { id } });

export const catalogueQuery = queryOptions({
  queryKey: ['account'],
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) =>
    unwrap(api.GET('/api/v1/account', { params: { header: inAccount() }, signal })),
});

export const countsQuery = queryOptions({
  queryKey: ['tickets', 'counts'],
  queryFn: ({ signal }): Promise<Counts> =>
    unwrap(api.GET('/api/v1/tickets/counts', { params: { header: inAccount() }, signal })),
});

const DAY_MS = 24 * 60 * 60_000;

/** Words in what was said. The period counts from the moment of asking. */
export const messagesFoundQuery = (filter: Filter, days: number | undefined, me: number) =>
  infiniteQueryOptions({
    queryKey: ['messages', 'found', filter, days] as const,
    placeholderData: keepPreviousData,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/v1/search', {
          params: {
            header: inAccount(),
            query: {
              q: filter.q ?? '',
              ...(filter.departments ? { departments: filter.departments.join() } : {}),
              ...(filter.channels ? { channels: filter.channels.join() } : {}),
              ...(filter.assignee
                ? { assignee: filter.assignee === 'me' ? me : filter.assignee }
                : {}),
              ...(days ? { since: new Date(Date.now() - days * DAY_MS).toISOString() } : {}),
              ...(pageParam ? { after: pageParam } : {}),
            },
          },
          signal,
        }),
      ),
    getNextPageParam: ({ next }) => next ?? undefined,
  });

/** A filter as the list is asked for it. */
export const listQuery = (filter: Filter) => ({
  tab: filter.tab,
  ...(filter.q ? { q: filter.q } : {}),
  ...(filter.departments ? { departments: filter.departments.join(',') } : {}),
  ...(filter.channels ? { channels: filter.channels.join(',') } : {}),
  ...(filter.assignee ? { assignee: String(filter.assignee) } : {}),
  ...(filter.type ? { type: filter.type } : {}),
  ...(filter.reason ? { reason: filter.reason } : {}),
  ...(filter.tag ? { tag: filter.tag } : {}),
  ...(filter.favourite ? { favourite: true } : {}),
  ...(filter.snoozed ? { snoozed: true } : {}),
  ...(filter.unread ? { unread: true } : {}),
  ...(filter.away ? { out_of_hours: true } : {}),
  ...(filter.sla ? { sla: filter.sla } : {}),
  ...(filter.order ? { order: filter.order } : {}),
});

export const ticketsQuery = (filter: Filter) =>
  infiniteQueryOptions({
    queryKey: ['tickets', 'list', filter] as const,
    placeholderData: keepPreviousData,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/v1/tickets', {
          params: {
            header: inAccount(),
            query: { ...listQuery(filter), ...(pageParam ? { after: pageParam } : {}) },
          },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** What runs of an SLA, and what became of what was promised before. */
export const ticketSlaQuery = (id: number) =>
  queryOptions({
    queryKey: ['tickets', 'sla', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/tickets/{id}/sla', { params: at(id), signal })),
  });

export const nextInQueueQuery = queryOptions({
  queryKey: ['tickets', 'next'],
  queryFn: ({ signal }) =>
    unwrap(
      api.GET('/api/v1/tickets', {
        params: { header: inAccount(), query: { tab: 'waiting', order: 'oldest', limit: 1 } },
        signal,
      }),
    ),
});

export const ticketQuery = (id: number) =>
  queryOptions({
    queryKey: ['tickets', 'one', id],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/tickets/{id}', { params: at(id), signal })),
  });

/** Which side of a known message a page of the thread lies on. */
type Edge = { before: number } | { after: number } | null;

const firstEdge = (from: number | undefined): Edge =>
  from === undefined ? null : { after: Math.max(0, from - MESSAGES_PER_PAGE / 2) };

/**
 * The thread as pages in order of seq. It opens at the end, or around `from` when a link or a
 * quoted message points further back; both ends grow from there.
 */
export const threadQuery = (id: number, from?: number) =>
  infiniteQueryOptions({
    queryKey: from === undefined ? ['thread', id] : ['thread', id, from],
    staleTime: 60_000,
    initialPageParam: firstEdge(from),
    queryFn: ({ pageParam, signal }): Promise<ThreadPage> =>
      unwrap(
        api.GET('/api/v1/tickets/{id}/messages', {
          params: { ...at(id), query: { limit: MESSAGES_PER_PAGE, ...pageParam } },
          signal,
        }),
      ),
    getPreviousPageParam: (first): Edge | undefined => {
      const oldest = first.data[0];
      return first.has_older && oldest ? { before: oldest.seq } : undefined;
    },
    getNextPageParam: (last): Edge | undefined => {
      const newest = last.data.at(-1);
      return last.has_newer && newest ? { after: newest.seq } : undefined;
    },
  });

export type ThreadData = InfiniteData<ThreadPage>;

export const draftsQuery = queryOptions({
  queryKey: ['drafts'],
  queryFn: ({ signal }) =>
    unwrap(api.GET('/api/v1/drafts', { params: { header: inAccount() }, signal })),
});

export type Drafts = {
  data: { ticket_id: number; mode: Mode; body: string; updated_at: string }[];
};

/** Ids of the tickets that I marked for myself. */
export const favouritesQuery = queryOptions({
  queryKey: ['favourites'],
  queryFn: ({ signal }) =>
    unwrap(api.GET('/api/v1/favourites', { params: { header: inAccount() }, signal })),
});

export const contactQuery = (id: number) =>
  queryOptions({
    queryKey: ['contacts', id],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/contacts/{id}', { params: at(id), signal })),
  });

export const contactTagsQuery = (id: number) =>
  queryOptions({
    queryKey: ['contacts', id, 'tags'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/contacts/{id}/tags', { params: at(id), signal })),
  });

export const contactTicketsQuery = (id: number) =>
  queryOptions({
    queryKey: ['contacts', id, 'tickets'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/contacts/{id}/tickets', { params: at(id), signal })),
  });

export const contactFilesQuery = (id: number) =>
  queryOptions({
    queryKey: ['contacts', id, 'files'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/contacts/{id}/files', { params: at(id), signal })),
  });

export const useCatalogue = () => useQuery(catalogueQuery);

/** After an act the answer is the new truth; the lists it moved between are asked again. */
export function useTicketAct<Body>(act: (id: number, body: Body) => Promise<Ticket>, id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: Body) => act(id, body),
    onSuccess: (ticket) => {
      putTicketInCache(cache, ticket);
      void cache.invalidateQueries({ queryKey: ['tickets', 'list'] });
      void cache.invalidateQueries({ queryKey: countsQuery.queryKey });
    },
  });
}

export const takeTicket = (id: number) =>
  unwrap(api.POST('/api/v1/tickets/{id}/take', { params: at(id) }));

export const useTakeTicket = (id: number) => useTicketAct<undefined>(takeTicket, id);

export type TransferBody = {
  department_id?: number;
  assignee_id?: number;
  note?: string;
  message?: string;
};

export const useTransferTicket = (id: number) =>
  useTicketAct<TransferBody>(
    (ticket, body) =>
      unwrap(api.POST('/api/v1/tickets/{id}/transfer', { params: at(ticket), body })),
    id,
  );

/** What the customer would be told, filled for them. */
export const goodbyeQuery = (id: number, reason: number | undefined) =>
  queryOptions({
    queryKey: ['tickets', 'goodbye', id, reason ?? null],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/tickets/{id}/closing', {
          params: { ...at(id), query: reason === undefined ? {} : { reason_id: reason } },
          signal,
        }),
      ),
  });

export type CloseBody = { reason_id?: number; message?: string };

export const useCloseTicket = (id: number) =>
  useTicketAct<CloseBody>(
    (ticket, body) => unwrap(api.POST('/api/v1/tickets/{id}/close', { params: at(ticket), body })),
    id,
  );

export const readTicket = (id: number, seq: number) =>
  unwrap(api.POST('/api/v1/tickets/{id}/read', { params: at(id), body: { seq } }));

export const tellTyping = (id: number) =>
  unwrap(api.POST('/api/v1/tickets/{id}/typing', { params: at(id) }));

export type MessageBody = {
  client_key: string;
  mode: Mode;
  text?: string;
  attachment_id?: number;
  voice?: boolean;
  quoted_seq?: number;
};

/** Names its account: what was written in one may leave while another is open. */
export const postMessage = (account: number, id: number, body: MessageBody) =>
  unwrap(
    api.POST('/api/v1/tickets/{id}/messages', {
      params: { header: { 'Balcao-Account': account }, path: { id } },
      body,
    }),
  );

const QUOTE_STALE_MS = 5 * 60_000;

/** One message of another ticket; undefined: it is out of my sight. */
export const messageAtQuery = (id: number, seq: number) =>
  queryOptions({
    queryKey: ['quoted', id, seq],
    staleTime: QUOTE_STALE_MS,
    retry: false,
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/tickets/{id}/messages', {
          params: { ...at(id), query: { after: seq - 1, limit: 1 } },
          signal,
        }),
      ),
    select: ({ data }) => data.find((message) => message.seq === seq),
  });

export type TemplateBody = {
  client_key: string;
  template_id: number;
  params: { name: string; value: string }[];
  /** Of its header. */
  file: File | undefined;
};

/** Said at once: it is weighed before it is sent, and costs. */
export function useSendTemplate(id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async ({ file, ...body }: TemplateBody) => {
      const along = await attach(file);
      return unwrap(
        api.POST('/api/v1/tickets/{id}/messages', {
          params: at(id),
          body: { mode: 'reply', ...body, ...along },
        }),
      );
    },
    onSuccess: (message) => putAnswer(cache, message),
  });
}

export function useRetryMessage(id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (seq: number) =>
      unwrap(
        api.POST('/api/v1/tickets/{id}/messages/{seq}/retry', {
          params: { header: inAccount(), path: { id, seq } },
        }),
      ),
    onSuccess: (message) => putMessage(cache, message),
  });
}

/** They may read this conversation from now on. */
export async function letIn(id: number, members: readonly number[]) {
  for (const member_id of members)
    await unwrap(api.POST('/api/v1/tickets/{id}/readers', { params: at(id), body: { member_id } }));
}

/** One emoji of ours on a message; none takes it off. */
export function useReact(id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ seq, emoji }: { seq: number; emoji: string }) =>
      unwrap(
        api.PUT('/api/v1/tickets/{id}/messages/{seq}/reaction', {
          params: { header: inAccount(), path: { id, seq } },
          body: { emoji },
        }),
      ),
    onSuccess: (message) => putMessage(cache, message),
    onError: (thrown) => toast({ message: sayRefusal(asRefusal(thrown)), tone: 'bad' }),
  });
}

export const saveDraft = (id: number, mode: Mode, body: string) =>
  unwrap(api.PUT('/api/v1/tickets/{id}/draft', { params: at(id), body: { mode, body } }));

export function useEditContact(id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: { name?: string; email?: string; notes?: string }) =>
      unwrap(api.PATCH('/api/v1/contacts/{id}', { params: at(id), body })),
    onSuccess: (contact) => {
      cache.setQueryData(contactQuery(id).queryKey, contact);
      void cache.invalidateQueries({ queryKey: ['tickets'] });
    },
  });
}

export type RevealableField = 'phone' | 'email' | 'name';

/** What was masked, in full, for as long as somebody looks: no cache keeps it. */
export function useRevealField(id: number, field: RevealableField) {
  return useMutation({
    gcTime: 0,
    mutationFn: async () => {
      const { value } = await unwrap(
        api.POST('/api/v1/contacts/{id}/reveal', { params: at(id), body: { field } }),
      );
      return value;
    },
  });
}

export type Reader = { member_id: number; invited_by: number; invited_at: string };

export const readersQuery = (id: number) =>
  queryOptions({
    queryKey: ['readers', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/tickets/{id}/readers', { params: at(id), signal })),
  });

function useReadersAct(act: (id: number, member: number) => Promise<unknown>, id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (member: number) => act(id, member),
    onSettled: () => cache.invalidateQueries({ queryKey: readersQuery(id).queryKey }),
  });
}

const inviteReader = (id: number, member_id: number) =>
  unwrap<unknown>(
    api.POST('/api/v1/tickets/{id}/readers', { params: at(id), body: { member_id } }),
  );

const removeReader = (id: number, member: number) =>
  unwrap<unknown>(
    api.DELETE('/api/v1/tickets/{id}/readers/{member}', {
      params: { header: inAccount(), path: { id, member } },
    }),
  );

export const useInviteReader = (id: number) => useReadersAct(inviteReader, id);
export const useRemoveReader = (id: number) => useReadersAct(removeReader, id);
