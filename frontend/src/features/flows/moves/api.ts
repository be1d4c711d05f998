import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';

export type Preview = Schema['FlowMovePreview'];
export type Move = Schema['FlowMove'];
export type Staying = Schema['FlowStaying'];

const LOOK_EVERY_MS = 1000;

const at = (id: number) => ({ header: inAccount(), path: { id } });

/** Also of one that is not known yet. */
const goesOn = (move: Move | undefined) => !move || move.state === 'running';

/* What goes on changes all the time: it is asked for anew whenever somebody looks. */
export const previewQuery = (flow: number) =>
  queryOptions({
    queryKey: ['flow-moves', flow, 'preview'] as const,
    staleTime: 0,
    gcTime: 0,
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/flows/{id}/move-preview', { params: at(flow), signal })),
  });

export const moveQuery = (flow: number, move: number) =>
  queryOptions({
    queryKey: ['flow-moves', flow, move] as const,
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/flows/{id}/moves/{move}', {
          params: { header: inAccount(), path: { id: flow, move } },
          signal,
        }),
      ),
    refetchInterval: ({ state: { data } }) => (goesOn(data) ? LOOK_EVERY_MS : false),
  });

/** Where it stands is known at once, and looked at from there on. */
function useKept<In>(flow: number, act: (input: In) => Promise<Move>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (move) => cache.setQueryData(moveQuery(flow, move.id).queryKey, move),
  });
}

export const useStartMove = (flow: number) =>
  useKept(flow, (number: number) =>
    unwrap(api.POST('/api/v1/flows/{id}/moves', { params: at(flow), body: { number } })),
  );

export const useCancelMove = (flow: number) =>
  useKept(flow, (move: number) =>
    unwrap(
      api.POST('/api/v1/flows/{id}/moves/{move}/cancel', {
        params: { header: inAccount(), path: { id: flow, move } },
      }),
    ),
  );
