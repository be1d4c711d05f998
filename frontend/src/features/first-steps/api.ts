import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';

export type FirstSteps = Schema['FirstSteps'];
export type Step = FirstSteps['steps'][number]['step'];

/** As the account is now: whoever comes back from doing one finds it done. */
export const firstStepsQuery = queryOptions({
  queryKey: ['first-steps'],
  staleTime: 0,
  queryFn: ({ signal }) =>
    unwrap(api.GET('/api/v1/first-steps', { params: { header: inAccount() }, signal })),
});

export function useDismiss() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () =>
      unwrap(api.POST('/api/v1/first-steps/dismiss', { params: { header: inAccount() } })),
    onSuccess: () =>
      cache.setQueryData(
        firstStepsQuery.queryKey,
        (known) => known && { ...known, is_dismissed: true },
      ),
  });
}
