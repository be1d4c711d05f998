import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';
import type { Wish } from './wish';

export type Pages = Schema['FlowPages'];

/* A page is taken for gone three times as long after it was last heard of. */
const BEAT_MS = 15_000;
/** Who asks says it again until the pencil is theirs: at the latest when who holds it did not answer. */
const ASK_MS = 1_000;

const at = (id: number, page: number) => ({ header: inAccount(), path: { id, page } });

const say: Record<Wish, (id: number, page: number, signal: AbortSignal) => Promise<Pages>> = {
  read: (id, page, signal) =>
    unwrap(api.PUT('/api/v1/flows/{id}/pages/{page}', { params: at(id, page), signal })),
  write: (id, page, signal) => pencil(id, page, false, signal),
  ask: (id, page, signal) => pencil(id, page, true, signal),
};

const pencil = (id: number, page: number, asks: boolean, signal: AbortSignal) =>
  unwrap(
    api.PUT('/api/v1/flows/{id}/pages/{page}/pencil', {
      params: at(id, page),
      body: { asks },
      signal,
    }),
  );

/** That this page is here and what it wants of the flow, said again and again; the answer is who else is. */
export const pagesQuery = (id: number, page: number, wish: Wish) =>
  queryOptions({
    queryKey: ['flow-pages', id, wish] as const,
    queryFn: ({ signal }) => say[wish](id, page, signal),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    refetchInterval: wish === 'ask' ? ASK_MS : BEAT_MS,
    refetchIntervalInBackground: true,
  });

/** Said also by a page that is just being closed, so that nobody waits for it. */
export const closePage = (id: number, page: number) =>
  void api
    .DELETE('/api/v1/flows/{id}/pages/{page}', { params: at(id, page), keepalive: true })
    .catch(() => undefined);
