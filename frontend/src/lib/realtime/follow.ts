import type { QueryClient } from '@tanstack/react-query';
import { joinLive } from './tabs';
import type { LiveEvent, LiveState, OpenSource } from './protocol';

/** What a feature does when an event arrives: change cached data, and nothing else. */
export type LivePatches = Record<string, (cache: QueryClient, event: LiveEvent) => void>;

export type Following = {
  account: number;
  patches: LivePatches;
  /** Asks the session again, which refreshes it if it had expired. */
  renew: () => Promise<void>;
  onState: (state: LiveState) => void;
};

/** Keeps the cache as the account's stream says, and asks again after a hole; until it is left. */
export function followLive(
  cache: QueryClient,
  { account, patches, renew, onState }: Following,
  openSource?: OpenSource,
) {
  let wasCut = false;
  return joinLive(
    account,
    Object.keys(patches),
    {
      renew,
      onEvent: (event) => {
        if (event.kind === 'reset') void cache.invalidateQueries({ type: 'all' });
        else patches[event.kind]?.(cache, event);
      },
      onState: (next) => {
        onState(next);
        if (next === 'open' && wasCut) void cache.invalidateQueries({ refetchType: 'active' });
        wasCut = next === 'retrying' || (wasCut && next !== 'open');
      },
    },
    openSource,
  );
}
