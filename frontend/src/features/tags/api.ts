import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';

export type Tag = Schema['Tag'];
export type TicketType = Schema['TicketType'];
export type TagWish = Pick<Tag, 'name' | 'color' | 'description' | 'is_active'>;

export const COLORS = [
  'plain',
  'accent',
  'ok',
  'warn',
  'bad',
  'bot',
  'survey',
  'note',
] as const satisfies readonly Tag['color'][];

export const tagsQuery = queryOptions({
  queryKey: ['tags'],
  queryFn: ({ signal }) =>
    unwrap(api.GET('/api/v1/tags', { params: { header: inAccount() }, signal })),
});

/** The same answer the inbox caches: kinds of service stand in it. */
export const useAccount = () =>
  useQuery({
    queryKey: ['account'],
    staleTime: 5 * 60_000,
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/account', { params: { header: inAccount() }, signal })),
  });

function useTagsAct<Body>(act: (body: Body) => Promise<unknown>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: tagsQuery.queryKey }),
        cache.invalidateQueries({ queryKey: ['account'] }),
      ]),
  });
}

const at = (id: number) => ({ header: inAccount(), path: { id } });

/** Without an id it is a new one. */
export const useSaveTag = () =>
  useTagsAct(({ id, wish }: { id: number | undefined; wish: TagWish }) => {
    if (id !== undefined)
      return unwrap(api.PATCH('/api/v1/tags/{id}', { params: at(id), body: wish }));
    const { name, color, description } = wish;
    return unwrap(
      api.POST('/api/v1/tags', {
        params: { header: inAccount() },
        body: { name, color, description },
      }),
    );
  });

export const useMergeTag = () =>
  useTagsAct(({ id, into }: { id: number; into: number }) =>
    unwrap<unknown>(
      api.POST('/api/v1/tags/{id}/merge', { params: at(id), body: { tag_id: into } }),
    ),
  );

export const useAddType = () =>
  useTagsAct((name: string) =>
    unwrap(api.POST('/api/v1/ticket-types', { params: { header: inAccount() }, body: { name } })),
  );

export const useEditType = () =>
  useTagsAct(({ id, ...body }: { id: number; name?: string; is_active?: boolean }) =>
    unwrap(api.PATCH('/api/v1/ticket-types/{id}', { params: at(id), body })),
  );
