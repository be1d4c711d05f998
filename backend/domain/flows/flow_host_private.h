/* What the files of the host share. */
#ifndef DOMAIN_FLOWS_FLOW_HOST_PRIVATE_H
#define DOMAIN_FLOWS_FLOW_HOST_PRIVATE_H

#include "domain/flows/step.h"
#include "domain/tickets/tickets.h"

/* One of the versions that a run stays on. */
struct flow_pin {
    int64_t flow_id, number;
    struct str key;
};

/* A run between being read and being written. */
struct host {
    struct ticket ticket; /* locked */
    bool is_changed;      /* differs from its row */
    int64_t run_id;
    int64_t began_us;
    const struct flow_pin *pins;
    size_t pin_count;
    struct flow_set flows;
    struct flow_words refs; /* that any of them mentions */
    struct run run;
    struct facts facts;
    struct step_out out;
    int64_t heard;    /* the message that it is about; 0: none */
    int64_t pause_ms; /* that its messages make until the one that is said now */
    bool asks_next;   /* when this run ends without asking what its customer thinks, another may */
    bool releases;    /* this step gives the ticket away, or ends it */
};

/*
 * A ticket, locked, with the run that it is in. *is_known: there is no such ticket, or one of its runs was told
 * this before; then nothing else is read.
 */
MUST_CHECK struct err flow_find(struct cx *cx, struct ticket_id ticket, struct str input,
                                struct host *host, bool *is_live, bool *is_known);
/* Tells the run, and does what comes of it; or instead, once, that somebody else has the ticket by now. */
MUST_CHECK struct err flow_take(struct cx *cx, struct host *host, struct input *input);
/* Tells it, whoever has the ticket. host->run is what came of it, and may be told more. */
MUST_CHECK struct err flow_tell(struct cx *cx, struct host *host, const struct input *input);
/* "taken", by whoever had the ticket since the run last heard; a closed one's end. */
struct input flow_hands(struct cx *cx, const struct host *host);

/* --- beginning (flow_host_begin.c) --------------------------------------------------- */

/*
 * A new run of the flow of this key (empty: of whatever begins here with the ticket's first words), to be told `input`, which
 * becomes its start. cause NULL: what the start says. *go is false when there is no such flow any more: then a person has
 * the ticket.
 */
MUST_CHECK struct err flow_begin(struct cx *cx, struct host *host, struct str key,
                                 const char *cause, struct input *input, bool *go);

/* --- other ways to the bot, and away from it ----------------------------------------- */

/* "flow.return": arg is "epoch:mode:key", mode resume, restart or flow (flow_host_return.c). */
struct err flow_return_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                            struct job_outcome *out);
/* "flow.enter": arg is the department. */
struct err flow_enter_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                           struct job_outcome *out);
/* "flow.meanwhile": arg is {call, text, literals}; "flow.unsent": arg is the place of a message (flow_host_later.c). */
struct err flow_meanwhile_step(struct cx *cx, const struct job *job,
                               const struct httpc_answer *answer, struct job_outcome *out);
struct err flow_unsent_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                            struct job_outcome *out);
/* Of the call that the step just made: said if its answer is not there soon. */
void flow_promise_meanwhile(struct cx *cx, const struct host *host, const struct effect *e);
/* "flow.rescue": the heir of a job that told a run something (flow_host_rescue.c). */
struct err flow_rescue_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                            struct job_outcome *out);

/* "flow.call": arg is the id of a call (flow_host_call.c). */
struct err flow_call_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                          struct job_outcome *out);

/*
 * The template that the run's call asks for, said once. *is_said false: it cannot be, and *out is the answer to the call;
 * else its answer is what becomes of the message, "flow.sent": arg is its place (flow_host_template.c).
 */
MUST_CHECK struct err flow_say_template(struct cx *cx, struct host *host, bool *is_said,
                                        struct call_result *out);
struct err flow_sent_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                          struct job_outcome *out);

/* The answer to a call that looks for a registration of the account's own (flow_host_customers.c). */
MUST_CHECK struct err flow_search(struct cx *cx, const struct run *run, struct call_result *out);

/* --- documents (flow_host_documents.c) --------------------------------------------- */

/* The live versions of a flow and of all that it can reach, the first one's own first. Empty: it is not live. */
MUST_CHECK struct err flow_pins_now(struct cx *cx, struct str key, struct flow_pin **pins,
                                    size_t *n);
struct str flow_pins_write(struct arena *a, const struct flow_pin *pins, size_t n);
MUST_CHECK struct err flow_pins_read(struct cx *cx, struct str text, struct flow_pin **pins,
                                     size_t *n);
const struct flow_pin *flow_pin_of(const struct host *host, struct str key); /* NULL */

/* Their documents, read; what a process has read once it remembers. They last until the call ends. */
MUST_CHECK struct err flow_documents(struct cx *cx, struct host *host);

/* --- what a step may know (flow_host_facts.c), and what it is told (flow_host_input.c) ---- */

/* Hours are those of a moment; all else is as it is now. */
MUST_CHECK struct err flow_facts(struct cx *cx, struct host *host, int64_t at_us);

/* Of a message of this kind. */
enum answer_form flow_form_of(struct str kind);
/* "msg:7": what a run is told of a message by. */
struct str flow_message_input(struct arena *a, int64_t seq);
void flow_hears(struct cx *cx, const struct message *message, struct input *out);

/* --- what comes of a step ------------------------------------------------------------ */

/* The ticket's row is as the struct says: before anybody else reads it. */
void flow_host_save(struct cx *cx, struct host *host);

/* Done in their order (flow_host_effects.c). */
MUST_CHECK struct err flow_effects(struct cx *cx, struct host *host);
MUST_CHECK struct err flow_say(struct cx *cx, struct host *host, const struct effect *e);
MUST_CHECK struct err flow_transfer(struct cx *cx, struct host *host, const struct effect *e);
MUST_CHECK struct err flow_close(struct cx *cx, struct host *host, const struct effect *e);
MUST_CHECK struct err flow_survey(struct cx *cx, struct host *host, const struct effect *e);
MUST_CHECK struct err flow_link(struct cx *cx, struct host *host, const struct effect *e);
MUST_CHECK struct err flow_end(struct cx *cx, struct host *host, const struct effect *e);

/* The run, its input, its trace, its figures (flow_host_record.c). */
MUST_CHECK struct err flow_record(struct cx *cx, struct host *host, const struct input *input);

/* "department:7" → 7; 0: it is no such reference. */
int64_t flow_ref_id(struct str ref, const char *kind);
/* A member of an effect's data. */
const struct json *flow_effect_data(struct arena *a, const struct effect *e);

#endif
