import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, inAccount, unwrap } from '@/api/client';
import type { TemplateBook } from '@/lib/templates/api';

/** A job asks the network: whoever pressed looks at the book until it says how that went. */
export function useRefreshTemplates(channelId: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/v1/channels/{id}/templates', {
          params: { header: inAccount(), path: { id: channelId } },
        }),
      ),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['channels', 'templates'] }),
  });
}

/** It is queued, or was asked for and has neither come nor failed since. */
export function isReading(book: TemplateBook | undefined, askedAt: string | null) {
  if (book?.wanted_at) return true;
  if (!askedAt) return false;
  const told = [book?.read_at, book?.failed_at].filter((at) => at != null);
  return !told.some((at) => Date.parse(at) >= Date.parse(askedAt));
}
