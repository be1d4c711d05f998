#include "groups.h"

#include "changes.h"
#include "domain/audit/audit.h"

#include "people_groups.sql.h"

static enum access_scope
scope_of(struct str name)
{
    for (int s = 0; access_scope_names[s] != NULL; s++)
        if (str_eq(name, str_of(access_scope_names[s])))
            return (enum access_scope)s;
    BUG("scope=%.*s is unknown", STR_ARG(name));
}

static struct group
group_from_row(const struct db_row *row)
{
    struct group out = {
        .id = { db_i64(row, 0) },
        .builtin = db_str(row, 1),
        .name = db_str(row, 2),
        .description = db_str(row, 3),
        .scope = scope_of(db_str(row, 5)),
        .channels = db_str(row, 6),
        .masks = (unsigned)db_i64(row, 7),
        .factor_from_us = db_time(row, 8),
        .member_count = db_i64(row, 9),
    };

    if (!permissions_parse(db_str(row, 4), &out.permissions))
        BUG("permissions of group=%lld", (long long)out.id.v);
    return out;
}

struct err
groups_require(struct cx *cx, struct group_id id, struct group *out)
{
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_group_find, &found, &row, P_ID(cx->account), P_ID(id)));
    if (!found)
        return FAIL_FIELD(ERR_NOT_FOUND, "group_unknown", "group_id");
    *out = group_from_row(&row);
    return OK;
}

struct err
groups_lock(struct cx *cx, struct group_id id, struct group *out)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_group_lock, &row, P_ID(cx->account), P_ID(id)));
    *out = group_from_row(&row);
    return OK;
}

struct err
groups_list(struct cx *cx, struct db_rows *rows)
{
    return db_many(cx, &SQL_group_list, rows, P_ID(cx->account));
}

struct group
group_at(const struct db_rows *rows, int index)
{
    struct db_row row = db_row_at(rows, index);

    return group_from_row(&row);
}

struct reach
group_reach(struct cx *cx, const struct group *group)
{
    return (struct reach){
        .permissions = group->permissions,
        .scope = group->scope,
        .masks = group->masks,
        .every_channel = group->channels.p == NULL,
        .channels = auth_ids_of(cx->arena, group->channels),
    };
}

/* --- changing ---------------------------------------------------------------------- */

static struct db_param
names_of(struct arena *a, const struct permission_set *set)
{
    struct str names[PERMISSIONS_MAX];
    size_t n = 0;

    for (const struct permission *p = permissions; p->name != NULL; p++)
        if (permissions_has(set, p))
            names[n++] = str_of(p->name);
    return db_p_strs(a, names, n);
}

static struct str
print_permissions(struct cx *cx, const struct permission_set *set)
{
    struct buf buf = { .arena = cx->arena };
    struct json_out o = { .buf = &buf };

    permissions_write(&o, set);
    return buf_str(&buf);
}

/* before NULL: a new one. after NULL: one that goes. */
static void
write_trail(struct cx *cx, const char *action, struct group_id id, const struct group *before,
            const struct group *after)
{
#define SIDES(value_of_b, value_of_a)                                                              \
    before == NULL ? (struct str){ 0 } : (value_of_b),                                             \
        after == NULL ? (struct str){ 0 } : (value_of_a)
    const struct change changes[] = {
        { "channel_ids", SIDES(change_ids(cx, before->channels), change_ids(cx, after->channels)) },
        { "description",
          SIDES(change_text(cx, before->description), change_text(cx, after->description)) },
        { "factor_from",
          SIDES(change_time(cx, before->factor_from_us), change_time(cx, after->factor_from_us)) },
        { "masks", SIDES(change_i64(cx, before->masks), change_i64(cx, after->masks)) },
        { "name", SIDES(change_text(cx, before->name), change_text(cx, after->name)) },
        { "permissions", SIDES(print_permissions(cx, &before->permissions),
                               print_permissions(cx, &after->permissions)) },
        { "scope", SIDES(change_text(cx, str_of(access_scope_names[before->scope])),
                         change_text(cx, str_of(access_scope_names[after->scope]))) },
        { 0 },
    };
#undef SIDES

    audit_add(cx, action, "group", id.v, changes_print(cx, changes));
}

static struct err
require_channels(struct cx *cx, struct str channels)
{
    struct db_row row;

    if (channels.p == NULL)
        return OK;
    TRY(db_one(cx, &SQL_channels_unknown, &row, P_ID(cx->account), P_STR(channels)));
    return db_bool(&row, 0) ? FAIL_FIELD(ERR_NOT_FOUND, "channel_unknown", "channel_ids") : OK;
}

struct err
groups_add(struct cx *cx, const struct group *wanted, struct group *out)
{
    struct reach reach = group_reach(cx, wanted);
    struct db_row row;

    TRY(auth_may_grant(cx, NULL, &reach));
    TRY(require_channels(cx, wanted->channels));
    TRY(db_one(cx, &SQL_group_add, &row, P_ID(cx->account), P_STR(wanted->name),
               P_STR(wanted->description), names_of(cx->arena, &wanted->permissions),
               P_STR(str_of(access_scope_names[wanted->scope])), P_STR(wanted->channels),
               P_I64(wanted->masks), P_TIME(wanted->factor_from_us), P_TIME(cx->now_us)));
    TRY(groups_require(cx, (struct group_id){ db_i64(&row, 0) }, out));
    write_trail(cx, "group.created", out->id, NULL, out);
    return OK;
}

/*
 * Who does not see the whole account may still not change what people beyond their
 * reach may do: each member of the group is judged.
 */
static struct err
may_act_on_members(struct cx *cx, struct group_id id)
{
    struct db_rows rows;

    TRY(db_many(cx, &SQL_group_users, &rows, P_ID(cx->account), P_ID(id)));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        if (db_i64(&row, 0) == cx->user.v)
            return FAIL(ERR_FORBIDDEN, "cannot_change_self");
        if (!cx->access->sees_account)
            TRY(auth_may_act_on(cx, (struct user_id){ db_i64(&row, 0) }));
    }
    return OK;
}

struct err
groups_save(struct cx *cx, const struct group *before, const struct group *after, struct group *out)
{
    struct reach was = group_reach(cx, before), is = group_reach(cx, after);

    if (before->builtin.p != NULL)
        return FAIL(ERR_CONFLICT, "group_builtin");
    TRY(auth_may_grant(cx, &was, &is));
    TRY(may_act_on_members(cx, before->id));
    TRY(require_channels(cx, after->channels));
    TRY(db_exec(cx, &SQL_group_save, NULL, P_ID(cx->account), P_ID(before->id), P_STR(after->name),
                P_STR(after->description), names_of(cx->arena, &after->permissions),
                P_STR(str_of(access_scope_names[after->scope])), P_STR(after->channels),
                P_I64(after->masks), P_TIME(after->factor_from_us)));
    write_trail(cx, "group.edited", before->id, before, after);
    return groups_require(cx, before->id, out);
}

struct err
groups_demand_factor(struct cx *cx, const struct group *before, int64_t factor_from_us,
                     struct group *out)
{
    struct group after = *before;
    struct reach reach = group_reach(cx, before);

    /* Whoever holds less may not stand in their way either. */
    TRY(auth_may_grant(cx, NULL, &reach));
    after.factor_from_us = factor_from_us;
    TRY(db_exec(cx, &SQL_group_demand_factor, NULL, P_ID(cx->account), P_ID(before->id),
                P_TIME(factor_from_us)));
    write_trail(cx, "group.edited", before->id, before, &after);
    return groups_require(cx, before->id, out);
}

struct err
groups_remove(struct cx *cx, struct group_id id)
{
    struct group group;
    struct reach reach;
    struct db_row row;

    TRY(groups_lock(cx, id, &group));
    if (group.builtin.p != NULL)
        return FAIL(ERR_CONFLICT, "group_builtin");
    reach = group_reach(cx, &group);
    TRY(auth_may_grant(cx, &reach, NULL));
    TRY(db_one(cx, &SQL_group_invited, &row, P_ID(cx->account), P_ID(id)));
    if (group.member_count > 0 || db_bool(&row, 0))
        return FAIL(ERR_CONFLICT, "group_in_use");
    TRY(db_exec(cx, &SQL_group_remove, NULL, P_ID(cx->account), P_ID(id)));
    write_trail(cx, "group.deleted", id, &group, NULL);
    return OK;
}
