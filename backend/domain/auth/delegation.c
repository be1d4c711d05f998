#include "delegation.h"

struct json_ids
auth_ids_of(struct arena *a, struct str array)
{
    struct json_ids out = { 0 };
    struct str rest, word;
    int64_t *ids;

    if (array.len <= 2)
        return out;
    rest = (struct str){ array.p + 1, array.len - 2 };
    ids = arena_array(a, int64_t, rest.len / 2 + 1);
    out.v = ids;
    while (str_cut(&rest, ',', &word))
        if (str_i64(word, &ids[out.n]))
            out.n++;
    return out;
}

/* Departments that count: those whose tickets they see, and those they serve the queue of. */
static struct json_ids
joined(struct arena *a, struct json_ids x, struct json_ids y)
{
    int64_t *both = arena_array(a, int64_t, x.n + y.n + 1);

    for (size_t i = 0; i < x.n + y.n; i++)
        both[i] = i < x.n ? x.v[i] : y.v[i - x.n];
    return (struct json_ids){ both, x.n + y.n };
}

struct reach
auth_reach_of(struct cx *cx, const struct access *access)
{
    struct arena *a = cx->arena;

    return (struct reach){
        .permissions = access->permissions,
        .scope = access->scope,
        .masks = access->masks,
        .every_department = access->sees_account,
        .every_branch = access->sees_account,
        .every_channel = access->channels.p == NULL,
        .departments = joined(a, auth_ids_of(a, access->departments),
                              auth_ids_of(a, access->pick_departments)),
        .branches = auth_ids_of(a, access->branches),
        .channels = auth_ids_of(a, access->channels),
    };
}

static bool
holds(struct json_ids list, int64_t id)
{
    for (size_t i = 0; i < list.n; i++)
        if (list.v[i] == id)
            return true;
    return false;
}

static bool
within(bool wants_every, struct json_ids wanted, bool has_every, struct json_ids held)
{
    if (has_every)
        return true;
    if (wants_every)
        return false;
    for (size_t i = 0; i < wanted.n; i++)
        if (!holds(held, wanted.v[i]))
            return false;
    return true;
}

/* All bits count, not only those of today's table: an owner's are all set. */
static bool
is_subset(const struct permission_set *set, const struct permission_set *of)
{
    for (size_t i = 0; i < sizeof set->bits; i++)
        if ((set->bits[i] & ~of->bits[i]) != 0)
            return false;
    return true;
}

struct err
auth_covers(const struct reach *mine, const struct reach *wanted)
{
    const struct {
        bool holds;
        const char *field;
    } rules[] = {
        { is_subset(&wanted->permissions, &mine->permissions), "permissions" },
        { wanted->scope <= mine->scope, "scope" },
        { (wanted->masks & mine->masks) == mine->masks, "masks" },
        { within(wanted->every_channel, wanted->channels, mine->every_channel, mine->channels),
          "channel_ids" },
        /* Every department and branch is what scope account means: it was judged above. */
        { within(false, wanted->departments, mine->every_department, mine->departments),
          "department_ids" },
        { within(false, wanted->branches, mine->every_branch, mine->branches), "branch_ids" },
    };

    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (!rules[i].holds)
            return FAIL_FIELD(ERR_FORBIDDEN, "cannot_grant", rules[i].field);
    return OK;
}

struct err
auth_may_grant(struct cx *cx, const struct reach *before, const struct reach *after)
{
    struct reach mine;

    if (cx->access == NULL)
        return FAIL(ERR_FORBIDDEN, "permission_denied");
    mine = auth_reach_of(cx, cx->access);
    if (before != NULL)
        TRY(auth_covers(&mine, before));
    if (after != NULL)
        TRY(auth_covers(&mine, after));
    return OK;
}

struct err
auth_may_act_on(struct cx *cx, struct user_id target)
{
    const struct access *theirs;
    struct reach reach, mine;

    if (target.v == cx->user.v)
        return OK;
    if (cx->access == NULL)
        return FAIL(ERR_FORBIDDEN, "permission_denied");
    mine = auth_reach_of(cx, cx->access);
    TRY(access_look(cx, cx->account, target, &theirs));
    if (theirs == NULL)
        return FAIL(ERR_NOT_FOUND, "not_found");
    reach = auth_reach_of(cx, theirs);
    return auth_covers(&mine, &reach).code == ERR_NONE ? OK
                                                       : FAIL(ERR_FORBIDDEN, "target_above_you");
}
