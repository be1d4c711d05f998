import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, inAccount, unwrap } from '@/api/client';

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
