import { createContext, use } from 'react';

/** A run of a ticket that somebody looks at. */
export type Shown = { ticketId: number; runId: number };

/** Whoever stands above the panel shows it: the panel goes when the window narrows, and what is open stays. */
export const ShowPathContext = createContext<(shown: Shown) => void>(() => undefined);

export const useShowPath = () => use(ShowPathContext);
