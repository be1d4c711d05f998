import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, inAccount, unwrap } from '@/api/client';
import { asRefusal } from '@/api/refusal';
import { sayRefusal } from '@/lib/refusal';
import { toast } from '@/lib/toast';
import { favouritesQuery } from './api';

/** The mark turns at once; what the server says of it comes later. */
function useFavourite(id: number) {
  const cache = useQueryClient();
  const params = { header: inAccount(), path: { id } };
  return useMutation({
    mutationFn: (on: boolean) =>
      unwrap<unknown>(
        on
          ? api.PUT('/api/v1/tickets/{id}/favourite', { params })
          : api.DELETE('/api/v1/tickets/{id}/favourite', { params }),
      ),
    onMutate: (on) => {
      cache.setQueryData(favouritesQuery.queryKey, (known) => ({
        data: [...(on ? [id] : []), ...(known?.data ?? []).filter((one) => one !== id)],
      }));
    },
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: favouritesQuery.queryKey });
      void cache.invalidateQueries({ queryKey: ['tickets', 'list'] });
    },
  });
}

/** Whether I marked it, and the way to turn that around. */
export function useFavouriteMark(id: number) {
  const { t } = useTranslation('inbox');
  const { data } = useQuery(favouritesQuery);
  const favourite = useFavourite(id);
  const marked = data?.data.includes(id) ?? false;
  const toggle = () =>
    favourite.mutate(!marked, {
      onSuccess: () => void toast({ message: t(marked ? 'favourite.off' : 'favourite.on') }),
      onError: (thrown) => void toast({ message: sayRefusal(asRefusal(thrown)), tone: 'bad' }),
    });
  return { marked, toggle };
}
