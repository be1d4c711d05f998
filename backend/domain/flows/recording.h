/*
 * Conversations that were recorded and must go on as they went: a test file says what is given, what is answered by other
 * systems, and then, step by step, what comes in and what must come out. Pure; the same in a shell and on publishing.
 *
 *     {"format":"balcao-flow-test","format_version":1,"id":"urgente","flow":"plantao","name":"…","level":"texts",
 *      "given":{"channel":"whatsapp","now":"2026-11-20T09:30:00-03:00","contact":{"name":"Ana Exemplo"}},
 *      "stubs":[{"kind":"http","where":[{"pointer":"/url","equals":"https://…"}],"after_s":1,"data":{…}}],
 *      "steps":[{"in":{"kind":"message","text":"oi"}},
 *               {"out":[{"send":"Bom dia, <<contact.first_name>>! <<*>>","card":"saudacao"},
 *                       {"ask":"É urgente?","card":"urgente","options":["yes","no"]}]},
 *               {"in":{"kind":"reply","option":"yes"}}, {"advance_s":600}, {"fact":{"periods":[…]}},
 *               {"agent":"taken"}, {"agent":{"returned":"resume"}}, {"agent":{"closed":"served"}},
 *               {"check":{"state":"ended","reason":"finished","path":["saudacao","urgente"],
 *                         "effects":[{"tag":{"tags":["tag:1"]}}],"vars":[{"name":"flow.x","value":"1"}]}}]}
 *
 * The first message begins the conversation. `out` is all that was said since the last in, advance_s or agent; other
 * effects count only where `check` lists them, in their order, but with "strict":true in `given` all since the last check
 * must be listed. Level "path" compares cards and options, and no texts. `given` may name a card to begin at.
 *
 * Saved with a flow, they stand in its document as "meta":{"tests":[…]}: see flow_tests.h.
 */
#ifndef DOMAIN_FLOWS_RECORDING_H
#define DOMAIN_FLOWS_RECORDING_H

#include "domain/flows/pseudonyms.h"
#include "domain/flows/simulate.h"

enum {
    RECORDING_STEPS_MAX = 300,
    RECORDING_STUBS_MAX = 100,
    RECORDING_ADVANCE_MAX_S = 366 * 24 * 60 * 60 /* at once */
};

struct recording {
    struct str id, name, flow; /* flow: key of the one it begins with */
    struct str start;          /* card that it begins at; empty: the flow's own */
    bool compares_texts, is_strict;
    int64_t now_us;
    struct facts facts;
    const struct run_variable *variables; /* flow.x that are given */
    size_t variable_count;
    const struct json *given, *stubs, *steps;
    struct pseudonyms
        *people; /* recording_write: who the words of real people are of; NULL: made up already */
};

struct recording_result {
    bool has_passed;
    int step; /* where it first differs, from 1 */
    struct str card, expected, got;
};

/* What tests reach of flows: cards that were entered, and outlets that were left by. */
struct coverage {
    struct arena *arena;
    struct str *places; /* "flow card" and "flow card outlet" */
    size_t n, room;
};
struct covered {
    int cards, cards_reached, outlets, outlets_reached;
};

/* ERR_INVALID "test_format", or the slug of what is wrong with the field named, steps[3] from 0. Lives as the arena. */
MUST_CHECK struct err recording_read(struct arena *a, const struct json *json,
                                     struct recording *out);
/* The same of its parts; without a name, and steps may be none. */
MUST_CHECK struct err recording_make(struct arena *a, struct str flow, const struct json *given,
                                     const struct json *stubs, const struct json *steps,
                                     struct recording *out);

/* Coverage may be NULL. A flow that is not in the set is a difference at step 1. */
struct recording_result recording_play(struct arena *a, const struct recording *recording,
                                       struct flow_set flows, struct coverage *coverage);

/*
 * The same conversation written down as it goes now, as JSON: what comes in stays, what comes out is what is said, checks
 * hold what there is. Protocols, dates, times, documents, phones and e-mails are masked where texts say them, and what is
 * answered to a sensitive question is replaced by something made up, as are people in what comes in where they are real.
 * It ends before a step that cannot be played.
 */
struct str recording_write(struct arena *a, const struct recording *recording,
                           struct flow_set flows);

/* Of the cards that are not parked. */
struct covered coverage_of(const struct coverage *coverage, const struct flow_document *document);

#endif
