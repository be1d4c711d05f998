/* Departments: where tickets wait, and what their customers are told there. */
#include "departments.h"
#include "companies.h"
#include "org_private.h"

#include "domain/audit/audit.h"

#include "org_departments.sql.h"

const char *const department_colors[] = { "sand", "blue", "green", "clay", "violet", "teal", NULL };

static struct err
require_color(struct str color)
{
    for (int i = 0; department_colors[i] != NULL; i++)
        if (str_eq(color, str_of(department_colors[i])))
            return OK;
    return FAIL_FIELD(ERR_INVALID, "unknown_value", "color");
}

/* before: zero for a new one. */
static void
leave_trail(struct cx *cx, const char *action, const struct department *before,
            const struct department *after)
{
    struct audit_change change = { 0 };

    audit_text(&change, "away_text", before->away_text, after->away_text);
    audit_text(&change, "color", before->color, after->color);
    audit_id(&change, "company_id", before->company.v, after->company.v);
    audit_text(&change, "description", before->description, after->description);
    audit_flag(&change, "is_active", before->is_active, after->is_active);
    audit_flag(&change, "is_confidential", before->is_confidential, after->is_confidential);
    audit_text(&change, "name", before->name, after->name);
    audit_flag(&change, "notifies_transfer", before->notifies_transfer, after->notifies_transfer);
    audit_flag(&change, "serves", before->serves, after->serves);
    audit_text(&change, "welcome_text", before->welcome_text, after->welcome_text);
    audit_changed(cx, action, "department", after->id.v, &change);
}

struct err
departments_add(struct cx *cx, const struct department *wanted, struct department *out)
{
    struct db_row row;
    bool found;

    db_assert_tx(cx);
    TRY(require_color(wanted->color));
    TRY(db_opt(cx, &SQL_department_add, &found, &row, P_ID(cx->account), P_ID(wanted->company),
               P_STR(wanted->name), P_STR(wanted->description), P_STR(wanted->color),
               P_STR(wanted->welcome_text), P_STR(wanted->away_text), P_BOOL(wanted->serves),
               P_BOOL(wanted->is_confidential), P_BOOL(wanted->notifies_transfer),
               P_BOOL(wanted->is_active), P_TIME(cx->now_us)));
    if (!found)
        return FAIL_FIELD(ERR_NOT_FOUND, "company_unknown", "company_id");
    *out = *wanted;
    out->id.v = db_i64(&row, 0);
    leave_trail(cx, "department.created", &(struct department){ 0 }, out);
    org_tell(cx);
    return OK;
}

struct err
org_add_department(struct cx *cx, struct str name, struct department_id *out)
{
    struct department wanted = { .name = name,
                                 .description = STR(""),
                                 .color = STR("sand"),
                                 .welcome_text = STR(""),
                                 .away_text = STR(""),
                                 .is_active = true,
                                 .serves = true,
                                 .notifies_transfer = true };
    struct department department;
    struct db_rows companies;

    TRY(companies_list(cx, &companies));
    for (int i = 0; i < companies.count; i++) {
        struct company company = companies_at(&companies, i);

        if (wanted.company.v == 0 || company.id.v < wanted.company.v)
            wanted.company = company.id;
    }
    TRY(departments_add(cx, &wanted, &department));
    *out = department.id;
    return OK;
}

static bool
receives(const struct department *d)
{
    return d->is_active && d->serves;
}

/* Nobody is left waiting behind a door that closes, and nothing that comes in is led there. */
static struct err
require_nothing_left(struct cx *cx, struct department_id id, int64_t *held)
{
    struct db_row row;

    TRY(db_exec(cx, &SQL_department_close, NULL, P_ID(cx->account), P_ID(id)));
    TRY(db_one(cx, &SQL_department_held, &row, P_ID(cx->account), P_ID(id)));
    *held = db_i64(&row, 0);
    if (*held > 0)
        return FAIL(ERR_CONFLICT, "department_has_tickets");
    return db_bool(&row, 1) ? FAIL(ERR_CONFLICT, "department_has_channels") : OK;
}

struct err
departments_save(struct cx *cx, const struct department *before, const struct department *after,
                 int64_t *held)
{
    int64_t changed;

    *held = 0;
    TRY(require_color(after->color));
    if (receives(before) && !receives(after))
        TRY(require_nothing_left(cx, before->id, held));
    TRY(db_exec(cx, &SQL_department_save, &changed, P_ID(cx->account), P_ID(before->id),
                P_ID(after->company), P_STR(after->name), P_STR(after->description),
                P_STR(after->color), P_STR(after->welcome_text), P_STR(after->away_text),
                P_BOOL(after->serves), P_BOOL(after->is_confidential),
                P_BOOL(after->notifies_transfer), P_BOOL(after->is_active)));
    if (changed == 0)
        return FAIL_FIELD(ERR_NOT_FOUND, "company_unknown", "company_id");
    if (before->is_confidential != after->is_confidential)
        db_queue(cx, &SQL_department_hide, P_ID(cx->account), P_ID(before->id),
                 P_BOOL(after->is_confidential));
    leave_trail(cx, "department.edited", before, after);
    org_tell(cx);
    return OK;
}

struct err
org_remove(struct cx *cx, const struct db_stmt *remove, int64_t id, const char *in_use)
{
    int64_t changed;
    struct err e = db_exec(cx, remove, &changed, P_ID(cx->account), P_I64(id));

    if (e.code == ERR_INVALID) /* a foreign key holds it */
        return FAIL(ERR_CONFLICT, in_use);
    TRY(e);
    return changed == 0 ? FAIL(ERR_NOT_FOUND, "not_found") : OK;
}

struct err
departments_remove(struct cx *cx, struct department_id id)
{
    db_assert_tx(cx);
    db_queue(cx, &SQL_department_empty, P_ID(cx->account), P_ID(id));
    TRY(org_remove(cx, &SQL_department_remove, id.v, "department_in_use"));
    audit_add(cx, "department.deleted", "department", id.v, STR(""));
    org_tell(cx);
    return OK;
}

struct err
departments_order(struct cx *cx, struct json_ids ids)
{
    struct db_param list = db_p_i64s(cx->arena, ids.v, ids.n);
    struct db_row row;

    db_assert_tx(cx);
    TRY(db_one(cx, &SQL_department_unknown, &row, P_ID(cx->account), list));
    if (db_bool(&row, 0))
        return FAIL_FIELD(ERR_NOT_FOUND, "department_unknown", "department_ids");
    db_queue(cx, &SQL_department_order, P_ID(cx->account), list);
    audit_add(cx, "departments.ordered", "account", cx->account.v, STR(""));
    org_tell(cx);
    return OK;
}
