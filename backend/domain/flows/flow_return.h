/*
 * Giving a ticket back to the bot. Whoever had it says how the bot goes on: where it was, from the start, or with another
 * flow. The run is told by a job (flow_host.h), and until then nothing is said.
 */
#ifndef DOMAIN_FLOWS_FLOW_RETURN_H
#define DOMAIN_FLOWS_FLOW_RETURN_H

#include "domain/flows/flows.h"
#include "domain/tickets/tickets.h"

enum flow_return_mode { RETURN_RESUME, RETURN_RESTART, RETURN_FLOW };
extern const char *const flow_return_mode_names[]; /* NULL ends the list */

struct flow_return {
    enum flow_return_mode mode;
    struct flow_id flow; /* RETURN_FLOW: which; else 0 */
};

/*
 * A run that handed its ticket over has nothing to resume: it begins again. One that the bot has already stays as it is.
 *
 *   ERR_INVALID    required, unknown_value (flow_id)
 *   ERR_NOT_FOUND  not_found; flow_unknown (flow_id)
 *   ERR_CONFLICT   ticket_closed; opted_out: its customer wants no messages; no_flow: none begins here;
 *                  flow_is_not_live (flow_id)
 */
MUST_CHECK struct err flows_return(struct cx *cx, struct ticket_id id,
                                   const struct flow_return *wish, struct ticket *out);

/* What it could be given back to now; of a closed one, and of one that the bot has, nothing. */
struct flow_return_ways {
    bool is_opted_out; /* its customer wants no messages: none of these will do */
    bool can_resume;   /* a run waits for it */
    bool can_restart;  /* that, or one that begins where it is */
    struct db_rows
        flows; /* id and name of each that speaks on its channel, by name; as long as cx */
};

/* ERR_NOT_FOUND not_found */
MUST_CHECK struct err flows_return_ways(struct cx *cx, struct ticket_id id,
                                        struct flow_return_ways *out);

extern const struct route flow_return_routes[];

#endif
