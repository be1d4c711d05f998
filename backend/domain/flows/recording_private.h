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
    struct str card; /* to begin at */
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

/* A flow that is not there, or a card to begin at that is not: no step can be played. */
bool play_begin(struct play *play, struct arena *a, const struct recording *recording,
                struct flow_set flows);

/* Each fills in the result and gives false when something differs. */
bool play_step(struct play *play, const struct json *step);
bool play_out(struct play *play, const struct json *out);
bool play_check(struct play *play, const struct json *check);
bool play_differs(struct play *play, struct str card, struct str expected, struct str got);

/* Whether a text is what was expected, names and “anything” understood. */
bool text_is_expected(const struct simulation *s, struct str expected, struct str text);
bool effect_is_said(const struct effect *e);
/* For `check`: messages are of `out`, and timers of the clock. */
bool effect_counts(const struct effect *e);
/* One member of `check` (state, at, attempts, reason, path) as it is now; .p == NULL: there is none of that name. */
struct str check_now(const struct play *play, struct str name);

/* What was said, and a value, as a recording keeps them; something else that answers the same question. */
struct str mask_text(const struct simulation *s, const struct content *content);
struct str mask_value(const struct simulation *s, struct str name);
struct str mask_answer(struct arena *a, struct str validator, struct str answer);
/* A right answer that is nobody's; empty: any will do. */
struct str mask_sample(struct str validator);
/* Of "meu nome é ana souza" the name; empty: it is none. */
struct str mask_name(struct arena *a, struct str answer);

void coverage_add(struct coverage *coverage, const struct simulation *s);

#endif
