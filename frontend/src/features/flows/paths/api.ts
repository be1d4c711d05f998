import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, inAccount, unwrap, type Schema } from '@/api/client';
import { useCan } from '@/lib/session';
import { usePalette } from '../api';
import { cardOf, readDocument, type FlowDocument } from '../model/document';
import { outletsOf, type CardType } from '../model/palette';

export type Run = Schema['FlowRun'];
export type Path = Schema['FlowPath'];
export type Visit = Schema['FlowVisit'];

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

/** The author's words for an option of a card; undefined for what is fixed, or unknown here. */
export function labelOf(
  document: FlowDocument | undefined,
  types: ReadonlyMap<string, CardType>,
  card: string,
  outlet: string,
) {
  const found = document && cardOf(document, card);
  if (!found || !outlet.includes(':')) return undefined;
  return outletsOf(types.get(found.type), found).find(({ name }) => name === outlet)?.label;
}
