/* The reasons a ticket may be closed with. */
#include "settings.h"

#include "domain/audit/audit.h"
#include "domain/org/org.h"

#include "settings.sql.h"

static struct close_reason
close_reason_from_row(const struct db_row *row)
{
    return (struct close_reason){
        .id = { db_i64(row, 0) },
        .name = db_str(row, 1),
        .message = db_str(row, 2),
        .forces_message = db_bool(row, 3),
        .is_active = db_bool(row, 4),
    };
}

struct err
close_reasons_list(struct cx *cx, struct db_rows *rows)
{
    return db_many(cx, &SQL_close_reason_list, rows, P_ID(cx->account));
}

struct close_reason
close_reasons_at(const struct db_rows *rows, int index)
{
    struct db_row row = db_row_at(rows, index);

    return close_reason_from_row(&row);
}

struct err
close_reasons_lock(struct cx *cx, struct close_reason_id id, struct close_reason *out)
{
    struct db_row row;

    db_assert_tx(cx);
    TRY(db_one(cx, &SQL_close_reason_lock, &row, P_ID(cx->account), P_ID(id)));
    *out = close_reason_from_row(&row);
    return OK;
}

static void
leave_trail(struct cx *cx, const char *action, const struct close_reason *before,
            const struct close_reason *after)
{
    struct audit_change change = { 0 };

    audit_flag(&change, "forces_message", before->forces_message, after->forces_message);
    audit_flag(&change, "is_active", before->is_active, after->is_active);
    audit_text(&change, "message", before->message, after->message);
    audit_text(&change, "name", before->name, after->name);
    audit_changed(cx, action, "close_reason", after->id.v, &change);
}

struct err
close_reasons_save(struct cx *cx, const struct close_reason *before,
                   const struct close_reason *after, struct close_reason *out)
{
    struct db_row row;

    db_assert_tx(cx);
    if (after->forces_message && after->message.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "message");
    if (before == NULL)
        TRY(db_one(cx, &SQL_close_reason_add, &row, P_ID(cx->account), P_STR(after->name),
                   P_STR(after->message), P_BOOL(after->forces_message), P_BOOL(after->is_active)));
    else
        TRY(db_one(cx, &SQL_close_reason_save, &row, P_ID(cx->account), P_ID(before->id),
                   P_STR(after->name), P_STR(after->message), P_BOOL(after->forces_message),
                   P_BOOL(after->is_active)));
    *out = close_reason_from_row(&row);
    leave_trail(cx, before == NULL ? "close_reason.created" : "close_reason.edited",
                before == NULL ? &(struct close_reason){ 0 } : before, out);
    org_tell(cx);
    return OK;
}

struct err
close_reasons_remove(struct cx *cx, struct close_reason_id id)
{
    int64_t changed;
    struct err e = db_exec(cx, &SQL_close_reason_remove, &changed, P_ID(cx->account), P_ID(id));

    if (e.code == ERR_INVALID) /* tickets hold it */
        return FAIL(ERR_CONFLICT, "reason_in_use");
    TRY(e);
    if (changed == 0)
        return FAIL(ERR_NOT_FOUND, "not_found");
    audit_add(cx, "close_reason.deleted", "close_reason", id.v, STR(""));
    org_tell(cx);
    return OK;
}

struct err
close_reasons_order(struct cx *cx, struct json_ids ids)
{
    struct db_param list = db_p_i64s(cx->arena, ids.v, ids.n);
    struct db_row row;

    db_assert_tx(cx);
    TRY(db_one(cx, &SQL_close_reason_unknown, &row, P_ID(cx->account), list));
    if (db_bool(&row, 0))
        return FAIL_FIELD(ERR_NOT_FOUND, "reason_unknown", "reason_ids");
    db_queue(cx, &SQL_close_reason_order, P_ID(cx->account), list);
    audit_add(cx, "close_reasons.ordered", "account", cx->account.v, STR(""));
    org_tell(cx);
    return OK;
}
