import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';

export type TransferRule = Schema['TransferRule'];
export type IdleRule = Schema['IdleRule'];
export type Policy = Schema['SlaPolicy'];
export type PolicyBody = Omit<Policy, 'id' | 'valid_from'>;

const here = () => ({ header: inAccount() });
const at = (id: number) => ({ header: inAccount(), path: { id } });

const fetchRules = (signal: AbortSignal) =>
  unwrap(api.GET('/api/v1/timers', { params: here(), signal }));

export const timersQuery = queryOptions({
  queryKey: ['timers', 'rules'],
  queryFn: ({ signal }) => fetchRules(signal),
});

export const policiesQuery = queryOptions({
  queryKey: ['timers', 'policies'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/sla-policies', { params: here(), signal })),
});

/** The same answer the inbox caches: departments, channels, people and reasons to choose from. */
export const accountQuery = queryOptions({
  queryKey: ['account'],
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/account', { params: here(), signal })),
});

/** When so many open minutes are over that begin at this time on the wall. */
export const dueQuery = (minutes: number, departmentId: number | null, wall: string) =>
  queryOptions({
    queryKey: ['timers', 'due', minutes, departmentId, wall],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/timers/trial', {
          params: {
            ...here(),
            query: {
              minutes,
              at: wall,
              ...(departmentId === null ? {} : { department_id: departmentId }),
            },
          },
          signal,
        }),
      ),
  });

type Rules = Awaited<ReturnType<typeof fetchRules>>;

function useKeepRules<Rule>(act: (rules: Rule[]) => Promise<Rules>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (rules) => cache.setQueryData(timersQuery.queryKey, rules),
  });
}

export const useSaveTransfer = () =>
  useKeepRules((rules: TransferRule[]) =>
    unwrap(api.PUT('/api/v1/timers/transfer', { params: here(), body: { rules } })),
  );

export const useSaveIdle = () =>
  useKeepRules((rules: IdleRule[]) =>
    unwrap(api.PUT('/api/v1/timers/idle', { params: here(), body: { rules } })),
  );

function useStale() {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ queryKey: ['timers', 'policies'] });
}

/** id 0: a new one. */
export const useSavePolicy = (id: number) =>
  useMutation({
    mutationFn: (body: PolicyBody) =>
      id === 0
        ? unwrap(api.POST('/api/v1/sla-policies', { params: here(), body }))
        : unwrap(api.PUT('/api/v1/sla-policies/{id}', { params: at(id), body })),
    onSuccess: useStale(),
  });

export const useRemovePolicy = () =>
  useMutation({
    mutationFn: (id: number) => unwrap(api.DELETE('/api/v1/sla-policies/{id}', { params: at(id) })),
    onSuccess: useStale(),
  });

export const useOrderPolicies = () =>
  useMutation({
    mutationFn: (policy_ids: number[]) =>
      unwrap(api.PUT('/api/v1/sla-policies', { params: here(), body: { policy_ids } })),
    onSuccess: useStale(),
  });
