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

/** `leave` shows the door; only then is what this person saw forgotten, or screens would refetch. */
export function useSignOut(leave: () => Promise<void>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/v1/session')),
    onSettled: async () => {
      await leave();
      cache.clear();
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
