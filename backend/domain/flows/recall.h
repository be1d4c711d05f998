/*
 * A conversation that a ticket had with a flow, as a recording of that flow: what its customer wrote, at the hours at
 * which they wrote it, in the world as it was then, with people made up. What is said to it is what the version says that
 * it was had with, which is what was said: where it is not, because something of that day is known no more, the first
 * card that differs is told.
 */
#ifndef DOMAIN_FLOWS_RECALL_H
#define DOMAIN_FLOWS_RECALL_H

#include "base/http.h"
#include "domain/tickets/tickets.h"

struct recall {
    int64_t flow_id; /* whose test it is */
    struct str
        test; /* JSON, as recording_write makes it; its id and name are whoever's who keeps it */
    int64_t place;    /* of the first card that differs, from 1; 0: it goes as it went */
    struct str then;  /* the card that was met there; empty: none was any more */
    struct str again; /* the one that is met now */
};

/*
 * Whoever sees the ticket. ERR_NOT_FOUND "not_found"; ERR_CONFLICT "run_goes_on", "too_long_for_test", "conversation_gone":
 * nothing of what came in is kept any more, "flow_unknown": its versions are gone.
 */
MUST_CHECK struct err recall(struct cx *cx, struct ticket_id ticket, int64_t run,
                             struct recall *out);

extern const struct route recall_routes[];

#endif
