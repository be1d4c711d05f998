import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';

export type Token = Schema['Token'];
export type TokenKind = Token['kind'];
export type TokenDraft = {
  kind: TokenKind;
  name: string;
  permissions: string[];
  department_ids: number[] | null;
  channel_ids: number[] | null;
  networks: string[];
  never_expires: boolean;
};

/** The same in the hands of whoever fills it in: ids as the choices of lists, networks as lines. */
export type TokenWish = {
  name: string;
  kind: TokenKind;
  bundle: Bundle;
  department_ids: string[];
  channel_ids: string[];
  networks: string;
  never_expires: boolean;
};

/** What programs usually need, so that nobody reads a list of a hundred permissions. */
export const BUNDLES = {
  reading: ['tickets.view', 'contacts.view', 'contacts.view_all', 'channels.view'],
  chatbot: [
    'tickets.view',
    'tickets.reply',
    'tickets.transfer',
    'tickets.close',
    'contacts.view',
    'contacts.edit',
  ],
} as const;
export type Bundle = keyof typeof BUNDLES;

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) =>
    unwrap(api.GET('/api/v1/tokens', { params: { header: inAccount() }, signal })),
});

/** The same answer the inbox caches: departments and channels to choose from, and their names. */
export const useAccount = () =>
  useQuery({
    queryKey: ['account'],
    staleTime: 5 * 60_000,
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/account', { params: { header: inAccount() }, signal })),
  });

export function useCreateToken() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: TokenDraft) =>
      unwrap(api.POST('/api/v1/tokens', { params: { header: inAccount() }, body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  });
}

export function useRevokeToken() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: number) =>
      unwrap(api.DELETE('/api/v1/tokens/{id}', { params: { header: inAccount(), path: { id } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  });
}
