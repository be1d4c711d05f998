import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';

export type Attempt = Schema['AttemptList']['data'][number];

export const attemptsQuery = (id: number) =>
  queryOptions({
    queryKey: ['members', id, 'attempts'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/members/{id}/attempts', {
          params: { path: { id }, header: inAccount() },
          signal,
        }),
      ),
  });

export function useUnlock(id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/v1/members/{id}/unlock', {
          params: { path: { id }, header: inAccount() },
        }),
      ),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['members', id] }),
  });
}
