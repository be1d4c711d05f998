import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';
import { squareOf } from './square';

export type Session = Schema['SessionList']['data'][number];
export type Factor = Schema['Factor'];

export const sessionsQuery = queryOptions({
  queryKey: ['profile', 'sessions'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/me/sessions', { signal })),
});

export const factorQuery = queryOptions({
  queryKey: ['profile', 'factor'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/me/factor', { signal })),
});

/** A change to how somebody comes in shows everywhere on the page. */
function useChange<Out, In = void>(mutationFn: (input: In) => Promise<Out>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () => cache.invalidateQueries({ queryKey: ['profile'] }),
  });
}

/** Nothing changes before the letter's link is used, so nothing is asked again. */
export const useAskForEmail = () =>
  useMutation({
    mutationFn: async (email: string) => {
      await unwrap<unknown>(api.POST('/api/v1/me/email', { body: { email: email.trim() } }));
    },
  });

const spelled = (password: string) => password.normalize('NFC');

export const useChangePassword = () =>
  useChange((body: { current: string; password: string }) =>
    unwrap(
      api.POST('/api/v1/me/password', {
        body: { current: spelled(body.current), password: spelled(body.password) },
      }),
    ),
  );

export const useEndSession = () =>
  useChange((id: number) =>
    unwrap(api.DELETE('/api/v1/me/sessions/{id}', { params: { path: { id } } })),
  );

export const useEndOtherSessions = () => useChange(() => unwrap(api.DELETE('/api/v1/me/sessions')));

export const useForgetDevice = () =>
  useChange((id: number) =>
    unwrap(api.DELETE('/api/v1/me/devices/{id}', { params: { path: { id } } })),
  );

/** Nothing changes before the first code, so nothing is asked again either. */
export const useSetUpFactor = () =>
  useMutation({ mutationFn: () => unwrap(api.POST('/api/v1/me/factor')) });

export const useConfirmFactor = () =>
  useChange((body: { ticket: string; code: string; email_code?: string }) =>
    unwrap(api.POST('/api/v1/me/factor/confirm', { body })),
  );

export const useRemoveFactor = () => useChange(() => unwrap(api.DELETE('/api/v1/me/factor')));

export const useNewCodes = () =>
  useChange(() => unwrap(api.POST('/api/v1/me/factor/recovery-codes')));

/** It stands beside the name wherever members are listed, so everything is asked again. */
function useSeenChange<In = void>(mutationFn: (input: In) => Promise<unknown>) {
  const cache = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => cache.invalidateQueries() });
}

export const useSetPhoto = () =>
  useSeenChange(async (file: File) => {
    const picture = await squareOf(file);
    await unwrap(
      api.PUT('/api/v1/me/photo', {
        params: { header: inAccount() },
        headers: { 'Content-Type': picture.type },
        body: '',
        bodySerializer: () => picture,
      }),
    );
  });

export const useRemovePhoto = () =>
  useSeenChange(() => unwrap(api.DELETE('/api/v1/me/photo', { params: { header: inAccount() } })));
