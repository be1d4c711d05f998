import {
  keepPreviousData,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api, inAccount, unwrap, type Schema } from '@/api/client';
import { i18n } from '@/lib/i18n';
import type { FlowDocument } from './model/document';
import type { CardType } from './model/palette';

export type Flow = Schema['Flow'];
export type Finding = Schema['FlowFinding'];
export type Version = Schema['FlowVersion'];
export type Draft = Schema['FlowDraft'];
export type Diff = Schema['FlowDiff'];
export type Start = Schema['FlowStart'];
export type Wish = Schema['FlowStartWish'];
export type Agent = Schema['FlowAgent'];
export type Beginnings = { starts: Start[]; agents: Agent[] };
export type Imported = Schema['FlowImported'];
export type Bundle = Record<string, unknown>;
export type Model = Schema['FlowModel'];
export type Mapping = Schema['FlowMapping'];

const here = () => ({ header: inAccount() });
const at = (id: number) => ({ header: inAccount(), path: { id } });
const MOST = 200;

export const flowsQuery = (words: string) =>
  queryOptions({
    queryKey: ['flows', 'list', words] as const,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/flows', {
          params: { ...here(), query: { limit: MOST, ...(words ? { q: words } : {}) } },
          signal,
        }),
      ),
  });

export const flowQuery = (id: number) =>
  queryOptions({
    queryKey: ['flows', 'one', id] as const,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/flows/{id}', { params: at(id), signal })),
  });

export const draftQuery = (id: number) =>
  queryOptions({
    queryKey: ['flows', 'draft', id] as const,
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/flows/{id}/draft', { params: at(id), signal })),
  });

export const findingsQuery = (id: number) =>
  queryOptions({
    queryKey: ['flows', 'findings', id] as const,
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/flows/{id}/findings', { params: at(id), signal })),
  });

export const versionsQuery = (id: number) =>
  queryOptions({
    queryKey: ['flows', 'versions', id] as const,
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/flows/{id}/versions', {
          params: { ...at(id), query: { limit: MOST } },
          signal,
        }),
      ),
  });

export const diffQuery = (id: number, from: string, to: string) =>
  queryOptions({
    queryKey: ['flows', 'diff', id, from, to] as const,
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/flows/{id}/diff', { params: { ...at(id), query: { from, to } }, signal }),
      ),
  });

export const startsQuery = queryOptions({
  queryKey: ['flows', 'starts'] as const,
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/flow-starts', { params: here(), signal })),
});

/* What the server says in the reader's language is kept for that language. */
const paletteQuery = (language: string) =>
  queryOptions({
    queryKey: ['flow-cards', language] as const,
    staleTime: Infinity,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/flow-cards', { params: here(), signal })),
  });

export const modelsQuery = () =>
  queryOptions({
    queryKey: ['flow-models', i18n.language] as const,
    staleTime: Infinity,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/flow-models', { params: here(), signal })),
  });

/** One of them, with its documents. */
export const modelQuery = (key: string) =>
  queryOptions({
    queryKey: ['flow-models', i18n.language, key] as const,
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/flow-models', { params: { ...here(), query: { key } }, signal }),
      ).then(({ data }) => data[0]),
  });

/** Every type of card in the order of the palette, and each by its name. */
export function usePalette(enabled = true) {
  const { i18n: spoken } = useTranslation();
  const query = useQuery({ ...paletteQuery(spoken.language), enabled });
  const { data } = query;
  const palette = useMemo(() => {
    const list = (data?.data ?? []) as unknown as CardType[];
    return { list, types: new Map(list.map((one) => [one.type, one])) };
  }, [data]);
  return { ...palette, query };
}

/** The same answer the inbox caches. */
export const catalogueQuery = queryOptions({
  queryKey: ['account'],
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/account', { params: here(), signal })),
});

export const hoursQuery = queryOptions({
  queryKey: ['hours', 'all'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/hours', { params: here(), signal })),
});

export const companiesQuery = queryOptions({
  queryKey: ['companies', 'list'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/companies', { params: here(), signal })),
});

export const groupsQuery = queryOptions({
  queryKey: ['internal-groups'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/internal-groups', { params: here(), signal })),
});

/** What is written changes what lists, findings and versions say. */
function useAct<In, Out>(act: (input: In) => Promise<Out>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => void cache.invalidateQueries({ queryKey: ['flows'] }),
  });
}

export const useNewFlow = () =>
  useAct(({ name, document }: { name: string; document?: FlowDocument }) =>
    unwrap(
      api.POST('/api/v1/flows', {
        params: here(),
        body: { name, ...(document ? { document } : {}) },
      }),
    ),
  );

export const useSwitchFlow = (id: number) =>
  useAct((is_enabled: boolean) =>
    unwrap(api.PATCH('/api/v1/flows/{id}', { params: at(id), body: { is_enabled } })),
  );

export const useRemoveFlow = (id: number) =>
  useAct(() => unwrap(api.DELETE('/api/v1/flows/{id}', { params: at(id) })));

export const saveDraft = (id: number, revision: number, document: FlowDocument) =>
  unwrap(api.PUT('/api/v1/flows/{id}/draft', { params: at(id), body: { revision, document } }));

export const usePublish = (id: number) =>
  useAct((body: { revision: number; note: string; overrides: boolean }) =>
    unwrap(
      api.POST('/api/v1/flows/{id}/publish', {
        params: at(id),
        body: {
          revision: body.revision,
          ...(body.note ? { note: body.note } : {}),
          ...(body.overrides ? { overrides_tests: true } : {}),
        },
      }),
    ),
  );

export const useRevert = (id: number) =>
  useAct(({ number, live_number, note }: { number: number; live_number: number; note: string }) =>
    unwrap(
      api.POST('/api/v1/flows/{id}/versions/{number}/revert', {
        params: { ...here(), path: { id, number } },
        body: { live_number, ...(note ? { note } : {}) },
      }),
    ),
  );

export const useSaveStarts = () =>
  useAct((starts: Wish[]) =>
    unwrap(api.PUT('/api/v1/flow-starts', { params: here(), body: { starts } })),
  );

export const useSaveBeginnings = () =>
  useAct((body: { starts: Wish[]; agents: Agent[] }) =>
    unwrap(api.PUT('/api/v1/flow-starts', { params: here(), body })),
  );

export const exportFlow = (id: number) =>
  unwrap(api.GET('/api/v1/flows/{id}/export', { params: { ...at(id), query: { tests: true } } }));

type ImportBody = { bundle: Bundle; creates_missing: boolean; mapping: Mapping };
type ModelBody = { model: string; name?: string; creates_missing: boolean; mapping: Mapping };

/** What importing would do; nothing is written. */
export const useCheckImport = () =>
  useMutation({
    mutationFn: (body: ImportBody) =>
      unwrap(api.POST('/api/v1/flow-imports/check', { params: here(), body })),
  });

export const useImport = () =>
  useAct((body: ImportBody) => unwrap(api.POST('/api/v1/flow-imports', { params: here(), body })));

/** What starting from a model would make, and what it names; nothing is written. */
export const useCheckModel = () =>
  useMutation({
    mutationFn: (body: ModelBody) =>
      unwrap(api.POST('/api/v1/flow-models/check', { params: here(), body })),
  });

export const useStartFromModel = () =>
  useAct((body: ModelBody) => unwrap(api.POST('/api/v1/flow-models', { params: here(), body })));
