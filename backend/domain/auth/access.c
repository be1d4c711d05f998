#include "access.h"

#include "base/clock.h"

#include "auth.sql.h"
#include "auth_visible.sql.h"

const char *const access_scope_names[] = {
    [SCOPE_OWN] = "own",         [SCOPE_DEPARTMENT] = "department", [SCOPE_BRANCH] = "branch",
    [SCOPE_ACCOUNT] = "account", [SCOPE_ACCOUNT + 1] = NULL,
};

/*
 * Members this process has met. It only saves a question: the gate confirms each
 * epoch in the transaction that uses it. Full or stale slots are simply replaced.
 */
enum { REMEMBERED = 1024, SLOT_BYTES = 512 };

static struct slot {
    struct access access;
    struct arena *arena; /* of what the access points to */
} slots[REMEMBERED];

static struct slot *
slot_of(struct account_id account, struct user_id user)
{
    uint64_t mixed = (uint64_t)account.v * UINT64_C(0x9E3779B97F4A7C15) + (uint64_t)user.v;

    return &slots[(mixed ^ (mixed >> 32)) % REMEMBERED];
}

static enum access_scope
scope_of(struct str name)
{
    for (int s = 0; access_scope_names[s] != NULL; s++)
        if (str_eq(name, str_of(access_scope_names[s])))
            return (enum access_scope)s;
    BUG("scope=%.*s is unknown", STR_ARG(name));
}

/* "{10.0.0.0/8,2001:db8::/48}": PostgreSQL's own text, so always well formed. */
static void
read_networks(struct arena *a, struct str array, struct access *out)
{
    struct net_block *blocks;
    struct str rest, word;

    out->is_fenced = array.p != NULL;
    if (array.len < 2)
        return;
    rest = (struct str){ array.p + 1, array.len - 2 };
    out->networks = blocks = arena_array(a, struct net_block, rest.len / 2 + 1);
    while (str_cut(&rest, ',', &word))
        if (net_parse_block(word, &blocks[out->network_count]).code == ERR_NONE)
            out->network_count++;
}

/* Values for cx->bound, terminated, beside the access they belong to. */
static const char *const *
bind(struct arena *a, const struct access *access)
{
    const char **bound = arena_array(a, const char *, BOUND__MAX);

    bound[BOUND_member] =
        access->member.v == 0 ? NULL : str_cstr(a, str_fmt(a, "%lld", (long long)access->member.v));
    bound[BOUND_channels] = access->channels.p == NULL ? NULL : str_cstr(a, access->channels);
    bound[BOUND_sees_account] = access->sees_account ? "t" : "f";
    bound[BOUND_departments] = str_cstr(a, access->departments);
    bound[BOUND_branches] = str_cstr(a, access->branches);
    bound[BOUND_pick_departments] = str_cstr(a, access->pick_departments);
    bound[BOUND_sees_bot] = access->sees_bot ? "t" : "f";
    bound[BOUND_sees_history] = access->sees_history ? "t" : "f";
    bound[BOUND_sees_contacts] = access->sees_contacts ? "t" : "f";
    bound[BOUND_is_bot] = access->is_bot ? "t" : "f";
    bound[BOUND_masks] = str_cstr(a, str_fmt(a, "%u", access->masks));
    return bound;
}

static struct str
keep_text(struct arena *a, const struct db_row *row, int col)
{
    struct str text = db_str(row, col);

    return text.p == NULL ? text : str_dup(a, text);
}

void
access_read(struct arena *a, const struct db_row *row, struct access *out)
{
    out->member.v = db_i64(row, 0);
    out->epoch = db_i64(row, 1);
    out->is_active = db_bool(row, 2);
    if (!permissions_parse(db_str(row, 3), &out->permissions))
        BUG("permissions of member=%lld", (long long)out->member.v);
    out->scope = scope_of(db_str(row, 4));
    out->departments = keep_text(a, row, 5);
    out->branches = keep_text(a, row, 6);
    out->pick_departments = keep_text(a, row, 7);
    out->channels = keep_text(a, row, 8);
    out->sees_account = db_bool(row, 9);
    out->sees_bot = db_bool(row, 10);
    out->sees_history = db_bool(row, 11);
    out->sees_contacts = db_bool(row, 12);
    out->masks = (unsigned)db_i64(row, 13);
    read_networks(a, db_str(row, 14), out);
    out->account_state = keep_text(a, row, 15);
    out->factor_from_us = db_time(row, 16);
    out->block = keep_text(a, row, 17);
    out->bound = bind(a, out);
}

/* The first look at a member, or the first after the gate said that what we knew was stale. */
static struct err
load(struct cx *cx, struct slot *slot, struct account_id account, struct user_id user)
{
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_access_find, &found, &row, P_ID(account), P_ID(user)));
    if (slot->arena == NULL)
        slot->arena = arena_new(SLOT_BYTES);
    arena_reset(slot->arena);
    slot->access = (struct access){ .account = account, .user = user };
    if (found)
        access_read(slot->arena, &row, &slot->access);
    return OK;
}

struct err
access_find(struct cx *cx, struct account_id account, struct user_id user, bool fresh,
            const struct access **out)
{
    struct slot *slot = slot_of(account, user);
    bool is_remembered = slot->access.account.v == account.v && slot->access.user.v == user.v &&
                         slot->access.member.v != 0;

    if (!is_remembered || fresh)
        TRY(load(cx, slot, account, user));
    *out = slot->access.member.v == 0 ? NULL : &slot->access;
    return OK;
}

struct err
access_look(struct cx *cx, struct account_id account, struct user_id user,
            const struct access **out)
{
    struct access *access = arena_new_of(cx->arena, struct access);
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_access_find, &found, &row, P_ID(account), P_ID(user)));
    *access = (struct access){ .account = account, .user = user };
    if (found)
        access_read(cx->arena, &row, access);
    *out = found ? access : NULL;
    return OK;
}

void
access_enter(struct cx *cx, const struct access *access)
{
    cx->member = access->member;
    cx->access = access;
    cx->bound = access->bound;
    cx->log.member_id = access->member.v;
}

struct access_lent
access_lend(struct cx *cx, const struct access *access)
{
    struct access_lent before = { cx->user, cx->member, cx->access, cx->bound };

    access_enter(cx, access);
    cx->user = access->user;
    return before;
}

void
access_give_back(struct cx *cx, const struct access_lent *before)
{
    cx->user = before->user;
    cx->member = before->member;
    cx->access = before->access;
    cx->bound = before->bound;
    cx->log.member_id = before->member.v;
}

static bool
is_from_allowed_network(const struct access *access, struct str address)
{
    struct net_address from;

    if (!access->is_fenced)
        return true;
    if (!net_parse_address(address, &from))
        return false;
    for (size_t i = 0; i < access->network_count; i++)
        if (net_contains(&access->networks[i], &from))
            return true;
    return false;
}

const char *
access_refusal(const struct access *access, const struct permission *permission, struct str address,
               bool is_open_to_unpaid)
{
    if (!is_from_allowed_network(access, address))
        return "network_refused";
    if (str_eq(access->account_state, STR("closed")))
        return "account_closed";
    if (!str_eq(access->account_state, STR("active")) && !is_open_to_unpaid)
        return "account_suspended";
    if (access->block.p != NULL)
        return access->block.p; /* terminated: keep_text copies with its end */
    if (permission != NULL && !permissions_has(&access->permissions, permission))
        return "permission_denied";
    return NULL;
}

bool
access_may(const struct cx *cx, const char *permission)
{
    return cx->access != NULL &&
           permissions_has(&cx->access->permissions, permissions_get(permission));
}

bool
access_is_bot(const struct cx *cx)
{
    return cx->access != NULL && cx->access->is_bot;
}

struct err
access_require(const struct cx *cx, const char *permission)
{
    return access_may(cx, permission) ? OK : FAIL(ERR_FORBIDDEN, "permission_denied");
}
