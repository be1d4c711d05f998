import type { Ticket } from '../api';

/** Whose turn it is and for how long: one clock per ticket, the nearest of those that run. */
export type Clock =
  | { kind: 'snoozed'; until: string }
  | { kind: 'woken' }
  | { kind: 'promise'; left_s: number; is: 'fine' | 'short' | 'late' }
  | { kind: 'window'; left_s: number }
  | { kind: 'window_closed'; since: string }
  | { kind: 'queue'; waited_s: number }
  | { kind: 'our_turn'; waited_s: number }
  | { kind: 'their_turn' }
  | { kind: 'bot' }
  | { kind: 'surveying' }
  | { kind: 'closed' };

const WINDOW_SHORT_S = 4 * 3600;

const secondsBetween = (from: number, to: number) => Math.round((to - from) / 1000);

/** Seconds until free messages end; negative once they have; null where there is no window. */
export const windowLeft = (ticket: Pick<Ticket, 'window_ends_at'>, now: number) =>
  ticket.window_ends_at === null ? null : secondsBetween(now, Date.parse(ticket.window_ends_at));

type Promised = NonNullable<Ticket['sla']>;

/** What is left of a promise: the open time until it is due; once it has passed, how late it is by the wall. */
export function promiseClock({ open, due_at, warn_at }: Promised, now: number) {
  const late_s = secondsBetween(Date.parse(due_at), now);
  if (late_s >= 0) return { kind: 'promise', left_s: -late_s, is: 'late' } as const;
  const left_s = open.reduce((sum, { from, until }) => {
    const begin = Math.max(now, Date.parse(from));
    return sum + Math.max(0, secondsBetween(begin, Date.parse(until)));
  }, 0);
  const is = now >= Date.parse(warn_at) ? 'short' : 'fine';
  return { kind: 'promise', left_s, is } as const;
}

export function clockOf(ticket: Ticket, now: number): Clock {
  if (ticket.state === 'closed') return { kind: 'closed' };
  if (ticket.state === 'surveying') return { kind: 'surveying' };

  if (ticket.snoozed_until !== null) return { kind: 'snoozed', until: ticket.snoozed_until };
  if (ticket.woken_at !== null) return { kind: 'woken' };

  const left_s = windowLeft(ticket, now);
  const promise = ticket.sla && promiseClock(ticket.sla, now);
  if (promise && (left_s === null || left_s <= 0 || promise.left_s <= left_s)) return promise;
  if (left_s !== null && left_s <= 0) {
    return { kind: 'window_closed', since: ticket.window_ends_at ?? '' };
  }
  if (left_s !== null && left_s < WINDOW_SHORT_S) return { kind: 'window', left_s };
  if (promise) return promise;

  if (ticket.state === 'bot') return { kind: 'bot' };
  if (ticket.state === 'waiting') {
    const since = Date.parse(ticket.queued_at ?? ticket.opened_at);
    return { kind: 'queue', waited_s: Math.max(0, secondsBetween(since, now)) };
  }
  const inbound = ticket.last_inbound_at ? Date.parse(ticket.last_inbound_at) : 0;
  const outbound = ticket.last_outbound_at ? Date.parse(ticket.last_outbound_at) : 0;
  return inbound > outbound
    ? { kind: 'our_turn', waited_s: Math.max(0, secondsBetween(inbound, now)) }
    : { kind: 'their_turn' };
}
