import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { followLive, type Following } from './follow';
import type { LiveState, OpenSource } from './protocol';

export type { LivePatches } from './follow';

type Props = Omit<Following, 'onState'> & {
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
    const onState = (next: LiveState) => {
      setState(next);
      if (next === 'signed_out') onSignedOut();
    };
    return followLive(cache, { account, patches, renew, onState }, openSource);
  }, [account, patches, renew, onSignedOut, openSource, cache]);

  return <StateContext value={state}>{children}</StateContext>;
}
