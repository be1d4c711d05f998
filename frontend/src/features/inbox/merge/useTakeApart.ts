import { useTranslation } from 'react-i18next';
import { toast } from '@/lib/toast';
import { useLiveOther } from '../acts/useLiveOther';
import { useUnmerge } from './api';

/** Two tickets again, as before; or why not, and the way to what is in the way. */
export function useTakeApart() {
  const { t } = useTranslation('merge');
  const unmerge = useUnmerge();
  const liveOther = useLiveOther();
  return {
    isPending: unmerge.isPending,
    /* Whoever asked may be gone from the screen by the answer: it is said all the same. */
    mutate: (id: number) => {
      unmerge
        .mutateAsync(id)
        .then(
          ({ source }) => toast({ message: t('parted', { protocol: source.protocol }) }),
          liveOther,
        );
    },
  };
}
