import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';
import { attach } from '@/lib/templates/attach';

export type Ways = Awaited<ReturnType<NonNullable<ReturnType<typeof waysQuery>['queryFn']>>>;
export type Way = Ways['data'][number];
export type Wish = {
  client_key: string;
  channel_id: number;
  department_id?: number;
  contact_id?: number;
  identity_id?: number;
  phone?: string;
  name?: string;
  text?: string;
  template_id?: number;
  params?: { name: string; value: string }[];
  /** Of the template's header. */
  file?: File | undefined;
};

const here = () => ({ header: inAccount() });

/** The same answer the inbox caches: channels, what they can do, departments. */
export const accountQuery = queryOptions({
  queryKey: ['account'],
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/account', { params: here(), signal })),
});

const FOUND = 6;

export const peopleQuery = (q: string) =>
  queryOptions({
    queryKey: ['contacts', 'found', q],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/contacts', { params: { ...here(), query: { q, limit: FOUND } }, signal }),
      ),
  });

/** Asked anew each time: a window closes by itself, and the customer may be writing. */
export const waysQuery = (id: number) =>
  queryOptions({
    queryKey: ['contacts', id, 'ways'],
    staleTime: 0,
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/contacts/{id}/ways', {
          params: { header: inAccount(), path: { id } },
          signal,
        }),
      ),
  });

export function useStart() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async ({ file, ...body }: Wish): Promise<Schema['Ticket']> => {
      const along = await attach(file);
      return unwrap(api.POST('/api/v1/tickets', { params: here(), body: { ...body, ...along } }));
    },
    onSuccess: () => cache.invalidateQueries({ queryKey: ['tickets'] }),
  });
}
