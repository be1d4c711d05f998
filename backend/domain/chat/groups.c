/* Internal groups: who is in them. What they are told is chat_notice. */
#include "chat_private.h"

#include "domain/audit/audit.h"
#include "domain/events/events.h"

#include "chat_groups.sql.h"

static struct err
check(struct cx *cx, const struct internal_group *wanted)
{
    struct db_row row;

    if (wanted->name.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "name");
    TRY(db_one(cx, &SQL_chat_group_holds, &row, P_ID(cx->account),
               db_p_i64s(cx->arena, wanted->members.v, wanted->members.n),
               db_p_i64s(cx->arena, wanted->departments.v, wanted->departments.n)));
    if (db_i64(&row, 0) != (int64_t)wanted->members.n)
        return FAIL_FIELD(ERR_NOT_FOUND, "member_unknown", "member_ids");
    if (db_i64(&row, 1) != (int64_t)wanted->departments.n)
        return FAIL_FIELD(ERR_NOT_FOUND, "department_unknown", "department_ids");
    return OK;
}

/* Who stays keeps what they have read. */
static struct err
seat(struct cx *cx, const struct internal_group *wanted, struct chat_id id)
{
    const struct db_param members = db_p_i64s(cx->arena, wanted->members.v, wanted->members.n);
    const struct db_param departments =
        db_p_i64s(cx->arena, wanted->departments.v, wanted->departments.n);

    db_queue(cx, &SQL_chat_group_people_clear, P_ID(cx->account), P_ID(id), members);
    db_queue(cx, &SQL_chat_group_people_add, P_ID(cx->account), P_ID(id), members);
    db_queue(cx, &SQL_chat_group_departments_clear, P_ID(cx->account), P_ID(id), departments);
    db_queue(cx, &SQL_chat_group_departments_add, P_ID(cx->account), P_ID(id), departments);
    db_queue(cx, &SQL_chat_group_seat, P_ID(cx->account), P_ID(id));
    return db_hear(cx);
}

struct err
chat_save_group(struct cx *cx, const struct internal_group *wanted, struct chat_id *out)
{
    struct audit_change change = { 0 };
    struct db_row before = { 0 }, row;
    bool is_new = wanted->id.v == 0;

    db_assert_tx(cx);
    if (!is_new)
        TRY(db_one(cx, &SQL_chat_group_get, &before, P_ID(cx->account), P_ID(wanted->id)));
    TRY(check(cx, wanted));
    if (is_new) {
        TRY(db_one(cx, &SQL_chat_group_add, &row, P_ID(cx->account), P_STR(wanted->name),
                   P_BOOL(wanted->is_active), P_TIME(cx->now_us)));
        out->v = db_i64(&row, 0);
    } else {
        *out = wanted->id;
        TRY(db_exec(cx, &SQL_chat_group_save, NULL, P_ID(cx->account), P_ID(*out),
                    P_STR(wanted->name), P_BOOL(wanted->is_active)));
    }
    TRY(seat(cx, wanted, *out));
    audit_text(&change, "name", is_new ? (struct str){ 0 } : db_str(&before, 0), wanted->name);
    audit_flag(&change, "is_active", is_new || db_bool(&before, 1), wanted->is_active);
    audit_number(&change, "members", is_new ? 0 : db_i64(&before, 2), (int64_t)wanted->members.n);
    audit_number(&change, "departments", is_new ? 0 : db_i64(&before, 3),
                 (int64_t)wanted->departments.n);
    audit_changed(cx, is_new ? "internal_group.created" : "internal_group.edited", "internal_group",
                  out->v, &change);
    return OK;
}
