import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { sayRefusal } from '@/lib/refusal';
import { dropToast, toast } from '@/lib/toast';
import { clearSelection } from '../model/selection';
import {
  bulkQuery,
  isGoing,
  useCancelBulk,
  useStartBulk,
  useUndoBulk,
  type Bulk,
  type BulkWish,
} from './api';

/** Starts an act, looks at it until it is over, says what came of it, and offers to take it back. */
export function useBulk() {
  const start = useStartBulk();
  const cancel = useCancelBulk();
  const say = useSay();
  const [id, setId] = useState<number>();
  const looked = useQuery({ ...bulkQuery(id ?? 0), enabled: id !== undefined });
  const over =
    looked.data && looked.data.id === id && !isGoing(looked.data) ? looked.data : undefined;

  useEffect(() => {
    if (!over) return;
    say(over);
    clearSelection();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each that is over
  }, [over]);

  return {
    running: id !== undefined && !over ? looked.data : undefined,
    error: start.error,
    isStarting: start.isPending,
    start: (wish: BulkWish, onStarted?: () => void) =>
      start.mutate(wish, {
        onSuccess: (bulk) => {
          onStarted?.();
          setId(bulk.id);
        },
        onError: (thrown) => {
          if (!onStarted) toast({ message: sayRefusal(asRefusal(thrown)), tone: 'bad' });
        },
      }),
    cancel: () => {
      if (id !== undefined) cancel.mutate(id, { onSettled: () => void looked.refetch() });
    },
  };
}

/** One sentence of what was done, and the way back. */
function useSay() {
  const { t } = useTranslation(['acts', 'common']);
  const undo = useUndoBulk();

  const resultOf = ({ state, done, refused, undone, kept }: Bulk) =>
    [
      state === 'cancelled' && t('bulk.cancelled'),
      state === 'access_lost' && t('bulk.access_lost'),
      state === 'undone' ? t('bulk.undone', { count: undone }) : t('bulk.done', { count: done }),
      refused > 0 && t('bulk.refused', { count: refused }),
      kept > 0 && t('bulk.kept', { count: kept }),
    ]
      .filter(Boolean)
      .join(' · ');

  return (bulk: Bulk) => {
    const id = `bulk ${bulk.id}`;
    const takeBack = () => {
      dropToast(id);
      /* The bar may be gone by now; what came of it is said all the same. */
      undo.mutateAsync(bulk.id).then(
        (undone) => toast({ message: resultOf(undone) }),
        (thrown: unknown) => toast({ message: sayRefusal(asRefusal(thrown)), tone: 'bad' }),
      );
    };
    toast({
      id,
      message: (
        <span style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
          <span style={{ flex: 1 }}>{resultOf(bulk)}</span>
          {bulk.done > 0 && (
            <Button size="xs" variant="subtle" onClick={takeBack}>
              {t('common:undo')}
            </Button>
          )}
        </span>
      ),
    });
  };
}
