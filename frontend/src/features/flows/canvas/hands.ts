import { createContext, useContext } from 'react';
import type { Way } from '../model/commands';

/** What a card or a note on the canvas asks of the canvas; the same functions as long as it lives. */
export type Hands = {
  askWay: (way: Way) => void;
};

export const HandsContext = createContext<Hands | null>(null);

export function useHands(): Hands {
  const hands = useContext(HandsContext);
  if (!hands) throw new Error('useHands needs a canvas above it');
  return hands;
}
