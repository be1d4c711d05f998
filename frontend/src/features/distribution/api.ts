import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';

export type Queue = Schema['DistributionQueue'];
export type Distribution = Schema['Distribution'];
export type Capacity = Distribution['members'][number];
export type Rules = Required<Schema['DistributionRules']>;
export type Mode = Rules['mode'];
export const MODES: readonly Mode[] = ['manual', 'round_robin', 'least_busy'];

const here = () => ({ header: inAccount() });
const at = (id: number) => ({ header: inAccount(), path: { id } });

/** The same answer the inbox caches: names of departments and people. */
export const accountQuery = queryOptions({
  queryKey: ['account'],
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/account', { params: here(), signal })),
});

const LOOK_EVERY_MS = 15_000; // who holds how much moves with every ticket

export const queuesQuery = queryOptions({
  queryKey: ['distribution', 'list'],
  refetchInterval: LOOK_EVERY_MS,
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/distribution', { params: here(), signal })),
});

export const distributionQuery = (id: number) =>
  queryOptions({
    queryKey: ['distribution', id],
    refetchInterval: LOOK_EVERY_MS,
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/departments/{id}/distribution', { params: at(id), signal })),
  });

export function useSaveRules(id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: Rules) =>
      unwrap(api.PUT('/api/v1/departments/{id}/distribution', { params: at(id), body })),
    onSuccess: (saved) => {
      cache.setQueryData(distributionQuery(id).queryKey, saved);
      return cache.invalidateQueries({ queryKey: queuesQuery.queryKey });
    },
  });
}

export type Limit = { member_id: number; ticket_limit: number | null };

export function useSaveLimits() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (limits: Limit[]) =>
      unwrap(api.PUT('/api/v1/distribution/limits', { params: here(), body: { limits } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['distribution'] }),
  });
}
