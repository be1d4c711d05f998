/*
 * Recorded conversations that are saved with their flow: "meta":{"tests":[…]} of its document, which changes neither what
 * it does nor what it is. They travel with it, and are played before it is published. Pure.
 */
#ifndef DOMAIN_FLOWS_FLOW_TESTS_H
#define DOMAIN_FLOWS_FLOW_TESTS_H

#include "domain/flows/recording.h"

enum { FLOW_TESTS_MAX = 50 /* of a flow; more are not played */ };

struct flow_test {
    int64_t flow_id; /* where it is known */
    struct str flow, id,
        name;              /* the flow is the one it is saved with, whatever it was recorded on */
    struct err unreadable; /* ERR_NONE: it was played */
    struct recording_result result;
    struct str again; /* of one that differs: the same recording as it goes now, JSON */
};
struct flow_tests {
    struct flow_test *v;
    size_t n;
};

/* Those of one document (its JSON), over these flows; coverage may be NULL. */
void flow_tests_play(struct arena *a, const struct json *document, struct flow_set flows,
                     struct coverage *coverage, struct flow_tests *out);

#endif
