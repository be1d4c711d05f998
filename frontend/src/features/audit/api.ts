import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';
import type { AuditSearch } from './place';

export type AuditEvent = Schema['AuditEvent'];
export type Format = 'csv' | 'jsonl';

const DAY_MS = 86_400_000;
const dayAfter = (day: string) => new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);

/** When a day begins where the account is. */
type StartOfDay = (day: string) => string;

/** Whole days of the screen as instants of the server; `to` is a day that still counts. */
function filtersOf(search: AuditSearch, startOfDay: StartOfDay) {
  const { action, actor, subject_kind, subject_id, from, to } = search;
  return {
    ...(action ? { action } : {}),
    ...(actor ? { actor } : {}),
    ...(subject_kind ? { subject_kind } : {}),
    ...(subject_kind && subject_id ? { subject_id } : {}),
    ...(from ? { from: startOfDay(from) } : {}),
    ...(to ? { to: startOfDay(dayAfter(to)) } : {}),
  };
}

export const auditQuery = (search: AuditSearch, startOfDay: StartOfDay) => {
  const filters = filtersOf(search, startOfDay);
  return infiniteQueryOptions({
    queryKey: ['audit', 'list', filters],
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      unwrap(
        api.GET('/api/v1/audit', {
          params: {
            header: inAccount(),
            query: { ...filters, ...(pageParam === '' ? {} : { after: pageParam }) },
          },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next,
  });
};

/* Sealing follows what happens within seconds, and nothing tells of it. */
const SEALING_MS = 5000;
const SEALED_MS = 60_000;

export const auditStateQuery = queryOptions({
  queryKey: ['audit', 'state'],
  queryFn: ({ signal }) =>
    unwrap(api.GET('/api/v1/audit/state', { params: { header: inAccount() }, signal })),
  refetchInterval: ({ state }) => (state.data?.sealed_until ? SEALED_MS : SEALING_MS),
});

/** What a row says of a contact, opened. Kept by nobody: looking again is told again. */
export function useRevealAudit(id: number) {
  return useMutation({
    gcTime: 0,
    mutationFn: () =>
      unwrap(
        api.POST('/api/v1/audit/{id}/reveal', { params: { header: inAccount(), path: { id } } }),
      ),
  });
}

export function useKeepYears() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (audit_years: number) =>
      unwrap(
        api.PATCH('/api/v1/retention', { params: { header: inAccount() }, body: { audit_years } }),
      ),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['audit'] }),
  });
}

export function useExport(startOfDay: StartOfDay) {
  return useMutation({
    mutationFn: ({ format, search }: { format: Format; search: AuditSearch }) =>
      unwrap(
        api.POST('/api/v1/audit/export', {
          params: { header: inAccount() },
          body: { format, ...filtersOf(search, startOfDay) },
          parseAs: 'blob',
        }),
      ),
  });
}
