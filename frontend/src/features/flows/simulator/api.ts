import { keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';
import { saveDraft } from '../api';
import { readDocument } from '../model/document';
import { bodyOf, type Play } from './model/play';
import { putTest, type Recording } from './model/saved';

export type Simulation = Schema['FlowSimulation'];
export type Turn = Schema['FlowTurn'];
export type Said = Schema['FlowSaid'];
export type Message = Said['messages'][number];
export type SavedTest = Schema['FlowTest'];

const at = (id: number) => ({ header: inAccount(), path: { id } });

/** Played anew whenever the draft was saved, or something was done. */
export const simulationQuery = (id: number, revision: number, play: Play) =>
  queryOptions({
    queryKey: ['flows', 'simulation', id, revision, bodyOf(play)] as const,
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: ({ signal }) =>
      unwrap(
        api.POST('/api/v1/flows/{id}/simulate', { params: at(id), body: bodyOf(play), signal }),
      ),
  });

/** The same as a recording. */
export const record = async (id: number, play: Play, test: { id: string; name: string }) => {
  const body = { ...bodyOf(play), test_id: test.id, test_name: test.name };
  const played = await unwrap(api.POST('/api/v1/flows/{id}/simulate', { params: at(id), body }));
  return played.test as Recording;
};

export const testsQuery = (id: number, revision: number) =>
  queryOptions({
    queryKey: ['flows', 'tests', id, revision] as const,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/flows/{id}/tests', { params: at(id), signal })),
  });

/** A test that is saved with another flow than the open one. */
export function usePutElsewhere() {
  const cache = useQueryClient();
  return async (flowId: number, test: Recording) => {
    const draft = await unwrap(api.GET('/api/v1/flows/{id}/draft', { params: at(flowId) }));
    await saveDraft(flowId, draft.revision, putTest(readDocument(draft.document), test));
    await cache.invalidateQueries({ queryKey: ['flows'] });
  };
}
