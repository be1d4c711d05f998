import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';

export type FlowFile = Schema['FlowMedia'];

const here = () => ({ header: inAccount() });

/** What flows may send: named by its hash, whatever it is called. */
export const filesQuery = queryOptions({
  queryKey: ['flows', 'files'] as const,
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/flow-media', { params: here(), signal })),
});

export const refOfFile = ({ sha256 }: FlowFile) => `file:${sha256}`;

export function useAddFile() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (file: File) =>
      unwrap(
        api.PUT('/api/v1/flow-media/uploads', {
          params: { ...here(), query: { filename: file.name } },
          body: '',
          bodySerializer: () => file,
          headers: { 'Content-Type': file.type || 'application/octet-stream' },
        }),
      ),
    onSuccess: () => cache.invalidateQueries({ queryKey: filesQuery.queryKey }),
  });
}

/** Names only: a value never comes back. */
export const secretsQuery = queryOptions({
  queryKey: ['flows', 'secrets'] as const,
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/flow-secrets', { params: here(), signal })),
});

function useSecretAct<In>(act: (input: In) => Promise<unknown>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: act,
    /* A flow may be sound now that was not, and the other way round. */
    onSuccess: () => cache.invalidateQueries({ queryKey: ['flows'] }),
  });
}

type Secret = { name: string; value: string };

export const useAddSecret = () =>
  useSecretAct((body: Secret) =>
    unwrap(api.POST('/api/v1/flow-secrets', { params: here(), body })),
  );

export const useReplaceSecret = () =>
  useSecretAct(({ name, value }: Secret) =>
    unwrap(
      api.PUT('/api/v1/flow-secrets/{name}', {
        params: { ...here(), path: { name } },
        body: { value },
      }),
    ),
  );

export const useRemoveSecret = () =>
  useSecretAct((name: string) =>
    unwrap(api.DELETE('/api/v1/flow-secrets/{name}', { params: { ...here(), path: { name } } })),
  );
