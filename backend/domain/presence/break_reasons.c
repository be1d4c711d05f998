/* Why people take breaks, and how many of them at once. */
#include "breaks.h"

#include "domain/audit/audit.h"

#include "presence_breaks.sql.h"

static struct break_reason
reason_from_row(const struct db_row *row)
{
    return (struct break_reason){
        .id = { db_i64(row, 0) },
        .name = db_str(row, 1),
        .planned_min = db_i64(row, 2),
        .color = db_str(row, 3),
        .is_active = db_bool(row, 4),
    };
}

struct err
break_reasons_list(struct cx *cx, struct db_rows *rows)
{
    return db_many(cx, &SQL_break_reason_list, rows, P_ID(cx->account));
}

struct break_reason
break_reasons_at(const struct db_rows *rows, int index)
{
    struct db_row row = db_row_at(rows, index);

    return reason_from_row(&row);
}

struct err
break_reasons_lock(struct cx *cx, struct break_reason_id id, struct break_reason *out)
{
    struct db_row row;

    db_assert_tx(cx);
    TRY(db_one(cx, &SQL_break_reason_lock, &row, P_ID(cx->account), P_ID(id)));
    *out = reason_from_row(&row);
    return OK;
}

/* What is on offer is shown to everybody who may take a break. */
static void
tell(struct cx *cx)
{
    org_tell(cx);
}

static void
leave_trail(struct cx *cx, const char *action, const struct break_reason *before,
            const struct break_reason *after)
{
    struct audit_change change = { 0 };

    audit_text(&change, "color", before->color, after->color);
    audit_flag(&change, "is_active", before->is_active, after->is_active);
    audit_text(&change, "name", before->name, after->name);
    audit_number(&change, "planned_min", before->planned_min, after->planned_min);
    audit_changed(cx, action, "break_reason", after->id.v, &change);
}

static struct err
check(const struct break_reason *reason)
{
    if (reason->name.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "name");
    if (reason->planned_min < 1 || reason->planned_min > BREAK_MINUTES_MAX)
        return FAIL_FIELD(ERR_INVALID, "out_of_range", "planned_min");
    for (int i = 0; department_colors[i] != NULL; i++)
        if (str_eq(reason->color, str_of(department_colors[i])))
            return OK;
    return FAIL_FIELD(ERR_INVALID, "unknown_value", "color");
}

struct err
break_reasons_save(struct cx *cx, const struct break_reason *before,
                   const struct break_reason *after, struct break_reason *out)
{
    struct db_row row;

    db_assert_tx(cx);
    TRY(check(after));
    if (before == NULL)
        TRY(db_one(cx, &SQL_break_reason_add, &row, P_ID(cx->account), P_STR(after->name),
                   P_I64(after->planned_min), P_STR(after->color), P_BOOL(after->is_active)));
    else
        TRY(db_one(cx, &SQL_break_reason_save, &row, P_ID(cx->account), P_ID(before->id),
                   P_STR(after->name), P_I64(after->planned_min), P_STR(after->color),
                   P_BOOL(after->is_active)));
    *out = reason_from_row(&row);
    leave_trail(cx, before == NULL ? "break_reason.created" : "break_reason.edited",
                before == NULL ? &(struct break_reason){ 0 } : before, out);
    tell(cx);
    return OK;
}

struct err
break_reasons_remove(struct cx *cx, struct break_reason_id id)
{
    int64_t changed;
    struct err e = db_exec(cx, &SQL_break_reason_remove, &changed, P_ID(cx->account), P_ID(id));

    if (e.code == ERR_INVALID) /* breaks hold it */
        return FAIL(ERR_CONFLICT, "break_reason_in_use");
    TRY(e);
    if (changed == 0)
        return FAIL(ERR_NOT_FOUND, "not_found");
    audit_add(cx, "break_reason.deleted", "break_reason", id.v, STR(""));
    tell(cx);
    return OK;
}

struct err
break_reasons_order(struct cx *cx, struct json_ids ids)
{
    struct db_param list = db_p_i64s(cx->arena, ids.v, ids.n);
    struct db_row row;

    db_assert_tx(cx);
    TRY(db_one(cx, &SQL_break_reason_unknown, &row, P_ID(cx->account), list));
    if (db_bool(&row, 0))
        return FAIL_FIELD(ERR_NOT_FOUND, "break_reason_unknown", "reason_ids");
    db_queue(cx, &SQL_break_reason_order, P_ID(cx->account), list);
    audit_add(cx, "break_reasons.ordered", "account", cx->account.v, STR(""));
    tell(cx);
    return OK;
}

/* --- limits --- */

struct err
break_limits_list(struct cx *cx, struct db_rows *rows)
{
    return db_many(cx, &SQL_break_limit_list, rows, P_ID(cx->account));
}

struct err
break_limits_set(struct cx *cx, struct department_id department, int64_t max_people)
{
    struct audit_change change = { 0 };
    struct db_row row;
    bool found;
    struct err e;

    db_assert_tx(cx);
    if (max_people < 0 || max_people > BREAK_PEOPLE_MAX)
        return FAIL_FIELD(ERR_INVALID, "out_of_range", "max_people");
    TRY(db_opt(cx, &SQL_break_limit_lock, &found, &row, P_ID(cx->account), db_p_id(department.v)));
    if (max_people == 0)
        e = db_exec(cx, &SQL_break_limit_remove, NULL, P_ID(cx->account), db_p_id(department.v));
    else
        e = db_exec(cx, &SQL_break_limit_set, NULL, P_ID(cx->account), db_p_id(department.v),
                    P_I64(max_people));
    if (e.code == ERR_INVALID)
        return FAIL_FIELD(ERR_NOT_FOUND, "department_unknown", "department_id");
    TRY(e);
    audit_number(&change, "max_people", found ? db_i64(&row, 0) : 0, max_people);
    audit_changed(cx, "break_limit.set", department.v == 0 ? "account" : "department",
                  department.v == 0 ? cx->account.v : department.v, &change);
    return OK;
}
