import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useInFront } from '@/lib/in-front';
import { countsQuery, readTicket, type Ticket } from '../api';
import { putTicketInCache } from '../model/cache';

/** Read means seen: the page in front, the end of the thread on screen. */
export function useMarkRead(ticket: Ticket, shownSeq: number) {
  const cache = useQueryClient();
  const inFront = useInFront();
  const { id, unread_count } = ticket;

  useEffect(() => {
    if (!inFront || unread_count === 0 || shownSeq === 0) return;
    putTicketInCache(cache, { ...ticket, unread_count: 0 });
    readTicket(id, shownSeq).then(
      () => void cache.invalidateQueries({ queryKey: countsQuery.queryKey }),
      () => undefined, // the count comes back with the next event; nothing was lost
    );
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the ticket changes with every word
  }, [cache, id, unread_count, shownSeq, inFront]);
}
