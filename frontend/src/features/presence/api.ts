import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';
import { mineQuery } from '@/lib/presence';

export type MyPresence = Schema['MyPresence'];
export type PresenceState = Schema['PresenceState'];
export type Teammate = Schema['Teammate'];
export type Break = Schema['Break'];
export type BreakReason = Schema['BreakReason'];
export type BreakTotal = Schema['BreakTotal'];
export type Chosen = MyPresence['chosen'];
export type Color = Schema['DepartmentColor'];

export const COLORS: Color[] = ['sand', 'blue', 'green', 'clay', 'violet', 'teal'];

const here = () => ({ header: inAccount() });
const at = (id: number) => ({ header: inAccount(), path: { id } });

/** The same answer the inbox caches: names of people and departments. */
export const accountQuery = queryOptions({
  queryKey: ['account'],
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/account', { params: here(), signal })),
});

export const teamQuery = queryOptions({
  queryKey: ['presence', 'team'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/team', { params: here(), signal })),
});

export const reasonsQuery = queryOptions({
  queryKey: ['presence', 'reasons'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/break-reasons', { params: here(), signal })),
});

export const limitsQuery = queryOptions({
  queryKey: ['presence', 'limits'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/break-limits', { params: here(), signal })),
});

export type BreakFilter = {
  member_id?: number;
  reason_id?: number;
  department_id?: number;
  from?: string;
  to?: string;
};

export const breaksQuery = (filter: BreakFilter) =>
  infiniteQueryOptions({
    queryKey: ['presence', 'breaks', filter],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/v1/breaks', {
          params: { ...here(), query: { ...filter, ...(pageParam && { after: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });

export const totalsQuery = (filter: BreakFilter) =>
  queryOptions({
    queryKey: ['presence', 'totals', filter],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/breaks/totals', { params: { ...here(), query: filter }, signal })),
  });

/** What I do is at once what I see; what others see comes to them as an event. */
function useMine<T>(act: (wish: T) => Promise<MyPresence>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (mine) => cache.setQueryData(mineQuery.queryKey, mine),
    onError: () => cache.invalidateQueries({ queryKey: mineQuery.queryKey }),
  });
}

export const useStartBreak = () =>
  useMine((reason_id: number) =>
    unwrap(api.POST('/api/v1/me/break', { params: here(), body: { reason_id } })),
  );

export const useEndBreak = () =>
  useMine<undefined>(() => unwrap(api.DELETE('/api/v1/me/break', { params: here() })));

export const useChoose = () =>
  useMine((chosen: Chosen) =>
    unwrap(api.PUT('/api/v1/me/presence', { params: here(), body: { chosen } })),
  );

export const tellActivity = (is_idle: boolean) =>
  api.POST('/api/v1/me/activity', { params: here(), body: { is_idle } });

function useTeamStale() {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ queryKey: ['presence'] });
}

export function useEndBreakOf() {
  return useMutation({
    mutationFn: (id: number) => unwrap(api.POST('/api/v1/breaks/{id}/end', { params: at(id) })),
    onSettled: useTeamStale(),
  });
}

export function useChooseFor() {
  return useMutation({
    mutationFn: ({ member_id, chosen }: { member_id: number; chosen: Chosen }) =>
      unwrap(api.PUT('/api/v1/team/{id}/presence', { params: at(member_id), body: { chosen } })),
    onSettled: useTeamStale(),
  });
}

export type ReasonBody = Omit<BreakReason, 'id'>;

/** id 0: a new one. */
export function useSaveReason(id: number) {
  return useMutation({
    mutationFn: (body: ReasonBody) =>
      id === 0
        ? unwrap(api.POST('/api/v1/break-reasons', { params: here(), body }))
        : unwrap(api.PATCH('/api/v1/break-reasons/{id}', { params: at(id), body })),
    onSuccess: useTeamStale(),
  });
}

export function useRemoveReason() {
  return useMutation({
    mutationFn: (id: number) =>
      unwrap(api.DELETE('/api/v1/break-reasons/{id}', { params: at(id) })),
    onSuccess: useTeamStale(),
  });
}

export function useOrderReasons() {
  const cache = useQueryClient();
  return useMutation({
    scope: { id: 'order of break reasons' }, // one after another: the last one stands
    mutationFn: (reason_ids: number[]) =>
      unwrap(api.PUT('/api/v1/break-reasons', { params: here(), body: { reason_ids } })),
    onSuccess: (list) => cache.setQueryData(reasonsQuery.queryKey, list),
  });
}

/** department_id null: the account; max_people 0: no limit. */
export type LimitWish = { department_id: number | null; max_people: number };

export function useSaveLimits() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (wishes: LimitWish[]) => {
      for (const { department_id, max_people } of wishes)
        await unwrap(
          api.PUT('/api/v1/break-limits', {
            params: here(),
            body: { max_people, ...(department_id !== null && { department_id }) },
          }),
        );
    },
    onSettled: () => cache.invalidateQueries({ queryKey: limitsQuery.queryKey }),
  });
}
