/*
 * Conversations with flows, as people look at them afterwards: which ones a ticket had, and card by card where one of
 * them came by. Whoever sees the ticket sees them; ERR_NOT_FOUND "not_found" of all others.
 */
#ifndef DOMAIN_FLOWS_FLOW_RUNS_H
#define DOMAIN_FLOWS_FLOW_RUNS_H

#include "base/http.h"
#include "domain/tickets/tickets.h"

enum {
    FLOW_RUN_ENTRIES_MAX = 3000, /* of a trace that are read; the latest */
    FLOW_RUN_INPUTS_MAX = 1000
};

/* A card of a version. */
struct flow_run_card {
    int64_t flow_id, number;
    struct str card, type;
    struct str name; /* its author's; empty: none */
};

struct flow_run {
    int64_t id;
    int64_t flow_id, number; /* it began with */
    struct str flow;         /* name */
    struct str cause, phase;
    int64_t started_at_us, stepped_at_us, ended_at_us; /* 0: not ended */
    struct str end_reason;
    struct flow_run_card
        at; /* in lists, where it stands; card.p == NULL: it has ended, or not begun */
    int64_t entered_at_us; /* there */
    int64_t asked_at_us;   /* there; 0: never */
};

struct flow_run_list {
    struct flow_run *v;
    size_t n;
    bool has_more;
};

/* Newest first; before: an id, 0: from the newest. */
MUST_CHECK struct err flow_runs_list(struct cx *cx, struct ticket_id ticket, int64_t before,
                                     int64_t limit, struct flow_run_list *out);

/* --- where one came by ------------------------------------------------------------ */

struct flow_run_input {
    struct str kind; /* msg, timer, call, taken, … */
    int64_t at_us;
    int64_t message_seq;   /* 0: no message, or gone */
    struct str form, text; /* of the message */
    bool is_hidden;        /* sensitive, or taken away since */
};

struct flow_run_call {
    struct str action;
    struct str outcome; /* .p == NULL: none came */
    int64_t at_us, took_ms;
};

/* How a visit closed; the words of 6.3. */
enum flow_visit_state {
    FLOW_VISIT_OPEN,
    FLOW_VISIT_LEFT,
    FLOW_VISIT_ENDED,
    FLOW_VISIT_INTERRUPTED,
    FLOW_VISIT_MOVED
};
extern const char *const flow_visit_state_names[];

struct flow_visit {
    int64_t visit; /* of the run; rises */
    struct flow_run_card card;
    enum flow_visit_state state;
    struct str via;
    int64_t entered_at_us, closed_at_us; /* 0: not closed */
    int64_t asked_at_us;                 /* last time; 0: never */
    int64_t ask_count, invalid_count, ambiguous_count, remind_count;
    struct str outlet, matched_by; /* of what was left */
    struct str reason;             /* of an end, or of who interrupted it */
    int64_t answered_ms;           /* 0: nobody did */
    struct str answer;             /* as it may be shown; .p == NULL: none */
    struct str skipped, error;
    struct flow_run_input *inputs;
    size_t input_count;
    struct flow_run_call *calls;
    size_t call_count;
};

struct flow_run_variable {
    struct str name, type;
    struct str value; /* masked; .p == NULL: not to be shown */
};

struct flow_path {
    struct flow_run run;
    struct flow_visit *visits; /* in their order */
    size_t visit_count;
    bool has_earlier; /* too many to be shown */
    struct flow_run_variable *variables;
    size_t variable_count;
};

MUST_CHECK struct err flow_runs_path(struct cx *cx, struct ticket_id ticket, int64_t run,
                                     struct flow_path *out);

extern const struct route flow_runs_routes[];

#endif
