import {
  keepPreviousData,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, inAccount, unwrap, type Schema } from '@/api/client';
import { Refusal } from '@/api/refusal';
import { useCan } from '@/lib/session';
import { saveDraft, usePalette } from '../api';
import { cardOf, readDocument, type FlowDocument } from '../model/document';
import { outletsOf, type CardType } from '../model/palette';
import { newTestId, putTest, testsOf, TESTS_MAX, type Recording } from '../simulator/model/saved';
import { sayOutlet } from '../words';

export type Run = Schema['FlowRun'];
export type Path = Schema['FlowPath'];
export type Visit = Schema['FlowVisit'];
export type Recall = Schema['FlowRecall'];

const here = () => ({ header: inAccount() });

/** Asked anew with every message of the ticket: it may have moved on. */
export const runsQuery = (id: number, seq: number) =>
  queryOptions({
    queryKey: ['runs', id, 'list', seq] as const,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/tickets/{id}/runs', { params: { ...here(), path: { id } }, signal })),
  });

export const pathQuery = (id: number, run: number, seq: number) =>
  queryOptions({
    queryKey: ['runs', id, 'one', run, seq] as const,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/tickets/{id}/runs/{run}', {
          params: { ...here(), path: { id, run } },
          signal,
        }),
      ),
  });

/** One that is over, as a test of its flow; what is over stays as it is. */
export const recallQuery = (id: number, run: number) =>
  queryOptions({
    queryKey: ['runs', id, 'test', run] as const,
    retry: false,
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/tickets/{id}/runs/{run}/test', {
          params: { ...here(), path: { id, run } },
          signal,
        }),
      ),
  });

/** Kept with the draft of its flow, and played there at once: what became of it, of all that are kept. */
export function useKeepTest(flowId: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (test: Recording) => {
      const params = { ...here(), path: { id: flowId } };
      const draft = await unwrap(api.GET('/api/v1/flows/{id}/draft', { params }));
      const document = readDocument(draft.document);
      if (testsOf(document).length >= TESTS_MAX)
        throw new Refusal({ slug: 'tests_full', status: 409 });
      const id = newTestId(document);
      await saveDraft(flowId, draft.revision, putTest(document, { ...test, id }));
      const played = await unwrap(api.GET('/api/v1/flows/{id}/tests', { params }));
      return { result: played.data.find((one) => one.id === id && one.flow_id === flowId) };
    },
    onSuccess: () => cache.invalidateQueries({ queryKey: ['flows'] }),
  });
}

/** A version never changes. */
export const versionQuery = (id: number, number: number) =>
  queryOptions({
    queryKey: ['flow-version', id, number] as const,
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/flows/{id}/versions/{number}', {
          params: { ...here(), path: { id, number } },
          signal,
        }),
      ),
  });

/** The version's own document, for those who may see flows; what its ways out are called. */
export function useVersion(id: number, number: number) {
  const may = useCan()('flows.view');
  const { types } = usePalette(may);
  const version = useQuery({ ...versionQuery(id, number), enabled: may && number > 0 });
  const document = useMemo(
    () => version.data && readDocument(version.data.document as Record<string, unknown>),
    [version.data],
  );
  return { document, types, may };
}

/** What a way out of a card is called there; undefined where the document is not known, or has it no more. */
export function labelOf(
  document: FlowDocument | undefined,
  types: ReadonlyMap<string, CardType>,
  card: string,
  outlet: string,
) {
  const found = document && cardOf(document, card);
  const way = found && outletsOf(types.get(found.type), found).find(({ name }) => name === outlet);
  return way && sayOutlet(way);
}
