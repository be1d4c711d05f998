/* What the preview of a move and its job share. */
#ifndef DOMAIN_FLOWS_FLOW_MOVES_PRIVATE_H
#define DOMAIN_FLOWS_FLOW_MOVES_PRIVATE_H

#include "domain/flows/flow_host_private.h"
#include "domain/flows/flow_moves.h"
#include "domain/flows/flows_private.h"

/* A flow as it is live, with all that it reaches: itself first. */
struct flow_target {
    struct flow_id flow;
    const struct flow_pin *pins;
    size_t pin_count;
};

/* ERR_CONFLICT "flow_is_not_live". */
MUST_CHECK struct err flow_target_read(struct cx *cx, struct flow_id flow, struct str key,
                                       struct flow_target *out);

/*
 * What a run stays on once it was moved: of one that began with this flow, the target; of one that came to it, what it
 * had, but for what the target reaches. May be more than FLOW_CLOSURE_MAX.
 */
size_t flow_target_pins(struct arena *a, const struct flow_target *target,
                        const struct flow_pin *old, size_t n, struct flow_pin **out);

#endif
