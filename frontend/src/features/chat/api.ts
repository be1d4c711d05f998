import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
  type InfiniteData,
} from '@tanstack/react-query';
import { currentAccount } from '@/api/account';
import { api, inAccount, unwrap, type Schema } from '@/api/client';

export type Chat = Schema['Chat'];
export type ChatMessage = Schema['ChatMessage'];
export type InternalGroup = Schema['InternalGroup'];
export type Attachment = Schema['Attachment'];

const MESSAGES_PER_PAGE = 50;

const at = (id: number) => ({ header: inAccount(), path: { id } });
const here = () => ({ header: inAccount() });

export const chatsQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: ['chat', 'list', q],
    staleTime: 60_000,
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      unwrap(
        api.GET('/api/v1/chats', {
          params: {
            ...here(),
            query: { ...(q ? { q } : {}), ...(pageParam ? { after: pageParam } : {}) },
          },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next,
  });

export const peopleQuery = queryOptions({
  queryKey: ['chat', 'people'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/chats/people', { params: here(), signal })),
});

export const chatQuery = (id: number) =>
  queryOptions({
    queryKey: ['chat', 'one', id],
    staleTime: 60_000,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/chats/{id}', { params: at(id), signal })),
  });

type Edge = { before?: number; after?: number };
const FIRST: Edge = {};
export type ChatPage = { data: ChatMessage[]; has_older: boolean; has_newer: boolean };
export type ChatThreadData = InfiniteData<ChatPage>;

export const chatThreadQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: ['chat', 'thread', id],
    staleTime: 60_000,
    initialPageParam: FIRST,
    queryFn: ({ pageParam, signal }): Promise<ChatPage> =>
      unwrap(
        api.GET('/api/v1/chats/{id}/messages', {
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

export const readersQuery = (id: number) =>
  queryOptions({
    queryKey: ['chat', 'readers', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/chats/{id}/readers', { params: at(id), signal })),
  });

export function useOpenChat() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (member_id: number) =>
      unwrap(api.POST('/api/v1/chats', { params: here(), body: { member_id } })),
    onSuccess: (chat) => cache.setQueryData(chatQuery(chat.id).queryKey, chat),
  });
}

export const say = (
  id: number,
  body: { client_key: string; text?: string; attachment_id?: number },
) => unwrap(api.POST('/api/v1/chats/{id}/messages', { params: at(id), body }));

export const readChat = (id: number, seq: number) =>
  unwrap(api.POST('/api/v1/chats/{id}/read', { params: at(id), body: { seq } }));

export const tellTyping = (id: number) =>
  unwrap(api.POST('/api/v1/chats/{id}/typing', { params: at(id) }));

export const UPLOADS = '/api/v1/chats/uploads';

/** Where the bytes of a file of a chat are; the cookie says who asks. */
export const chatFileAddress = ({ id }: Pick<Attachment, 'id'>) =>
  `/media/chats/${id}?account=${currentAccount()}`;

/** The ticket that a protocol names, if I may see it. */
export const ticketOfProtocol = async (protocol: string) => {
  const { data } = await unwrap(
    api.GET('/api/v1/tickets', {
      params: { ...here(), query: { tab: 'serving', q: protocol, limit: 2 } },
    }),
  );
  return data.find((ticket) => ticket.protocol === protocol);
};

/* Groups that are told notices. */

const groupsKey = ['chat', 'groups'] as const;

export const groupsQuery = queryOptions({
  queryKey: groupsKey,
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/internal-groups', { params: here(), signal })),
});

export const noticesQuery = (id: number) =>
  queryOptions({
    queryKey: [...groupsKey, id, 'notices'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/internal-groups/{id}/notices', { params: at(id), signal })),
  });

export type GroupBody = Pick<InternalGroup, 'name' | 'is_active' | 'member_ids' | 'department_ids'>;

export function useSaveInternalGroup(id: number | undefined) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: GroupBody) =>
      id === undefined
        ? unwrap(api.POST('/api/v1/internal-groups', { params: here(), body }))
        : unwrap(api.PUT('/api/v1/internal-groups/{id}', { params: at(id), body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['chat'] }),
  });
}

export function usePostNotice(id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: { client_key: string; text: string }) =>
      unwrap(api.POST('/api/v1/internal-groups/{id}/notices', { params: at(id), body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: noticesQuery(id).queryKey }),
  });
}

export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/account', { params: here(), signal })),
});

/* Export for a duty of law. */

type ExportBody = {
  member_a: number;
  member_b: number;
  from: string;
  until: string;
  format: 'text' | 'jsonl';
  reason: string;
};

/** All of it: as many pages as there are, in one file. */
export function useExportChat() {
  return useMutation({
    mutationFn: async (body: ExportBody) => {
      const parts: string[] = [];
      for (let after = 0; ;) {
        const answer = await api.POST('/api/v1/chats/export', {
          params: here(),
          body: { ...body, ...(after ? { after } : {}) },
          parseAs: 'text',
        });
        parts.push(await unwrap(Promise.resolve(answer as never)));
        after = Number(answer.response.headers.get('Balcao-Next'));
        if (!after) return new Blob(parts, { type: 'text/plain' });
      }
    },
  });
}
