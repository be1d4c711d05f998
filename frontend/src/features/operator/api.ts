import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import createClient from 'openapi-fetch';
import { unwrap, type Schema } from '@/api/client';
import { asRefusal } from '@/api/refusal';
import type { paths } from '@/api/schema.gen';

/** The operators' door has its own cookie: a session of ours is neither asked for nor renewed. */
const api = createClient<paths>({ baseUrl: window.location.origin, credentials: 'same-origin' });

export type Account = Schema['OperatorAccount'];
export type Operator = Schema['Operator'];
export type Step = Schema['OperatorStep'];
export type Opening = { name: string; slug: string; owner_email: string; owner_name: string };

const key = ['operator'] as const;

/** Null when nobody stands at the counter. */
export const operatorQuery = queryOptions({
  queryKey: [...key, 'me'],
  queryFn: async ({ signal }): Promise<Operator | null> => {
    try {
      return await unwrap(api.GET('/api/v1/operator/session', { signal }));
    } catch (thrown) {
      if (asRefusal(thrown).status === 401) return null;
      throw thrown;
    }
  },
});

export const accountsQuery = queryOptions({
  queryKey: [...key, 'accounts'],
  refetchInterval: 60_000,
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/operator/accounts', { signal })),
});

export const healthQuery = queryOptions({
  queryKey: [...key, 'health'],
  refetchInterval: 15_000,
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/operator/health', { signal })),
});

/** Each step of coming in; the last one answers with the operator. */
export const door = {
  password: (body: { email: string; password: string }) =>
    unwrap(api.POST('/api/v1/operator/session', { body })),
  factor: (body: { ticket: string; code?: string; recovery?: string }) =>
    unwrap(api.POST('/api/v1/operator/session/factor', { body })),
  enrol: (ticket: string) =>
    unwrap(api.POST('/api/v1/operator/session/enrol', { body: { ticket } })),
  confirm: (body: { ticket: string; code: string }) =>
    unwrap(api.POST('/api/v1/operator/session/enrol/confirm', { body })),
};

export function useWelcome() {
  const cache = useQueryClient();
  return (operator: Operator) => cache.setQueryData(operatorQuery.queryKey, operator);
}

export function useOperatorSignOut() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/v1/operator/session')),
    onSettled: () => {
      cache.removeQueries({ queryKey: accountsQuery.queryKey });
      cache.setQueryData(operatorQuery.queryKey, null);
    },
  });
}

export function useOpenAccount() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ owner_name, ...opening }: Opening) =>
      unwrap(
        api.POST('/api/v1/operator/accounts', {
          body: owner_name ? { ...opening, owner_name } : opening,
        }),
      ),
    onSuccess: () => cache.invalidateQueries({ queryKey: accountsQuery.queryKey }),
  });
}

export function useSetAccountState() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, to }: { id: number; to: 'suspend' | 'resume' }) =>
      unwrap(api.POST(`/api/v1/operator/accounts/{id}/${to}`, { params: { path: { id } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: accountsQuery.queryKey }),
  });
}
