/* Who serves in a department, judged by the rules of delegation. */
#include "departments.h"
#include "org_private.h"

#include "domain/audit/audit.h"
#include "domain/auth/auth.h"

#include "org_departments.sql.h"

static enum notice
notice_from(const struct db_row *row, int col)
{
    return db_is_null(row, col) ? NOTICE_DEFAULT : db_bool(row, col) ? NOTICE_YES : NOTICE_NO;
}

static struct err
list_people(struct cx *cx, struct department_id id, struct db_rows *rows)
{
    return db_many(cx, &SQL_department_people, rows, P_ID(cx->account), P_ID(id));
}

static struct department_people
people_of(struct cx *cx, const struct db_rows *rows)
{
    struct department_member *v =
        arena_array(cx->arena, struct department_member, (size_t)rows->count + 1);

    for (int i = 0; i < rows->count; i++) {
        struct db_row row = db_row_at(rows, i);

        v[i] = (struct department_member){ { db_i64(&row, 0) },
                                           db_bool(&row, 1),
                                           notice_from(&row, 2) };
    }
    return (struct department_people){ v, (size_t)rows->count };
}

struct err
departments_people(struct cx *cx, struct department_id id, struct department_people *out)
{
    struct department department;
    struct db_rows rows;

    TRY(departments_get(cx, id, &department));
    TRY(list_people(cx, id, &rows));
    *out = people_of(cx, &rows);
    return OK;
}

static const struct department_member *
find(const struct department_people *people, int64_t id)
{
    for (size_t i = 0; i < people->n; i++)
        if (people->v[i].id.v == id)
            return &people->v[i];
    return NULL;
}

/* Their numbers, and that nobody is named twice. */
static struct err
list_ids(struct cx *cx, const struct department_people *wanted, struct json_ids *out)
{
    int64_t *ids = arena_array(cx->arena, int64_t, wanted->n + 1);

    for (size_t i = 0; i < wanted->n; i++) {
        ids[i] = wanted->v[i].id.v;
        if (find(wanted, ids[i]) != &wanted->v[i])
            return FAIL_FIELD(ERR_INVALID, "member_repeated", "members");
    }
    *out = (struct json_ids){ ids, wanted->n };
    return OK;
}

/* A department is given and taken by whoever reaches it, and nobody decides about those above them. */
static struct err
may_move(struct cx *cx, struct department_id id, const struct db_rows *leaving,
         const struct department_people *staying, const struct db_rows *joining)
{
    const struct reach department = {
        .masks = cx->access == NULL ? 0 : cx->access->masks,
        .departments = { &id.v, 1 },
    };

    TRY(auth_may_grant(cx, &department, &department));
    for (int i = 0; i < leaving->count; i++) {
        struct db_row row = db_row_at(leaving, i);

        if (find(staying, db_i64(&row, 0)) == NULL)
            TRY(auth_may_act_on(cx, (struct user_id){ db_i64(&row, 3) }));
    }
    for (int i = 0; i < joining->count; i++) {
        struct db_row row = db_row_at(joining, i);

        TRY(auth_may_act_on(cx, (struct user_id){ db_i64(&row, 1) }));
    }
    return OK;
}

static struct str
print_ids(struct cx *cx, const struct department_people *people)
{
    struct buf text = { .arena = cx->arena };

    for (size_t i = 0; i < people->n; i++)
        buf_fmt(&text, "%s%lld%s", i == 0 ? "" : " ", (long long)people->v[i].id.v,
                people->v[i].is_responsible ? "*" : "");
    return buf_str(&text);
}

/* Members by number; a star stands by who is responsible. */
static void
leave_trail(struct cx *cx, struct department_id id, const struct department_people *before,
            const struct department_people *after)
{
    struct audit_change change = { 0 };

    audit_text(&change, "members", print_ids(cx, before), print_ids(cx, after));
    audit_changed(cx, "department.members_set", "department", id.v, &change);
}

static void
join(struct cx *cx, struct department_id id, const struct department_member *m)
{
    db_queue(cx, &SQL_department_join, P_ID(cx->account), P_ID(id), P_ID(m->id),
             P_BOOL(m->is_responsible),
             m->notifies_transfer == NOTICE_DEFAULT ? P_NULL
                                                    : P_BOOL(m->notifies_transfer == NOTICE_YES));
}

static bool
is_as_before(const struct department_people *before, const struct department_member *m)
{
    const struct department_member *was = find(before, m->id.v);

    return was != NULL && was->is_responsible == m->is_responsible &&
           was->notifies_transfer == m->notifies_transfer;
}

struct err
departments_set_people(struct cx *cx, struct department_id id,
                       const struct department_people *wanted)
{
    struct department_people before;
    struct department department;
    struct db_rows there, joining;
    struct json_ids ids;
    int64_t known = 0;

    TRY(departments_lock(cx, id, &department));
    TRY(list_ids(cx, wanted, &ids));
    TRY(list_people(cx, id, &there));
    TRY(db_many(cx, &SQL_department_newcomers, &joining, P_ID(cx->account), P_ID(id),
                db_p_i64s(cx->arena, ids.v, ids.n)));
    before = people_of(cx, &there);
    for (size_t i = 0; i < wanted->n; i++)
        known += find(&before, ids.v[i]) != NULL;
    if (known + joining.count != (int64_t)wanted->n)
        return FAIL_FIELD(ERR_NOT_FOUND, "member_unknown", "members");
    TRY(may_move(cx, id, &there, wanted, &joining));

    db_queue(cx, &SQL_department_leave, P_ID(cx->account), P_ID(id),
             db_p_i64s(cx->arena, ids.v, ids.n));
    for (size_t i = 0; i < wanted->n; i++)
        if (!is_as_before(&before, &wanted->v[i]))
            join(cx, id, &wanted->v[i]);
    leave_trail(cx, id, &before, wanted);
    org_tell(cx);
    return OK;
}
