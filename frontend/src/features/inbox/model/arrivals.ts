import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { Filter } from '../place';
import type { Ticket, TicketPage } from '../api';

/**
 * New rows never push the list under the pointer: they wait behind a "2 novos" pill. Rows that
 * left the tab fade to their new state and go at the next refresh.
 */
export type Arrival = 'inbound' | 'other';

const waiting = new Map<string, Set<number>>();
const listeners = new Set<() => void>();

const keyOf = (filter: Filter) => JSON.stringify(filter);

const changed = () => {
  for (const listener of listeners) listener();
};

/** Only what can be decided here without asking; anything finer is the server's. */
export function belongs(ticket: Ticket, filter: Filter, memberId: number | undefined) {
  /* Who marked what for themselves is not told here. */
  if (filter.q ?? filter.favourite) return false;
  const inTab = filter.tab === 'serving' ? ['serving', 'surveying'] : [filter.tab];
  if (!inTab.includes(ticket.state)) return false;
  if ((ticket.snoozed_until !== null) !== (filter.snoozed ?? false)) return false;
  if (filter.tag && !ticket.tag_ids.includes(filter.tag)) return false;
  if (filter.type && ticket.type_id !== filter.type) return false;
  if (filter.reason && ticket.reason_id !== filter.reason) return false;
  if (filter.unread && ticket.unread_count === 0) return false;
  if (filter.departments && !filter.departments.includes(ticket.department_id ?? 0)) return false;
  if (filter.channels && !filter.channels.includes(ticket.channel_id)) return false;
  if (filter.away && ticket.out_of_hours_at === null) return false;
  if (filter.assignee === 'me') return ticket.assignee_id === memberId;
  return filter.assignee === undefined || ticket.assignee_id === filter.assignee;
}

let reader: number | undefined;

/** Who reads, so that "me" in a filter means somebody. */
export const setReader = (memberId: number) => {
  reader = memberId;
};

export function noteArrival(
  cache: QueryClient,
  ticket: Ticket,
  arrival: Arrival,
  before: Ticket | undefined,
) {
  let any = false;
  const lists = cache.getQueriesData<InfiniteData<TicketPage>>({ queryKey: ['tickets', 'list'] });
  for (const [key, list] of lists) {
    const filter = key[2] as Filter | undefined;
    if (!filter || !list || !belongs(ticket, filter, reader)) continue;
    const shownAt = list.pages[0]?.data.findIndex(({ id }) => id === ticket.id) ?? -1;
    const shown = list.pages.some((page) => page.data.some(({ id }) => id === ticket.id));
    /* A row already on screen that jumped up the order waits too, unless it is the first. */
    if (shown && (arrival === 'other' || shownAt === 0 || filter.order === 'oldest')) continue;
    if (!shown && before && belongs(before, filter, reader) && arrival === 'other') continue;
    const set = waiting.get(keyOf(filter)) ?? new Set();
    if (set.has(ticket.id)) continue;
    waiting.set(keyOf(filter), new Set(set).add(ticket.id));
    any = true;
  }
  if (any) changed();
}

export function clearArrivals(filter: Filter) {
  if (waiting.delete(keyOf(filter))) changed();
}

export const useArrivals = (filter: Filter) =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => waiting.get(keyOf(filter))?.size ?? 0,
  );
