import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';

export type Funnel = Schema['FlowFunnel'];
export type FunnelCard = Schema['FlowFunnelCard'];

export type Period = { from?: string | undefined; to?: string | undefined };

/** What was shown stays readable while another period is asked for. */
export const funnelQuery = (id: number, { from, to }: Period, version: number | undefined) =>
  queryOptions({
    queryKey: ['funnel', id, from ?? '', to ?? '', version ?? 0] as const,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/flows/{id}/funnel', {
          params: {
            header: inAccount(),
            path: { id },
            query: {
              ...(from ? { from } : {}),
              ...(to ? { to } : {}),
              ...(version ? { versions: String(version) } : {}),
            },
          },
          signal,
        }),
      ),
  });
