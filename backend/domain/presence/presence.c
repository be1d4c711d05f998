#include "presence_private.h"

#include "base/clock.h"

#include "presence.sql.h"

enum { COL_CONNECTED = 4, COL_SERVING, COL_BREAK };

static struct presence
presence_from_row(const struct db_row *row)
{
    return (struct presence){
        .member = { db_i64(row, 0) },
        .state = db_str(row, 1),
        .since_us = db_time(row, 2),
        .chosen = db_str(row, 3),
    };
}

struct err
presence_hold(struct cx *cx, struct member_id member, bool *may_receive)
{
    struct db_row row;

    db_assert_tx(cx);
    return db_opt(cx, &SQL_presence_hold, may_receive, &row, P_ID(cx->account), P_ID(member));
}

struct err
presence_list(struct cx *cx, struct db_rows *rows)
{
    return db_many(cx, &SQL_presence_list, rows, P_ID(cx->account));
}

struct presence
presence_at(const struct db_rows *rows, int index)
{
    struct db_row row = db_row_at(rows, index);

    return presence_from_row(&row);
}

struct err
presence_get(struct cx *cx, struct member_id member, struct presence *out)
{
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_presence_get, &found, &row, P_ID(cx->account), P_ID(member)));
    *out = found ? presence_from_row(&row)
                 : (struct presence){ .member = member,
                                      .state = STR("offline"),
                                      .chosen = STR("available") };
    return OK;
}

struct err
presence_idle(struct cx *cx, bool is_idle)
{
    return db_exec(cx, &SQL_presence_idle, NULL, P_ID(cx->account), P_ID(cx->member),
                   P_I64(cx->session_id), is_idle ? P_TIME(cx->now_us) : P_NULL);
}

struct err
presence_choose(struct cx *cx, struct member_id member, struct str chosen)
{
    db_assert_tx(cx);
    if (!str_eq(chosen, STR("available")) && !str_eq(chosen, STR("away")))
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "chosen");
    return db_exec(cx, &SQL_presence_choose, NULL, P_ID(cx->account), P_ID(member), P_STR(chosen));
}

struct err
presence_require(struct cx *cx, struct member_id member)
{
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_presence_supervised, &found, &row, P_ID(cx->account), P_ID(member)));
    return found ? OK : FAIL(ERR_NOT_FOUND, "not_found");
}

struct err
team_list(struct cx *cx, struct db_rows *rows)
{
    return db_many(cx, &SQL_team_list, rows, P_ID(cx->account));
}

struct teammate
team_at(const struct db_rows *rows, int index)
{
    struct db_row row = db_row_at(rows, index);

    return (struct teammate){
        .presence = presence_from_row(&row),
        .is_connected = db_bool(&row, COL_CONNECTED),
        .serving = db_i64(&row, COL_SERVING),
        .now = breaks_from_row(&row, COL_BREAK),
    };
}

/* Gateways notice each other's death; this is for the death of the last. */
static struct err
sweep_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
           struct job_outcome *out)
{
    (void)job;
    (void)answer;
    TRY(db_exec_(cx, &SQL_presence_sweep, NULL, NULL, 0));
    out->verdict = JOB_LATER;
    out->at_us = cx->now_us + 15 * US_PER_S;
    return OK;
}

const struct job_kind presence_jobs[] = {
    { .name = "break.forgotten", .queue = QUEUE_CHORES, .step = breaks_forgotten_step },
    { .name = "presence.sweep",
      .queue = QUEUE_CHORES,
      .step = sweep_step,
      .attempts = 1000000,
      .backoff_max_ms = 15000 },
    { 0 },
};
