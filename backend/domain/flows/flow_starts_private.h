/* What the files of starts share: all of them, and all agents, as somebody wants them. */
#ifndef DOMAIN_FLOWS_FLOW_STARTS_PRIVATE_H
#define DOMAIN_FLOWS_FLOW_STARTS_PRIVATE_H

#include "domain/flows/flows_private.h"

struct flow_beginnings {
    struct flow_start *starts;
    size_t n;
    struct flow_agent *agents;
    size_t agent_count;
};

/* NULL: nobody is called so, or no name was said. */
const struct flow_agent *flow_beginnings_agent(const struct flow_beginnings *b, struct str name);

/* "starts[2].channel_id" */
const char *flow_beginnings_field(struct cx *cx, const char *list, size_t i, const char *name);

/* What each must and must not say; what is compared is folded and trimmed. */
MUST_CHECK struct err flow_beginnings_check(struct cx *cx, const struct flow_beginnings *b);

/* Whether what they name is there and on, and each flow fits where it is to speak. */
MUST_CHECK struct err flow_beginnings_fit(struct cx *cx, const struct flow_beginnings *b,
                                          struct flow_id *unfit, struct findings *findings);

#endif
