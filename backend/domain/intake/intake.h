/*
 * Before a new contact is served: the terms, leave to keep their data, and the data that the account asks
 * for. The ticket is the bot's until that is done; then it waits for a person as any other.
 *
 * Exactly one speaks for us. These questions hold the place of the bot in a ticket that begins with them;
 * flows come after them in the same place. Whoever takes the ticket ends them, whatever was still open.
 */
#ifndef DOMAIN_INTAKE_INTAKE_H
#define DOMAIN_INTAKE_INTAKE_H

#include "domain/tickets/tickets.h"

/*
 * What a customer wrote in a ticket that asks (ticket->intake_needs), saved before: the first time the
 * first question is said; then it is an answer. Part of the transaction that brings the message in, so
 * what is delivered twice is heard once. The ticket is saved with what was said.
 */
MUST_CHECK struct err intake_hear(struct cx *cx, struct ticket *ticket,
                                  const struct message *message, struct str provider_id);

/*
 * A member lets the customer through; the ticket waits for a person.
 *   ERR_INVALID   required (reason)
 *   ERR_CONFLICT  intake_over: nothing is being asked
 */
MUST_CHECK struct err intake_override(struct cx *cx, struct ticket_id id, struct str reason,
                                      struct ticket *out);

extern const struct route intake_routes[];
extern const struct route intake_rules_routes[];

#endif
