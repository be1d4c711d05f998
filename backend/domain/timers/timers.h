/*
 * What happens to a ticket by itself when time passes:
 *
 *   automatic transfer  nobody of ours answered: it goes to a department or an agent, and the customer is told
 *   inactivity          the customer does not come back: a warning, then it is closed
 *   SLA                 an answer or the end was promised within so much time; a badge says how much is left
 *
 * Nothing is decided where messages are written. A chore follows the account's log and looks at each ticket that
 * moved; looking reads the thread from where it last was, under the ticket's lock, starts and ends clocks, and does
 * what is due. Looking late, twice, or after the ticket moved on therefore does what the thread says now, and what
 * was done for an instant is written down and never done again for it.
 *
 * How time counts, as most of the field does it:
 *   - Transfers and promises count open time, of whoever decides the hours of the ticket (hours.h).
 *   - Who waits, waits: clocks of the first and next answer never pause, neither for a snooze nor for a transfer.
 *   - The resolution's pauses while we wait for the customer and while the ticket is snoozed. Closing ends it;
 *     a ticket that is opened again has none any more.
 *   - A transfer waits from the customer's first unanswered message, or since the ticket came to its present
 *     hands, and does nothing while it is snoozed. In one such wait a department's rule acts once.
 *   - Inactivity counts by the clock on the wall from our last answer, because silence at night is silence too; but
 *     it speaks and closes only while somebody is there, and never sooner after its warning than was said.
 *     While the customer waits for us, it does not count at all.
 *   - A bot's words answer nobody, and while a bot serves no clock runs.
 *   - A changed policy holds for clocks that begin afterwards; changed rules of transfer and inactivity hold at once.
 */
#ifndef DOMAIN_TIMERS_TIMERS_H
#define DOMAIN_TIMERS_TIMERS_H

#include "base/http.h"
#include "base/jobs.h"

extern const struct route timers_routes[];
extern const struct route sla_routes[];
extern const struct job_kind timers_jobs[];

#endif
