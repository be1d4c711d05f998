/*
 * A ticket that comes to the bot otherwise than by being written to: given back by whoever had it, or come into a
 * department whose flow speaks first.
 */
#include "flow_host_private.h"

#include "flows_host.sql.h"

/* It may not have heard yet that somebody took the ticket from it. */
static struct err
let_go(struct cx *cx, struct host *host)
{
    struct input taken = flow_hands(cx, host);

    return host->run.state == RUN_HELD ? OK : flow_tell(cx, host, &taken);
}

static bool
makes_room(const struct host *host)
{
    return host->run.state == RUN_ENDED && str_eq(host->run.ended.reason, STR("replaced"));
}

static struct err
begin(struct cx *cx, struct host *host, struct str key, const char *cause, struct str id)
{
    struct input input = { .id = id, .at_us = cx->now_us };
    bool go;

    TRY(flow_begin(cx, host, key, cause, &input, &go));
    return go ? flow_tell(cx, host, &input) : OK;
}

/* The one it spoke with last, if that still speaks; else whatever begins here. */
static struct err
begin_as_before(struct cx *cx, struct host *host, struct str id)
{
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_run_last_flow, &found, &row, P_ID(cx->account), P_ID(host->ticket.id)));
    return begin(cx, host, found ? db_str(&row, 0) : STR(""), "agent", id);
}

struct err
flow_return_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                 struct job_outcome *out)
{
    struct host *host = arena_new_of(cx->arena, struct host);
    struct input input = { .kind = INPUT_RETURNED, .at_us = cx->now_us, .flow = job->arg };
    bool is_live, is_known;
    struct str epoch;

    (void)answer;
    (void)out;
    if (!str_cut(&input.flow, ':', &epoch) || !str_i64(epoch, &input.epoch) ||
        !str_cut(&input.flow, ':', &input.mode))
        return FAIL(ERR_INVALID, "arg_invalid");
    input.id = str_fmt(cx->arena, "returned:%lld", (long long)input.epoch);
    TRY(flow_find(cx, (struct ticket_id){ job->subject_id }, input.id, host, &is_live, &is_known));
    /* Taken again since: whoever has it now may give it back themselves. */
    if (is_known || host->ticket.state != TICKET_BOT ||
        host->ticket.controller_epoch != input.epoch)
        return OK;
    if (is_live) {
        TRY(let_go(cx, host));
        TRY(flow_tell(cx, host, &input));
        if (!makes_room(host))
            return OK;
    }
    return input.flow.len > 0 ? begin(cx, host, input.flow, "agent", input.id)
                              : begin_as_before(cx, host, input.id);
}

struct err
flow_enter_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                struct job_outcome *out)
{
    struct str id = str_fmt(cx->arena, "enter:%.*s", STR_ARG(job->arg));
    struct host *host = arena_new_of(cx->arena, struct host);
    bool is_live, is_known, found;
    struct db_row row;
    int64_t department;

    (void)answer;
    (void)out;
    if (!str_i64(job->arg, &department))
        return FAIL(ERR_INVALID, "arg_invalid");
    TRY(flow_find(cx, (struct ticket_id){ job->subject_id }, id, host, &is_live, &is_known));
    if (is_known || host->ticket.state != TICKET_BOT || host->ticket.department.v != department)
        return OK;
    if (is_live) {
        struct input replaced = { .kind = INPUT_RETURNED,
                                  .id = str_fmt(cx->arena, "replaced:%lld", (long long)department),
                                  .at_us = cx->now_us,
                                  .mode = STR("flow") };

        TRY(let_go(cx, host));
        TRY(flow_tell(cx, host, &replaced));
        if (!makes_room(host))
            return OK;
    }
    TRY(db_opt(cx, &SQL_run_start_department, &found, &row, P_ID(cx->account), P_I64(department)));
    return begin(cx, host, found ? db_str(&row, 0) : STR(""), found ? "department" : NULL, id);
}
