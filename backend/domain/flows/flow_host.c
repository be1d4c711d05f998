/*
 * The course of an input: ticket locked, run read or begun, one step, everything written. Jobs of one ticket run in
 * its lane; a timer runs beside it, and the lock puts it in order.
 */
#include "flow_host.h"

#include "base/clock.h"
#include "flow_host_private.h"
#include "flow_media.h"
#include "flow_recount.h"

#include "flows_host.sql.h"

#define LOOK "look" /* a timer of the host's own, see look_later */

/* --- going on ------------------------------------------------------------------------------ */

static struct err
read_run(struct cx *cx, struct host *host, const struct db_row *row)
{
    const struct json *state;
    struct flow_pin *pins;

    host->run_id = db_i64(row, 0);
    host->began_us = db_time(row, 4);
    TRY(flow_pins_read(cx, db_str(row, 1), &pins, &host->pin_count));
    host->pins = pins;
    TRY(json_parse(cx->arena, db_str(row, 2), &state));
    return run_read(cx->arena, state, &host->run);
}

struct input
flow_hands(struct cx *cx, const struct host *host)
{
    bool is_closed = host->ticket.state == TICKET_CLOSED;

    return (struct input){
        .kind = is_closed ? INPUT_TICKET_CLOSED : INPUT_TAKEN,
        .id = is_closed
                  ? STR("closed")
                  : str_fmt(cx->arena, "taken:%lld", (long long)host->ticket.controller_epoch),
        .at_us = cx->now_us,
        .how = STR("app"),
        .was_served = host->ticket.first_reply_at_us != 0,
    };
}

/* Somebody else has it by now, or had it meanwhile: that is what the run is told instead, once. */
static bool
notice_hands(struct cx *cx, const struct host *host, struct input *input)
{
    if (tickets_is_flows(&host->ticket) && host->ticket.controller_epoch == host->run.epoch)
        return true;
    if (host->ticket.state != TICKET_CLOSED && host->run.state == RUN_HELD)
        return false;
    *input = flow_hands(cx, host);
    return true;
}

/* Nothing more comes to a run that is held, not even the end of its ticket: somebody has to look. */
static void
look_later(struct cx *cx, const struct host *host)
{
    jobs_add(cx, "flow.timer", 0, host->ticket.id.v,
             str_fmt(cx->arena, "%lld:0:" LOOK, (long long)host->run_id), cx->now_us + US_PER_DAY);
}

/* The flow that it came through has nothing to ask: another may. */
static struct err
ask_next(struct cx *cx, const struct ticket *t)
{
    jobs_add(cx, "flow.closed", jobs_lane("ticket", t->id.v, 0), t->id.v,
             str_fmt(cx->arena, "%lld:next", (long long)t->last_seq), 0);
    return OK;
}

/*
 * A run may end without handing its ticket on. A person goes on with it; where nobody may be answered, because they want
 * no messages or the network takes none, nobody has to.
 */
static struct err
leave_nobody_alone(struct cx *cx, struct host *host)
{
    struct str reason = host->run.ended.reason;

    if (host->run.state != RUN_ENDED || host->releases || !tickets_is_flows(&host->ticket) ||
        str_eq(reason, STR("replaced")))
        return OK;
    if (host->asks_next)
        return ask_next(cx, &host->ticket);
    if (str_eq(reason, STR("window_closed")) || str_eq(reason, STR("opted_out")) ||
        host->ticket.state == TICKET_SURVEYING)
        return tickets_end(cx, host->ticket.id, &(struct ticket_ending){ 0 }, &host->ticket);
    tickets_to_queue(cx, &host->ticket);
    tickets_save(cx, &host->ticket, NULL);
    return OK;
}

struct err
flow_tell(struct cx *cx, struct host *host, const struct input *input)
{
    if (input->kind == INPUT_TAKEN)
        look_later(cx, host);
    host->heard = input->message_id;
    host->releases = false;
    TRY(flow_documents(cx, host));
    TRY(flow_facts(cx, host, cx->now_us));
    flow_step(cx->arena, host->flows, &host->run, &host->facts, input, cx->now_us, &host->out);
    TRY(flow_record(cx, host, input));
    TRY(flow_effects(cx, host));
    host->run = *host->out.run;
    return leave_nobody_alone(cx, host);
}

struct err
flow_find(struct cx *cx, struct ticket_id ticket, struct str input, struct host *host,
          bool *is_live, bool *is_known)
{
    struct err e = tickets_lock(cx, ticket, &host->ticket);
    struct db_row row;

    *is_live = false;
    *is_known = true;
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    TRY(db_one(cx, &SQL_run_of_ticket, &row, P_ID(cx->account), P_ID(host->ticket.id),
               P_STR(input)));
    *is_known = db_bool(&row, 3);
    *is_live = !db_is_null(&row, 0);
    return *is_live && !*is_known ? read_run(cx, host, &row) : OK;
}

struct err
flow_take(struct cx *cx, struct host *host, struct input *input)
{
    return notice_hands(cx, host, input) ? flow_tell(cx, host, input) : OK;
}

/*
 * Written before the run began, which began otherwise than by being written to: no answer to anything of it. A job that
 * died and is replayed later finds such a run.
 */
static bool
is_past(const struct host *host, const struct message *message)
{
    return message->created_at_us < host->began_us && !str_eq(host->run.cause, STR("inbound")) &&
           !str_eq(host->run.cause, STR("entry"));
}

/* "flow.hear": arg is the place of a message, and after a colon what it says when nobody else is to read that. */
static struct err
hear_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
          struct job_outcome *out)
{
    struct host *host = arena_new_of(cx->arena, struct host);
    struct str hidden = job->arg, place;
    struct message message;
    struct input input;
    bool is_live, is_known, go;
    int64_t seq;

    (void)answer;
    (void)out;
    if (!str_cut(&hidden, ':', &place) || !str_i64(place, &seq))
        return FAIL(ERR_INVALID, "arg_invalid");
    TRY(flow_find(cx, (struct ticket_id){ job->subject_id }, flow_message_input(cx->arena, seq),
                  host, &is_live, &is_known));
    if (is_known || (!is_live && host->ticket.state != TICKET_BOT))
        return OK;
    TRY(tickets_message_of(cx, &host->ticket, seq, &message));
    if (hidden.len > 0)
        TRY(messages_reveal(cx, hidden, &message));
    flow_hears(cx, &message, &input);
    input.is_legible = hidden.len == 0;
    if (is_live)
        return is_past(host, &message) ? OK : flow_take(cx, host, &input);
    TRY(flow_begin(cx, host, STR(""), NULL, &input, &go));
    return go ? flow_tell(cx, host, &input) : OK;
}

/* --- the end by a person --------------------------------------------------------------------- */

/* Its customer is asked what they think: by the flow that waited for this, else by one that is for it, else not at all. */
static struct err
survey(struct cx *cx, struct host *host, struct input *input, bool is_live)
{
    const struct ticket *t = &host->ticket;
    struct db_row row;
    bool found, go;

    if (is_live) {
        input->kind = INPUT_TICKET_CLOSED;
        input->was_served = true;
        host->asks_next = true;
        return flow_tell(cx, host, input);
    }
    TRY(db_opt(cx, &SQL_run_survey, &found, &row, P_ID(cx->account), P_ID(t->department)));
    if (!found)
        return tickets_end(cx, t->id, &(struct ticket_ending){ 0 }, &host->ticket);
    TRY(flow_begin(cx, host, db_str(&row, 0), "survey", input, &go));
    return go ? flow_tell(cx, host, input) : OK;
}

/* "flow.closed": a person closed the ticket, or would have and its customer is asked first. arg: the last message by then. */
static struct err
closed_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
            struct job_outcome *out)
{
    struct host *host = arena_new_of(cx->arena, struct host);
    struct input input = {
        .id = str_fmt(cx->arena, "served:%.*s", STR_ARG(job->arg)),
        .at_us = cx->now_us,
    };
    bool is_live, is_known;

    (void)answer;
    (void)out;
    TRY(flow_find(cx, (struct ticket_id){ job->subject_id }, input.id, host, &is_live, &is_known));
    if (is_known)
        return OK;
    if (host->ticket.state == TICKET_CLOSED)
        return is_live ? flow_take(cx, host, &input) : OK;
    return host->ticket.state == TICKET_SURVEYING ? survey(cx, host, &input, is_live) : OK;
}

/* --- timers ------------------------------------------------------------------------------------ */

/* A token that is not current means nothing, and most are not. */
static bool
is_current(const struct run *run, int64_t token)
{
    const int64_t current[] = { run->ask.remind_token, run->ask.expire_token, run->ask.gather_token,
                                run->wait.token, run->call.token };

    for (size_t i = 0; i < sizeof current / sizeof current[0]; i++)
        if (current[i] == token && token != 0)
            return true;
    return false;
}

/* "flow.timer": arg is "run:token:which". */
static struct err
timer_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
           struct job_outcome *out)
{
    struct host *host = arena_new_of(cx->arena, struct host);
    struct input input = {
        .kind = INPUT_TIMER,
        .id = str_fmt(cx->arena, "timer:%.*s", STR_ARG(job->arg)),
        .at_us = cx->now_us,
        .which = job->arg,
    };
    bool is_live, is_known, is_look;
    struct str run, token;
    int64_t id;

    (void)answer;
    (void)out;
    if (!str_cut(&input.which, ':', &run) || !str_i64(run, &id) ||
        !str_cut(&input.which, ':', &token) || !str_i64(token, &input.token))
        return FAIL(ERR_INVALID, "arg_invalid");
    TRY(flow_find(cx, (struct ticket_id){ job->subject_id }, input.id, host, &is_live, &is_known));
    if (!is_live || is_known || host->run_id != id)
        return OK;
    is_look = str_eq(input.which, STR(LOOK));
    if (is_look && host->ticket.state != TICKET_CLOSED)
        look_later(cx, host);
    else if (is_look || is_current(&host->run, input.token))
        return flow_take(cx, host, &input);
    return OK;
}

/* Some two minutes of trying, while a customer waits for a word: then people go on. */
enum { ATTEMPTS = 10, RESCUES = 20 };

const struct job_kind flows_jobs[] = {
    { "flow.hear", QUEUE_FLOW, hear_step, NULL, ATTEMPTS, .backoff_ms = 200,
      .heir = "flow.rescue" },
    { "flow.timer", QUEUE_FLOW, timer_step, NULL, ATTEMPTS, .backoff_ms = 500,
      .heir = "flow.rescue" },
    { "flow.call", QUEUE_FLOW, flow_call_step, NULL, ATTEMPTS, .backoff_ms = 500,
      .heir = "flow.rescue" },
    { "flow.closed", QUEUE_FLOW, closed_step, NULL, ATTEMPTS, .backoff_ms = 200,
      .heir = "flow.rescue" },
    { "flow.return", QUEUE_FLOW, flow_return_step, NULL, ATTEMPTS, .backoff_ms = 200,
      .heir = "flow.rescue" },
    { "flow.enter", QUEUE_FLOW, flow_enter_step, NULL, ATTEMPTS, .backoff_ms = 200,
      .heir = "flow.rescue" },
    { "flow.sent", QUEUE_FLOW, flow_sent_step, NULL, ATTEMPTS, .backoff_ms = 200,
      .heir = "flow.rescue" },
    { "flow.unsent", QUEUE_FLOW, flow_unsent_step, NULL, ATTEMPTS, .backoff_ms = 500 },
    { "flow.meanwhile", QUEUE_FLOW, flow_meanwhile_step, NULL, 3, .backoff_ms = 500 },
    { "flow.recount", QUEUE_CHORES, flow_recount_step },
    { "flow.media", QUEUE_CHORES, flow_media_step, NULL, 5, .backoff_ms = 1000 },
    { "flow.rescue", QUEUE_FLOW, flow_rescue_step, NULL, RESCUES, .backoff_ms = 500 },
    { 0 },
};
