import type { Ticket } from '../api';

/** Which of two tickets can become a chapter of the other, or why neither can. */
export type Plan = {
  ways: { source: Ticket; target: Ticket }[];
  why?: 'channel' | 'closed' | 'bot' | 'chapters';
};

const goesOn = ({ state }: Ticket) => state === 'waiting' || state === 'serving';

/** The first way keeps the one that is open on the screen, if it can go on. */
export function planOf(here: Ticket, other: Ticket): Plan {
  if (here.channel_id !== other.channel_id) return { ways: [], why: 'channel' };
  const both = [
    { source: other, target: here },
    { source: here, target: other },
  ];
  const live = both.filter(({ target }) => goesOn(target));
  const ways = live.filter(({ source }) => source.merged_ids.length === 0);
  if (ways.length > 0) return { ways };
  if (live.length > 0) return { ways, why: 'chapters' };
  return { ways, why: both.every(({ target }) => target.state === 'closed') ? 'closed' : 'bot' };
}

/** Those that may be joined come first, live ones before them that ended; chapters of others are no choice. */
export function choicesOf(here: Ticket, tickets: readonly Ticket[]) {
  const rank = ({ ticket, plan }: { ticket: Ticket; plan: Plan }) =>
    (plan.ways.length > 0 ? 0 : 2) + (ticket.state === 'closed' ? 1 : 0);
  return tickets
    .filter(({ id, merged_into }) => id !== here.id && merged_into === null)
    .map((ticket) => ({ ticket, plan: planOf(here, ticket) }))
    .sort((a, b) => rank(a) - rank(b));
}
