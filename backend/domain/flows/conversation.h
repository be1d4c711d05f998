/*
 * A conversation played by hand, as the builder's simulator shows it: what is given, the steps so far, and what comes of
 * each. Nothing is kept between two calls: all of it is played again from its beginning. Pure.
 *
 * Steps and stubs are those of recordings; `out` and `check` have no place here.
 */
#ifndef DOMAIN_FLOWS_CONVERSATION_H
#define DOMAIN_FLOWS_CONVERSATION_H

#include "domain/flows/recording.h"

enum { CONVERSATION_BYTES_MAX = 64 << 20 /* of memory, for one */ };

/* What one step brought: effects from here up to the next turn's. */
struct turn {
    size_t step; /* from 0 */
    size_t effects_from;
    int64_t at_us; /* when it was over */
};

struct conversation {
    const struct simulation *simulation;
    struct turn *turns;
    size_t turn_count; /* fewer than steps: a call waits for an answer that nobody gave */
};

/* ERR_INVALID: test_step (steps[2]), unknown_value (given: a card to begin at), conversation_too_long. */
MUST_CHECK struct err conversation_play(struct arena *a, const struct recording *recording,
                                        struct flow_set flows, struct conversation *out);

/* Its members, into an object that is open: see FlowSimulation in the API's description. */
void conversation_write(struct json_out *o, const struct conversation *c);

/*
 * What is given, made whole: the hour, a channel, a customer, a protocol, and every department, period and shift that the
 * flows mention, open and staffed. What is there already stays. JSON.
 */
struct given_defaults {
    struct str now, company;
    enum flow_channel channel;
};
struct str given_complete(struct arena *a, const struct json *given, struct flow_set flows,
                          const struct given_defaults *defaults);

#endif
