/*
 * What becomes of a ticket whose run cannot be told any more what happened: people go on with it. First as when a card
 * cannot go on, by the net of the interpreter, with a word to the customer and to the department that the flow names. If
 * that fails as well, then without reading or running anything of the flow: neither its state nor its documents need be
 * any good for it.
 */
#include "flow_host_private.h"

#include "flows_host.sql.h"

enum { BY_THE_NET = 2 }; /* attempts */

static struct err
by_the_net(struct cx *cx, const struct job *job, struct str id)
{
    struct host *host = arena_new_of(cx->arena, struct host);
    struct input input = { .kind = INPUT_COMMAND,
                           .id = str_fmt(cx->arena, "dead:%.*s", STR_ARG(id)),
                           .at_us = cx->now_us,
                           .name = STR("fail") };
    bool is_live, is_known;

    TRY(flow_find(cx, (struct ticket_id){ job->subject_id }, input.id, host, &is_live, &is_known));
    if (is_known || !tickets_is_flows(&host->ticket))
        return OK; /* rescued before, or nobody waits for the bot */
    if (!is_live || host->run.state == RUN_HELD)
        return FAIL(ERR_CONFLICT, "run_not_begun");
    return flow_take(cx, host, &input);
}

static struct err
by_hand(struct cx *cx, const struct job *job, struct str why)
{
    struct ticket ticket;
    struct err e = tickets_lock(cx, (struct ticket_id){ job->subject_id }, &ticket);

    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    if (!tickets_is_flows(&ticket))
        return OK;
    db_queue(cx, &SQL_run_break, P_ID(cx->account), P_ID(ticket.id), P_TIME(cx->now_us),
             P_STR(why));
    if (ticket.state == TICKET_SURVEYING) /* what was to be served was served */
        return tickets_end(cx, ticket.id, &(struct ticket_ending){ 0 }, &ticket);
    tickets_whisper(
        cx, &ticket, "bot",
        str_fmt(cx->arena, "O bot não conseguiu continuar este atendimento: %.*s.", STR_ARG(why)));
    tickets_to_queue(cx, &ticket);
    tickets_save(cx, &ticket, NULL);
    return OK;
}

struct err
flow_rescue_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                 struct job_outcome *out)
{
    struct str rest = job->arg, id, why;
    struct err e;

    (void)answer;
    (void)out;
    if (!str_cut(&rest, ':', &id) || !str_cut(&rest, ':', &why))
        return FAIL(ERR_INVALID, "arg_invalid");
    if (job->attempt > BY_THE_NET)
        return by_hand(cx, job, why);
    e = by_the_net(cx, job, id);
    /* Undone, and tried again, however hopeless it is this way. */
    return e.code == ERR_NONE || e.code == ERR_RETRY ? e : FAIL(ERR_UNAVAILABLE, e.slug);
}
