import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useSession } from '@/lib/session';
import type { Filter, Place } from '../place';

const route = getRouteApi('/in/atendimentos');

/** The filter in the address, and the one way to change it. */
export function useFilter() {
  const place = route.useSearch();
  const navigate = useNavigate();
  const { account } = useSession();
  const { tab, q, find, days, at, departments, channels, assignee, unread, order } = place;
  const { type, reason, tag, favourite, snoozed, away, sla } = place;

  const filter = useMemo<Filter>(
    () => ({
      tab,
      ...(q ? { q } : {}),
      ...(departments?.length ? { departments } : {}),
      ...(channels?.length ? { channels } : {}),
      ...(assignee ? { assignee } : {}),
      ...(type ? { type } : {}),
      ...(reason ? { reason } : {}),
      ...(tag ? { tag } : {}),
      ...(favourite ? { favourite } : {}),
      ...(snoozed ? { snoozed } : {}),
      ...(unread ? { unread } : {}),
      ...(away ? { away } : {}),
      ...(sla ? { sla } : {}),
      ...(order ? { order } : {}),
    }),
    [
      tab,
      q,
      departments,
      channels,
      assignee,
      type,
      reason,
      tag,
      favourite,
      snoozed,
      unread,
      away,
      sla,
      order,
    ],
  );

  const change = (next: Partial<Place>, replace = true) =>
    void navigate({
      to: '.',
      search: (before) => ({ ...before, ...next, at: undefined, peek: undefined }),
      replace,
    });

  return { filter, find, days, at, change, me: account.member_id };
}
