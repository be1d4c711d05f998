import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap, type Schema } from '@/api/client';
import { asRefusal } from '@/api/refusal';

export type Me = Schema['Me'];
export type Preferences = Partial<Pick<Me['person'], 'theme' | 'plays_sound'>> & {
  locale?: 'pt-BR' | 'en';
  enter_sends?: boolean;
};

/** Null when nobody is signed in: that is an answer, not a failure. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }): Promise<Me | null> => {
    try {
      return await unwrap(api.GET('/api/v1/session', { signal }));
    } catch (thrown) {
      if (asRefusal(thrown).status === 401) return null;
      throw thrown;
    }
  },
});

export function useSignIn() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: { email: string; password: string; remember: boolean }) =>
      unwrap(api.POST('/api/v1/session', { body })),
    onSuccess: (me) => {
      cache.clear(); // whatever a previous person saw on this screen
      cache.setQueryData(meQuery.queryKey, me);
    },
  });
}

export function useSignOut() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/v1/session')),
    onSettled: () => {
      cache.setQueryData(meQuery.queryKey, null);
    },
  });
}

export function useSavePreferences() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: Preferences) => unwrap(api.PATCH('/api/v1/session/preferences', { body })),
    onSuccess: (me) => cache.setQueryData(meQuery.queryKey, me),
  });
}
