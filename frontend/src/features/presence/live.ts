import type { QueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { presenceCame } from '@/lib/presence';
import type { LivePatches } from '@/lib/realtime/LiveProvider';

const TEAM_PAUSE_MS = 1000;

const shape = z.object({
  member_id: z.number(),
  state: z.enum(['online', 'away', 'break', 'offline']),
  since: z.nullable(z.string()),
});

let waiting: ReturnType<typeof setTimeout> | undefined;

/** The board is asked again, at most once a second however many come and go. */
function recount(cache: QueryClient) {
  waiting ??= setTimeout(() => {
    waiting = undefined;
    for (const list of ['team', 'breaks', 'totals'])
      void cache.invalidateQueries({ queryKey: ['presence', list] });
  }, TEAM_PAUSE_MS);
}

/** What each event of the stream changes. memberId: of the reader. */
export function presencePatches(memberId: number): LivePatches {
  return {
    'presence.changed': (cache, { data }) => {
      const told = z.safeParse(shape, data);
      if (told.data?.member_id === memberId)
        void cache.invalidateQueries({ queryKey: ['presence', 'mine'] });
      if (told.data) presenceCame(cache, told.data);
      recount(cache);
    },
  };
}
