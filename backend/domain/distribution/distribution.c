#include "distribution_private.h"

#include "domain/audit/audit.h"
#include "domain/auth/auth.h"

#include "distribution.sql.h"

enum { RETURNS_DAYS_MAX = 365, LIMIT_MAX = 999, TELL_AGAIN_MIN_MAX = 240 };

static enum distribution_mode
mode_of(struct str name)
{
    for (int m = 0; distribution_mode_names[m] != NULL; m++)
        if (str_eq(name, str_of(distribution_mode_names[m])))
            return (enum distribution_mode)m;
    return DISTRIBUTION_MANUAL; /* it never said anything */
}

struct distribution
distribution_from_row(const struct db_row *row, int at)
{
    struct str text = db_str(row, at + 5);

    return (struct distribution){
        .department = { db_i64(row, at) },
        .mode = mode_of(db_str(row, at + 1)),
        .returns_days = db_i64(row, at + 2),
        .agent_limit = db_i64(row, at + 3),
        .tells = db_bool(row, at + 4),
        .tell_text = text.p == NULL ? STR("") : text,
        .tell_again_min = db_i64(row, at + 6),
    };
}

struct err
distribution_list(struct cx *cx, struct distribution_row **out, size_t *n)
{
    struct db_rows rows;

    TRY(db_many(cx, &SQL_distribution_list, &rows, P_ID(cx->account), P_TIME(cx->now_us)));
    *n = (size_t)rows.count;
    *out = arena_array(cx->arena, struct distribution_row, *n + 1);
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        (*out)[i] = (struct distribution_row){
            .rules = distribution_from_row(&row, 0),
            .queue = { .waiting = db_i64(&row, DISTRIBUTION_COLUMNS),
                       .oldest_us = db_time(&row, DISTRIBUTION_COLUMNS + 1),
                       .place_ms = db_i64(&row, DISTRIBUTION_COLUMNS + 2) },
        };
    }
    return OK;
}

struct err
distribution_get(struct cx *cx, struct department_id id, struct distribution *out)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_distribution_get, &row, P_ID(cx->account), P_ID(id)));
    *out = distribution_from_row(&row, 0);
    return OK;
}

static struct err
require_within(int64_t v, int64_t most, const char *field)
{
    return v >= 0 && v <= most ? OK : FAIL_FIELD(ERR_INVALID, "out_of_range", field);
}

/* Its rules are given by whoever reaches it. */
static struct err
require_reach(struct cx *cx, struct department_id id)
{
    const struct reach department = {
        .masks = cx->access == NULL ? 0 : cx->access->masks,
        .departments = { &id.v, 1 },
    };

    return auth_may_grant(cx, &department, &department);
}

static void
leave_trail(struct cx *cx, const struct distribution *before, const struct distribution *after)
{
    struct audit_change change = { 0 };

    audit_number(&change, "agent_limit", before->agent_limit, after->agent_limit);
    audit_text(&change, "mode", str_of(distribution_mode_names[before->mode]),
               str_of(distribution_mode_names[after->mode]));
    audit_number(&change, "returns_days", before->returns_days, after->returns_days);
    audit_number(&change, "tell_again_min", before->tell_again_min, after->tell_again_min);
    audit_text(&change, "tell_text", before->tell_text, after->tell_text);
    audit_flag(&change, "tells", before->tells, after->tells);
    audit_changed(cx, "distribution.edited", "department", after->department.v, &change);
}

/* Screens that show a queue ask again. */
static void
tell_screens(struct cx *cx)
{
    events_tell_members(cx, "distribution.changed", STR("{}"));
}

struct err
distribution_save(struct cx *cx, const struct distribution *wanted)
{
    struct department department;
    struct distribution before;

    db_assert_tx(cx);
    TRY(distribution_get(cx, wanted->department, &before));
    TRY(require_reach(cx, wanted->department));
    TRY(require_within(wanted->returns_days, RETURNS_DAYS_MAX, "returns_days"));
    TRY(require_within(wanted->agent_limit, LIMIT_MAX, "agent_limit"));
    TRY(require_within(wanted->tell_again_min, TELL_AGAIN_MIN_MAX, "tell_again_min"));
    if (wanted->tells && wanted->tell_text.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "tell_text");
    TRY(org_require_department(cx, wanted->department, &department));
    TRY(db_exec(cx, &SQL_distribution_save, NULL, P_ID(cx->account), P_ID(wanted->department),
                P_STR(str_of(distribution_mode_names[wanted->mode])), P_I64(wanted->returns_days),
                db_p_id(wanted->agent_limit), P_BOOL(wanted->tells), P_STR(wanted->tell_text),
                P_I64(wanted->tell_again_min),
                P_I64(jobs_lane("distribution", cx->account.v, wanted->department.v))));
    jobs_touch(QUEUE_FLOW);
    leave_trail(cx, &before, wanted);
    tell_screens(cx);
    return OK;
}

struct err
distribution_limit(struct cx *cx, const struct member_limit *limits, size_t n)
{
    int64_t *ids = arena_array(cx->arena, int64_t, n + 1);
    struct db_rows found;

    db_assert_tx(cx);
    for (size_t i = 0; i < n; i++) {
        TRY(require_within(limits[i].ticket_limit, LIMIT_MAX, "ticket_limit"));
        ids[i] = limits[i].member.v;
    }
    TRY(db_many(cx, &SQL_limit_find, &found, P_ID(cx->account), db_p_i64s(cx->arena, ids, n)));
    for (size_t i = 0; i < n; i++) {
        struct audit_change change = { 0 };
        struct db_row row;
        int at = 0;

        while (at < found.count) {
            row = db_row_at(&found, at);
            if (db_i64(&row, 0) == ids[i])
                break;
            at++;
        }
        if (at == found.count)
            return FAIL_FIELD(ERR_NOT_FOUND, "member_unknown", "member_id");
        TRY(auth_may_act_on(cx, (struct user_id){ db_i64(&row, 1) }));
        if (limits[i].ticket_limit == 0)
            db_queue(cx, &SQL_limit_remove, P_ID(cx->account), P_I64(ids[i]));
        else
            db_queue(cx, &SQL_limit_save, P_ID(cx->account), P_I64(ids[i]),
                     P_I64(limits[i].ticket_limit));
        audit_number(&change, "ticket_limit", db_i64(&row, 2), limits[i].ticket_limit);
        audit_changed(cx, "distribution.limited", "member", ids[i], &change);
    }
    jobs_touch(QUEUE_FLOW);
    tell_screens(cx);
    return OK;
}

struct err
distribution_decisions(struct cx *cx, struct ticket_id id, struct decision **out, size_t *n)
{
    struct ticket ticket;
    struct db_rows rows;

    TRY(db_many(cx, &SQL_decision_list, &rows, P_ID(cx->account), P_ID(id)));
    if (rows.count == 0)
        TRY(tickets_get(cx, id, &ticket)); /* nothing decided, or no such ticket? */
    *n = (size_t)rows.count;
    *out = arena_array(cx->arena, struct decision, *n + 1);
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        (*out)[i] = (struct decision){
            .id = db_i64(&row, 0),
            .department = { db_i64(&row, 1) },
            .member = { db_i64(&row, 2) },
            .outcome = db_str(&row, 3),
            .decided_at_us = db_time(&row, 4),
            .why = db_str(&row, 5),
        };
    }
    return OK;
}
