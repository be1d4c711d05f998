import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap, type Schema } from '@/api/client';
import { asRefusal } from '@/api/refusal';
import { stepOf, stepOfRefusal, type StepAnswer } from './steps';

export type Me = Schema['Me'];
export type Preferences = Partial<
  Pick<Me['person'], 'theme' | 'plays_sound' | 'density' | 'keys'>
> & {
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

type Asked = Promise<{ data?: Schema['SignInStep']; error?: unknown; response: Response }>;

async function next(asked: Asked): Promise<StepAnswer> {
  try {
    return stepOf(await unwrap(asked));
  } catch (thrown) {
    const step = stepOfRefusal(thrown);
    if (step) return step;
    throw thrown;
  }
}

/* Some keyboards compose accents, others send them apart: one password, one spelling. */
const spelled = (password: string) => password.normalize('NFC');

/** Each step of coming in; all of them answer with the next one. */
export const door = {
  password: (body: { email: string; password: string }) =>
    next(
      api.POST('/api/v1/session', {
        body: { email: body.email.trim(), password: spelled(body.password) },
      }),
    ),
  factor: (body: { ticket: string; code?: string; recovery?: string; trust: boolean }) =>
    next(api.POST('/api/v1/session/factor', { body })),
  enrol: (body: { ticket: string; email_code?: string }) =>
    unwrap(api.POST('/api/v1/session/enrol', { body })),
  confirm: (body: { ticket: string; code: string }) =>
    next(api.POST('/api/v1/session/enrol/confirm', { body })),
  newPassword: ({ ticket, password }: { ticket: string; password: string }) =>
    next(api.POST('/api/v1/session/password', { body: { ticket, password: spelled(password) } })),
  takeOver: (ticket: string) => next(api.POST('/api/v1/session/takeover', { body: { ticket } })),
};

export function useWelcome() {
  const cache = useQueryClient();
  return (me: Me) => {
    cache.clear(); // whatever a previous person saw on this screen
    cache.setQueryData(meQuery.queryKey, me);
  };
}

/** Why the last session ended: whoever still has its token may know. */
export const farewellQuery = queryOptions({
  queryKey: ['farewell'],
  staleTime: Infinity,
  gcTime: 0,
  queryFn: async () => {
    try {
      await unwrap(api.POST('/api/v1/session/refresh'));
    } catch (thrown) {
      const { slug, problem } = asRefusal(thrown);
      return { slug, by: problem.by };
    }
    return null;
  },
});

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
