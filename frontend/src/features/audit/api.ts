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

/** Whole days of the screen as instants of the server; `to` is a day that still counts. */
function filtersOf({ action, actor, subject_kind, subject_id, from, to }: AuditSearch) {
  const end = to === undefined ? undefined : new Date(`${to}T00:00:00`);
  end?.setDate(end.getDate() + 1);
  return {
    ...(action ? { action } : {}),
    ...(actor ? { actor } : {}),
    ...(subject_kind ? { subject_kind } : {}),
    ...(subject_kind && subject_id ? { subject_id } : {}),
    ...(from ? { from: new Date(`${from}T00:00:00`).toISOString() } : {}),
    ...(end ? { to: end.toISOString() } : {}),
  };
}

export const auditQuery = (search: AuditSearch) => {
  const filters = filtersOf(search);
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

export const auditStateQuery = queryOptions({
  queryKey: ['audit', 'state'],
  queryFn: ({ signal }) =>
    unwrap(api.GET('/api/v1/audit/state', { params: { header: inAccount() }, signal })),
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

export function useExport() {
  return useMutation({
    mutationFn: ({ format, search }: { format: Format; search: AuditSearch }) =>
      unwrap(
        api.POST('/api/v1/audit/export', {
          params: { header: inAccount() },
          body: { format, ...filtersOf(search) },
          parseAs: 'blob',
        }),
      ),
  });
}
