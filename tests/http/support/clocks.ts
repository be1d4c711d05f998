/** Time that passes for one ticket: its clocks are set as if they had begun earlier. */
import { randomUUID } from 'node:crypto';

import { sql } from './database.ts';
import type { Ticket } from './desk.ts';
import { until } from './until.ts';

export const aPolicy = (more: object = {}): object => ({ name: randomUUID(), first_answer_min: 30, next_answer_min: 60, warn_percent: 75, ...more });

export const clock = (ticket: Ticket, kind: string): Promise<string> =>
  until(`a clock of ${kind}`, async () => (await sql("SELECT due_at FROM ticket_clocks WHERE ticket_id = :'t' AND kind = :'kind'", { t: ticket.id, kind })) || undefined);

export const CLOCKS = `
  UPDATE ticket_timers SET unanswered_since = unanswered_since - :'by'::interval, answered_at = answered_at - :'by'::interval WHERE ticket_id = :'t';
  UPDATE ticket_clocks SET stands_for = stands_for - :'by'::interval, running_since = running_since - :'by'::interval, warn_at = warn_at - :'by'::interval,
         due_at = due_at - :'by'::interval, look_at = look_at - :'by'::interval WHERE ticket_id = :'t';`;
export const TICKET = "UPDATE tickets SET queued_at = queued_at - :'by'::interval, assigned_at = assigned_at - :'by'::interval WHERE id = :'t';";

/** So much time passes for this ticket and its clocks. */
export const pass = (ticket: Ticket, by: string): Promise<string> => sql(`BEGIN; ${TICKET} ${CLOCKS} COMMIT;`, { t: ticket.id, by });
