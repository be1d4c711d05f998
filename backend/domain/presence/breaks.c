#include "presence_private.h"

#include "base/clock.h"
#include "domain/audit/audit.h"

#include "presence_breaks.sql.h"

enum { FORGOTTEN_H = 12 }; /* longer than any shift */

struct a_break
breaks_from_row(const struct db_row *row, int col)
{
    return (struct a_break){
        .id = { db_i64(row, col) },
        .member = { db_i64(row, col + 1) },
        .reason = { db_i64(row, col + 2) },
        .planned_min = db_i64(row, col + 3),
        .started_at_us = db_time(row, col + 4),
        .ended_at_us = db_time(row, col + 5),
        .ended_by = { db_i64(row, col + 6) },
    };
}

struct a_break
breaks_at(const struct db_rows *rows, int index)
{
    struct db_row row = db_row_at(rows, index);

    return breaks_from_row(&row, 0);
}

struct err
breaks_current(struct cx *cx, struct member_id member, bool *found, struct a_break *out)
{
    struct db_row row;

    *out = (struct a_break){ 0 };
    TRY(db_opt(cx, &SQL_break_current, found, &row, P_ID(cx->account), P_ID(member)));
    if (*found)
        *out = breaks_from_row(&row, 0);
    return OK;
}

static void
leave_trail(struct cx *cx, const char *action, const struct a_break *about)
{
    struct audit_change change = { 0 };

    audit_id(&change, "reason_id", 0, about->reason.v);
    audit_changed(cx, action, "member", about->member.v, &change);
}

struct err
breaks_start(struct cx *cx, struct break_reason_id reason, struct a_break *out)
{
    struct db_row row;
    bool found;

    db_assert_tx(cx);
    db_queue(cx, &SQL_break_limits_hold, P_ID(cx->account), P_ID(cx->member));
    TRY(db_opt(cx, &SQL_break_limit_full, &found, &row, P_ID(cx->account), P_ID(cx->member)));
    if (found)
        return FAIL(ERR_CONFLICT, "break_limit_reached");
    TRY(db_opt(cx, &SQL_break_start, &found, &row, P_ID(cx->account), P_ID(cx->member),
               P_ID(reason), P_TIME(cx->now_us)));
    if (!found)
        return FAIL_FIELD(ERR_NOT_FOUND, "break_reason_unknown", "reason_id");
    *out = breaks_from_row(&row, 0);
    jobs_add(cx, "break.forgotten", jobs_lane_alone(), out->id.v, STR(""),
             cx->now_us + FORGOTTEN_H * US_PER_HOUR);
    leave_trail(cx, "break.started", out);
    return OK;
}

struct err
breaks_end(struct cx *cx)
{
    struct a_break ended;
    struct db_row row;
    bool found;

    db_assert_tx(cx);
    TRY(db_opt(cx, &SQL_break_end, &found, &row, P_ID(cx->account), P_ID(cx->member),
               P_TIME(cx->now_us), P_ID(cx->member)));
    if (!found)
        return FAIL(ERR_CONFLICT, "not_on_break");
    ended = breaks_from_row(&row, 0);
    leave_trail(cx, "break.ended", &ended);
    return OK;
}

/* Zero rows: it was ended before. */
static struct err
end_this(struct cx *cx, struct break_id id, struct member_id by, bool *ended, struct a_break *out)
{
    struct db_row row;

    TRY(db_opt(cx, &SQL_break_end_of, ended, &row, P_ID(cx->account), P_ID(id), P_TIME(cx->now_us),
               P_ID(by)));
    if (!*ended)
        return OK;
    *out = breaks_from_row(&row, 0);
    leave_trail(cx, "break.ended", out);
    return OK;
}

struct err
breaks_end_of(struct cx *cx, struct break_id id, struct a_break *out)
{
    struct db_row row;
    bool ended;

    db_assert_tx(cx);
    TRY(db_one(cx, &SQL_break_get, &row, P_ID(cx->account), P_ID(id)));
    TRY(end_this(cx, id, cx->member, &ended, out));
    return ended ? OK : FAIL(ERR_CONFLICT, "break_ended");
}

struct err
breaks_forgotten_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                      struct job_outcome *out)
{
    struct a_break forgotten;
    bool ended;

    (void)answer;
    (void)out;
    return end_this(cx, (struct break_id){ job->subject_id }, (struct member_id){ 0 }, &ended,
                    &forgotten);
}

/* By the filter that leaves least. */
static const struct db_stmt *
statement_of(const struct break_query *query)
{
    if (query->member.v != 0)
        return &SQL_break_find_of_member;
    return query->reason.v != 0 ? &SQL_break_find_of_reason : &SQL_break_find;
}

struct err
breaks_find(struct cx *cx, const struct break_query *query, struct db_rows *rows)
{
    return db_many(cx, statement_of(query), rows, P_ID(cx->account), P_ID(query->member),
                   P_ID(query->reason), P_ID(query->department), P_TIME(query->from_us),
                   P_TIME(query->to_us), P_TIME(query->after_us), db_p_id(query->after_id),
                   P_I64(query->limit));
}

struct err
breaks_total(struct cx *cx, const struct break_query *query, struct db_rows *rows)
{
    return db_many(cx, &SQL_break_total, rows, P_ID(cx->account), P_ID(query->member),
                   P_ID(query->reason), P_ID(query->department), P_TIME(query->from_us),
                   P_TIME(query->to_us), P_TIME(cx->now_us));
}
