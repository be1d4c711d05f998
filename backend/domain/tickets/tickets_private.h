/*
 * What the files of this room share and others have no business with.
 */
#ifndef DOMAIN_TICKETS_PRIVATE_H
#define DOMAIN_TICKETS_PRIVATE_H

#include "domain/tickets/tickets.h"

extern const char *const ticket_state_names[];

/* Tells the screens: a message that was appended, or (NULL) that the ticket changed. tickets_save does it too. */
void tickets_tell(struct cx *cx, const struct ticket *ticket, const struct message *message);

/* What decides who may see it now. */
struct event_facts ticket_facts(const struct ticket *ticket);

/* A row of a statement that selects @ticket_row; what it selects beyond begins at TICKET_COLUMNS. */
enum { TICKET_COLUMNS = 36 };
struct ticket ticket_from_row(const struct db_row *row);

#endif
