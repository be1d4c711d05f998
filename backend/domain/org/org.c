/* What other rooms ask of the organisation. */
#include "departments.h"
#include "org_private.h"

#include "domain/events/events.h"

#include "org.sql.h"

struct department
department_from_row(const struct db_row *row)
{
    return (struct department){
        .id = { db_i64(row, 0) },
        .company = { db_i64(row, 1) },
        .name = db_str(row, 2),
        .description = db_str(row, 3),
        .color = db_str(row, 4),
        .welcome_text = db_str(row, 5),
        .away_text = db_str(row, 6),
        .member_count = db_i64(row, 7),
        .is_active = db_bool(row, 8),
        .serves = db_bool(row, 9),
        .is_confidential = db_bool(row, 10),
        .notifies_transfer = db_bool(row, 11),
    };
}

static struct member
member_from_row(const struct db_row *row)
{
    return (struct member){
        .id = { db_i64(row, 0) },
        .display_name = db_str(row, 1),
        .is_agent = db_bool(row, 2),
        .is_active = db_bool(row, 3),
        .department_ids = db_str(row, 4),
        .photo_id = db_i64(row, 5),
    };
}

struct err
org_require_department(struct cx *cx, struct department_id id, struct department *out)
{
    struct db_row row;
    bool found;

    db_assert_tx(cx);
    TRY(db_opt(cx, &SQL_department_find, &found, &row, P_ID(cx->account), P_ID(id)));
    if (!found)
        return FAIL_FIELD(ERR_NOT_FOUND, "department_unknown", "department_id");
    *out = department_from_row(&row);
    if (!out->is_active)
        return FAIL_FIELD(ERR_CONFLICT, "department_inactive", "department_id");
    return out->serves ? OK
                       : FAIL_FIELD(ERR_CONFLICT, "department_does_not_serve", "department_id");
}

struct err
org_require_agent(struct cx *cx, struct member_id id, struct member *out)
{
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_member_find, &found, &row, P_ID(cx->account), P_ID(id)));
    if (!found)
        return FAIL_FIELD(ERR_NOT_FOUND, "member_unknown", "assignee_id");
    *out = member_from_row(&row);
    return out->is_active && out->is_agent
               ? OK
               : FAIL_FIELD(ERR_CONFLICT, "member_inactive", "assignee_id");
}

struct err
org_require_channel(struct cx *cx, struct member_id id, int64_t channel_id)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_member_has_channel, &row, P_ID(cx->account), P_ID(id), P_I64(channel_id)));
    return db_bool(&row, 0) ? OK : FAIL_FIELD(ERR_CONFLICT, "agent_lacks_channel", "assignee_id");
}

struct err
org_first_name(struct cx *cx, struct member_id id, struct str *out)
{
    struct db_row row;
    bool found = false;

    *out = (struct str){ 0 };
    if (id.v != 0)
        TRY(db_opt(cx, &SQL_member_find, &found, &row, P_ID(cx->account), P_ID(id)));
    if (found) {
        struct str name = db_str(&row, 1);

        if (!str_cut(&name, ' ', out))
            *out = name;
    }
    return OK;
}

struct err
org_list_departments(struct cx *cx, struct db_rows *rows)
{
    return db_many(cx, &SQL_department_list, rows, P_ID(cx->account));
}

struct department
org_department_at(const struct db_rows *rows, int index)
{
    struct db_row row = db_row_at(rows, index);

    return department_from_row(&row);
}

struct err
org_list_members(struct cx *cx, struct db_rows *rows)
{
    return db_many(cx, &SQL_member_list, rows, P_ID(cx->account));
}

struct member
org_member_at(const struct db_rows *rows, int index)
{
    struct db_row row = db_row_at(rows, index);

    return member_from_row(&row);
}

void
org_tell(struct cx *cx)
{
    events_tell_members(cx, "account.changed", STR("{}"));
}

struct err
departments_get(struct cx *cx, struct department_id id, struct department *out)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_department_get, &row, P_ID(cx->account), P_ID(id)));
    *out = department_from_row(&row);
    return OK;
}

struct err
departments_lock(struct cx *cx, struct department_id id, struct department *out)
{
    struct db_row row;

    db_assert_tx(cx);
    TRY(db_one(cx, &SQL_department_lock, &row, P_ID(cx->account), P_ID(id)));
    *out = department_from_row(&row);
    return OK;
}
