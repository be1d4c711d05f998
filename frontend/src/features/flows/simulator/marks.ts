import { createContext, useContext } from 'react';

/** Where a played conversation stands in the open flow, and which cards it met, in their order. */
export type PlayedMarks = { lit: ReadonlySet<string>; walked: ReadonlyMap<string, number> };

export const NO_MARKS: PlayedMarks = { lit: new Set(), walked: new Map() };

type Hands = { marks: PlayedMarks; setMarks: (marks: PlayedMarks) => void };

export const MarksContext = createContext<Hands>({ marks: NO_MARKS, setMarks: () => undefined });

export const usePlayedMarks = () => useContext(MarksContext);

type Place = { flow: string; card: string };

/** Cards of the flows that it runs are elsewhere. */
export function marksOf(flow: string, at: Place | null, path: Place[]): PlayedMarks {
  const walked = new Map<string, number>();
  for (const { card } of path.filter((place) => place.flow === flow))
    if (!walked.has(card)) walked.set(card, walked.size + 1);
  return { lit: new Set(at?.flow === flow ? [at.card] : []), walked };
}
