import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';
import { countsQuery, type ThreadPage, type Ticket } from '../api';
import { putTicketInCache } from '../model/cache';

type Pair = { source: Ticket; target: Ticket };
export type Chapter = Schema['Ticket'];

const MESSAGES_PER_PAGE = 50;

const at = (id: number) => ({ header: inAccount(), path: { id } });

/** Both tickets are as the answer says; lists they moved between are asked again. */
function usePairAct<Wish>(act: (wish: Wish) => Promise<Pair>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: ({ source, target }) => {
      putTicketInCache(cache, source);
      putTicketInCache(cache, target);
      void cache.invalidateQueries({ queryKey: ['tickets', 'list'] });
      void cache.invalidateQueries({ queryKey: countsQuery.queryKey });
      void cache.invalidateQueries({ queryKey: ['contacts', target.contact.id, 'tickets'] });
    },
  });
}

export const useMerge = () =>
  usePairAct(({ source, target }: Pair) =>
    unwrap(
      api.POST('/api/v1/tickets/{id}/merge', {
        params: at(source.id),
        body: { into_id: target.id },
      }),
    ),
  );

export const useUnmerge = () =>
  usePairAct((id: number) => unwrap(api.POST('/api/v1/tickets/{id}/unmerge', { params: at(id) })));

/** The tickets that this one carries on; asked again when others came or went. */
export const chaptersQuery = ({ id, merged_ids }: Ticket) =>
  queryOptions({
    queryKey: ['tickets', 'chapters', id, merged_ids] as const,
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/tickets/{id}/chapters', { params: at(id), signal })),
  });

/** What was said in one of them, from its first word. */
export const chapterQuery = (id: number, chapter: number) =>
  infiniteQueryOptions({
    queryKey: ['chapter', id, chapter] as const,
    staleTime: 60_000,
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }): Promise<ThreadPage> =>
      unwrap(
        api.GET('/api/v1/tickets/{id}/messages', {
          params: { ...at(id), query: { chapter, after: pageParam, limit: MESSAGES_PER_PAGE } },
          signal,
        }),
      ),
    getNextPageParam: ({ data, has_newer }): number | undefined =>
      has_newer ? data.at(-1)?.seq : undefined,
  });
