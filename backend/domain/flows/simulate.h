/*
 * A conversation with a flow without a house around it: no customer, no clock, no other system. Whoever drives it says
 * what is written and how much time goes by; what a step wants done is done to the facts alone, and remembered. The
 * simulator of the builder and recorded tests are both this, over the interpreter that production runs. Pure.
 */
#ifndef DOMAIN_FLOWS_SIMULATE_H
#define DOMAIN_FLOWS_SIMULATE_H

#include "domain/flows/step.h"

/* A call that is waiting for its answer: {kind, action, request} as the card made it. */
struct simulated_call {
    struct str id; /* of its effect */
    struct str kind, action;
    const struct json *request;
};

/* What the other system says. False: nobody knows. after_s: how long it takes. */
typedef bool simulated_answer(void *arg, const struct simulated_call *call, struct call_result *out,
                              int64_t *after_s);

struct simulated_event; /* something that happens by itself, later */

struct simulation {
    struct arena *arena; /* everything lives there */
    struct flow_set flows;
    struct run *run;
    struct facts *facts;
    int64_t now_us;
    simulated_answer *answer; /* NULL: nothing answers */
    void *answer_arg;

    /* All that happened so far. */
    struct effect *effects;
    size_t effect_count, effect_room;
    struct trace_entry *trace;
    size_t trace_count, trace_room;

    /* Set when a call was made that nothing answers; the conversation stands still there. */
    const struct simulated_call *unanswered;

    /* Registrations that answers told of: whoever is linked is one of these. */
    struct fact_registration *told;
    size_t told_count, told_room;

    struct simulated_event *events;
    size_t event_count, event_room;
    int64_t events_made;
    int64_t inputs; /* so far: their ids */
};

/* Facts are copied; the bot has the ticket. Nothing is said yet: the first input is INPUT_START. */
void simulate_begin(struct simulation *s, struct arena *a, struct flow_set flows, struct str root,
                    const struct facts *facts, int64_t now_us);

/*
 * One input, now; its id and times are made here. Answers of calls then come in the order of time, each moving the clock,
 * until none is open.
 */
void simulate_input(struct simulation *s, struct input input);

/* Time goes by: timers and answers that fall due come in the order of time, then of their making. */
void simulate_wait(struct simulation *s, int64_t seconds);

/* A tap on one of the options that are on the customer's screen; of none that is: its words are typed. */
struct input simulate_tap(const struct simulation *s, struct str option);

/* The ticket changes hands. */
void simulate_taken(struct simulation *s);
void simulate_returned(struct simulation *s, struct str mode, struct str flow);
void simulate_closed(struct simulation *s, bool was_served);

/* When something happens by itself next; 0: nothing will. */
int64_t simulate_next(const struct simulation *s);

/* What a name says now; and a text with names in it, as the flow would say it where it stands. */
struct variable_value simulate_value(const struct simulation *s, struct str name);
struct str simulate_text(const struct simulation *s, struct str with_variables);

#endif
