import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { joinLive } from './tabs';
import type { LiveEvent, LiveState, OpenSource } from './protocol';

/** What a feature does when an event arrives: change cached data, and nothing else. */
export type LivePatches = Record<string, (cache: QueryClient, event: LiveEvent) => void>;

type Props = {
  account: number;
  patches: LivePatches;
  /** Asks the session again, which refreshes it if it had expired. */
  renew: () => Promise<void>;
  onSignedOut: () => void;
  openSource?: OpenSource;
  children: ReactNode;
};

const StateContext = createContext<LiveState>('connecting');

export const useLiveState = () => useContext(StateContext);

export function LiveProvider(props: Props) {
  const { account, patches, renew, onSignedOut, openSource, children } = props;
  const cache = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');

  useEffect(() => {
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
          setState(next);
          if (next === 'signed_out') onSignedOut();
          if (next === 'open' && wasCut) void cache.invalidateQueries({ refetchType: 'active' });
          wasCut = next === 'retrying' || (wasCut && next !== 'open');
        },
      },
      openSource,
    );
  }, [account, patches, renew, onSignedOut, openSource, cache]);

  return <StateContext value={state}>{children}</StateContext>;
}
