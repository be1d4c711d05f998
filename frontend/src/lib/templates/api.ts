import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, inAccount, unwrap, type Schema } from '@/api/client';

export type Template = Schema['Template'];
export type TemplateShape = Schema['TemplateShape'];
export type TemplateBook = Schema['TemplateBook'];
export type TemplateFilter = { channel_id?: number; status?: string; q?: string; limit?: number };

/** More than this nobody scrolls through: they search. */
export const TEMPLATES_MOST = 500;

/** Under the channels, whose events say that a book was read. */
export const templatesQuery = (filter: TemplateFilter = {}) =>
  queryOptions({
    queryKey: ['channels', 'templates', filter] as const,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/templates', {
          params: { header: inAccount(), query: { limit: TEMPLATES_MOST, ...filter } },
          signal,
        }),
      ),
  });

/** Those that may be sent: of one channel's account, or of all. */
export const sendableQuery = (channel_id?: number) =>
  templatesQuery({ status: 'sendable', ...(channel_id === undefined ? {} : { channel_id }) });

export const nameOfTemplate = ({ name, language }: Template) => `${name} (${language})`;
