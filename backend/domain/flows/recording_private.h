/* What the files of recordings share. */
#ifndef DOMAIN_FLOWS_RECORDING_PRIVATE_H
#define DOMAIN_FLOWS_RECORDING_PRIVATE_H

#include "domain/flows/recording.h"

/* What is given, or a patch of it: only the members that are there change anything. */
struct given {
    struct arena *arena;
    struct facts *facts;
    int64_t now_us;
    bool is_strict;
    struct run_variable *variables;
    size_t variable_count;
};
MUST_CHECK struct err given_read(struct given *given, const struct json *json);

/* A conversation as it is played. */
struct play {
    struct simulation simulation;
    const struct recording *recording;
    size_t said_from;    /* effects since the last in, advance_s or agent begin here */
    size_t checked_from; /* … and since the last check */
    int64_t *stubs_used;
    struct recording_result result;
};

/* Each fills in the result and gives false when something differs. */
bool play_out(struct play *play, const struct json *out);
bool play_check(struct play *play, const struct json *check);
bool play_differs(struct play *play, struct str card, struct str expected, struct str got);

void coverage_add(struct coverage *coverage, const struct simulation *s);

#endif
