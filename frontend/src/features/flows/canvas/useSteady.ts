import { useCallback, useLayoutEffect, useRef } from 'react';

/**
 * One function for as long as its owner lives, which does what the last one given does. React Flow hands its handlers to
 * every card and every line, and draws them all anew for a new one.
 */
export function useSteady<In extends unknown[], Out>(act: (...given: In) => Out) {
  const latest = useRef(act);
  useLayoutEffect(() => void (latest.current = act));
  return useCallback((...given: In): Out => latest.current(...given), []);
}
