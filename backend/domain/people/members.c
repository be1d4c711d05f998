#include "members.h"

#include "changes.h"
#include "domain/audit/audit.h"
#include "domain/tickets/tickets.h"

#include "people_members.sql.h"

static struct person
person_from_row(const struct db_row *row)
{
    return (struct person){
        .id = { db_i64(row, 0) },
        .user = { db_i64(row, 1) },
        .email = db_str(row, 2),
        .name = db_str(row, 3),
        .locale = db_str(row, 4),
        .display_name = db_str(row, 5),
        .signature = db_str(row, 6),
        .group = { db_i64(row, 7) },
        .departments = db_str(row, 8),
        .branches = db_str(row, 9),
        .channels = db_str(row, 10),
        .is_agent = db_bool(row, 11),
        .is_active = db_bool(row, 12),
        .has_password = db_bool(row, 13),
        .has_factor = db_bool(row, 14),
        .last_seen_at_us = db_time(row, 15),
        .created_at_us = db_time(row, 16),
        .photo_id = db_i64(row, 17),
    };
}

struct err
members_get(struct cx *cx, struct member_id id, struct person *out)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_member_get, &row, P_ID(cx->account), P_ID(id)));
    *out = person_from_row(&row);
    return OK;
}

struct err
members_lock(struct cx *cx, struct member_id id, struct person *out)
{
    struct db_row row;

    db_assert_tx(cx);
    TRY(db_one(cx, &SQL_member_lock, &row, P_ID(cx->account), P_ID(id)));
    *out = person_from_row(&row);
    return OK;
}

struct err
members_list(struct cx *cx, struct db_rows *rows)
{
    return db_many(cx, &SQL_member_people, rows, P_ID(cx->account));
}

struct person
person_at(const struct db_rows *rows, int index)
{
    struct db_row row = db_row_at(rows, index);

    return person_from_row(&row);
}

struct reach
members_reach(struct cx *cx, const struct group *group, struct str departments, struct str branches,
              struct str channels)
{
    struct reach reach = group_reach(cx, group);

    reach.departments = auth_ids_of(cx->arena, departments);
    reach.branches = auth_ids_of(cx->arena, branches);
    if (channels.p != NULL && reach.every_channel) {
        reach.every_channel = false;
        reach.channels = auth_ids_of(cx->arena, channels);
    }
    return reach;
}

struct err
members_require_places(struct cx *cx, struct str departments, struct str branches,
                       struct str channels)
{
    struct db_row row;
    struct str wrong;

    TRY(db_one(cx, &SQL_places_unknown, &row, P_ID(cx->account), P_STR(departments),
               P_STR(branches), P_STR(channels)));
    wrong = db_str(&row, 0);
    if (str_eq(wrong, STR("department")))
        return FAIL_FIELD(ERR_NOT_FOUND, "department_unknown", "department_ids");
    if (str_eq(wrong, STR("branch")))
        return FAIL_FIELD(ERR_NOT_FOUND, "branch_unknown", "branch_ids");
    if (str_eq(wrong, STR("channel")))
        return FAIL_FIELD(ERR_NOT_FOUND, "channel_unknown", "channel_ids");
    return OK;
}

static void
write_trail(struct cx *cx, const struct person *before, const struct person *after)
{
    const struct change changes[] = {
        { "branch_ids", change_ids(cx, before->branches), change_ids(cx, after->branches) },
        { "channel_ids", change_ids(cx, before->channels), change_ids(cx, after->channels) },
        { "department_ids", change_ids(cx, before->departments),
          change_ids(cx, after->departments) },
        { "display_name", change_text(cx, before->display_name),
          change_text(cx, after->display_name) },
        { "group_id", change_i64(cx, before->group.v), change_i64(cx, after->group.v) },
        { "is_agent", change_flag(before->is_agent), change_flag(after->is_agent) },
        { "signature", change_text(cx, before->signature), change_text(cx, after->signature) },
        { 0 },
    };

    audit_add(cx, "member.edited", "member", after->id.v, changes_print(cx, changes));
}

static bool
same_array(struct str a, struct str b)
{
    return (a.p == NULL) == (b.p == NULL) && str_eq(a, b);
}

static bool
moves(const struct person *before, const struct person *after)
{
    return before->group.v != after->group.v || !same_array(before->channels, after->channels) ||
           !same_array(before->branches, after->branches) ||
           !same_array(before->departments, after->departments);
}

/* What they had was judged with the person; what they are to have is judged here. */
static struct err
may_move(struct cx *cx, const struct person *after)
{
    struct group group;
    struct reach reach;

    if (after->user.v == cx->user.v)
        return FAIL(ERR_FORBIDDEN, "cannot_change_self");
    TRY(groups_require(cx, after->group, &group));
    TRY(members_require_places(cx, after->departments, after->branches, after->channels));
    reach = members_reach(cx, &group, after->departments, after->branches, after->channels);
    return auth_may_grant(cx, NULL, &reach);
}

struct err
members_save(struct cx *cx, const struct person *before, const struct person *after)
{
    TRY(auth_may_act_on(cx, before->user));
    if (moves(before, after))
        TRY(may_move(cx, after));
    db_queue(cx, &SQL_member_save, P_ID(cx->account), P_ID(after->id), P_STR(after->display_name),
             P_STR(after->signature), P_ID(after->group), P_STR(after->channels),
             P_BOOL(after->is_agent));
    db_queue(cx, &SQL_member_leave_departments, P_ID(cx->account), P_ID(after->id),
             P_STR(after->departments));
    db_queue(cx, &SQL_member_join_departments, P_ID(cx->account), P_ID(after->id),
             P_STR(after->departments));
    db_queue(cx, &SQL_member_leave_branches, P_ID(cx->account), P_ID(after->id),
             P_STR(after->branches));
    db_queue(cx, &SQL_member_join_branches, P_ID(cx->account), P_ID(after->id),
             P_STR(after->branches));
    write_trail(cx, before, after);
    return OK;
}

struct err
members_set_active(struct cx *cx, struct member_id id, bool is_active)
{
    struct person person;

    TRY(members_lock(cx, id, &person));
    if (person.user.v == cx->user.v)
        return FAIL(ERR_FORBIDDEN, "cannot_change_self");
    TRY(auth_may_act_on(cx, person.user));
    if (person.is_active == is_active)
        return OK;
    TRY(db_exec(cx, &SQL_member_set_active, NULL, P_ID(cx->account), P_ID(id), P_BOOL(is_active)));
    if (!is_active)
        TRY(tickets_release(cx, id));
    audit_add(cx, is_active ? "member.reactivated" : "member.deactivated", "member", id.v,
              (struct str){ 0 });
    return OK;
}
