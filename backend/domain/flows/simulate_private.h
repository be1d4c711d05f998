/* What the files of the simulator share. */
#ifndef DOMAIN_FLOWS_SIMULATE_PRIVATE_H
#define DOMAIN_FLOWS_SIMULATE_PRIVATE_H

#include "domain/flows/simulate.h"

/* A timer, or an answer on its way. */
struct simulated_event {
    int64_t at_us, order;
    bool is_answer; /* else a timer */
    int64_t token;
    struct str which;
    struct call_result result;
};

/* The list with room for one more. */
void *simulate_grown(struct arena *a, void *list, size_t n, size_t *room, size_t size);

/* What an effect does to the world of this conversation. */
void simulate_do(struct simulation *s, const struct effect *e);
/* What an answer says of customers: one of them may be linked. */
void simulate_hear(struct simulation *s, const struct json *data);

#endif
