/*
 * A conversation with a flow, as it rests between two steps. It is one JSON document in a row of its own; this is the
 * same thing for those that walk it.
 */
#ifndef DOMAIN_FLOWS_RUN_H
#define DOMAIN_FLOWS_RUN_H

#include "domain/flows/facts.h"

enum {
    RUN_FRAMES_MAX = 8,
    RUN_BYTES_MAX = 64 << 10,
    RUN_SCRATCH_MAX = 8 << 10,
    RUN_ANSWERS_MAX = 200,
    RUN_VARIABLES_MAX = 150,
    RUN_CARDS_PER_INPUT = 200,
    RUN_SENDS_PER_INPUT = 20,
    RUN_EFFECTS_PER_INPUT = 250, /* of all kinds: a step takes little memory */
    RUN_CARDS_MAX = 5000,
    RUN_SEEN_INPUTS =
        64 /* ids kept: what comes again is refused; the host's unique key holds the rest */
};

enum run_state { RUN_RUNNING, RUN_ASKING, RUN_WAITING, RUN_CALLING, RUN_HELD, RUN_ENDED };
extern const char *const run_state_names[];

struct run_place {
    struct str flow; /* key */
    struct str card; /* id; empty in a frame's flow that has not begun */
};

struct run_answer {
    struct str card;
    struct str option;           /* id, yes, no; empty: awaited data */
    struct variable_value value; /* what was stored; empty when sensitive */
    struct str label;            /* as people read it */
    int64_t at_us;
};

struct run_variable {
    struct str name; /* flow.x */
    struct variable_value value;
    bool is_sealed; /* the text is the slot of its seal */
};

struct run {
    int64_t id;
    int64_t epoch;
    struct str cause; /* inbound, entry, department, … */
    struct str root;  /* flow it began with */
    enum run_state state;
    struct run_place at;
    struct run_place frames[RUN_FRAMES_MAX]; /* who called, outermost first */
    int frame_count;
    int64_t seq;        /* steps done */
    int64_t steps;      /* cards run */
    int64_t tokens;     /* last one given out */
    int phase;          /* the card's own; 0 when entered */
    struct str scratch; /* the card's own, JSON; empty when entered */
    int visits;         /* of cards, for the trace */
    int alone;          /* inputs in a row that came from no person */

    struct {
        int64_t token;
        int64_t first_token; /* since which the same is asked: a tap on one of these is as good */
        int64_t remind_token, expire_token, gather_token; /* 0: none runs */
        int attempts, ambiguous, stale, reminders;
        int64_t asked_at_us;
        bool is_sensitive;
        const struct str *options; /* ids that are on the customer's screen */
        size_t option_count;
        struct str gathered; /* fragments so far */
    } ask;
    bool is_confirming_opt_out; /* an interruption: the ask above is what was interrupted */
    struct {
        int64_t token, until_us;
        bool breaks_on_message;
    } wait;
    struct {
        struct str id; /* <run>.<seq>.<n> of its effect */
        struct str kind, action;
        int64_t token; /* of its deadline */
        bool is_safe;
        bool human_after; /* they asked for a person meanwhile */
        struct str request;
        int64_t deadline_s; /* both for doing it again after a person had the ticket */
    } call;
    struct {
        struct str cause; /* taken, transferred */
        int64_t since_us;
        enum run_state was;
        struct str result; /* of a call that came meanwhile, JSON */
        int64_t result_at_us;
    } held;

    struct str first_text;
    struct str last_text, last_kind; /* what the customer wrote last; never a sensitive answer */
    struct run_answer *answers;
    size_t answer_count;
    struct run_variable *variables;
    size_t variable_count;
    struct {
        struct str id, proof, contract;
    } customer;
    bool is_authenticated;
    struct str hours; /* period:1, department:2 that {{hours.*}} speaks of; empty: the fallback's */
    struct str seen[RUN_SEEN_INPUTS]; /* a ring */
    int seen_at;
    struct {
        struct str reason, card;
        int64_t at_us;
    } ended;
};

/* Everything lives as long as the arena. ERR_INVALID "run": not one of ours. */
MUST_CHECK struct err run_read(struct arena *a, const struct json *json, struct run *out);
void run_write(struct json_out *o, const struct run *run);

struct run_variable *run_variable(const struct run *run, struct str name);     /* NULL: not set */
const struct run_answer *run_answered(const struct run *run, struct str card); /* last one; NULL */

#endif
