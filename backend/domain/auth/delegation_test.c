#include "domain/testing/fixtures.h"

#include "delegation.h"

static struct reach
nothing(void)
{
    return (struct reach){ .masks = 31, .every_channel = false };
}

static struct permission_set
holding(const char *name)
{
    struct permission_set out = { 0 };

    permissions_add(&out, permissions_get(name));
    return out;
}

static const char *
field_of(struct err e)
{
    return e.code == ERR_NONE ? "none" : e.field;
}

#define CHECK_REFUSED(mine, wanted, what)                                                          \
    CHECK_STR(str_of(field_of(auth_covers(&mine, &wanted))), what)

TEST(a_permission_that_one_lacks_is_not_given)
{
    struct reach mine = nothing(), wanted = nothing();

    wanted.permissions = holding("tickets.close");
    CHECK_REFUSED(mine, wanted, "permissions");
    mine.permissions = holding("tickets.close");
    CHECK_REFUSED(mine, wanted, "none");
}

TEST(a_wider_scope_is_not_given)
{
    struct reach mine = nothing(), wanted = nothing();

    mine.scope = SCOPE_DEPARTMENT;
    wanted.scope = SCOPE_BRANCH;
    CHECK_REFUSED(mine, wanted, "scope");
    wanted.scope = SCOPE_DEPARTMENT;
    CHECK_REFUSED(mine, wanted, "none");
}

TEST(what_is_hidden_from_oneself_is_shown_to_nobody)
{
    struct reach mine = nothing(), wanted = nothing();

    mine.masks = MASK_PHONE | MASK_DOCUMENT;
    wanted.masks = MASK_PHONE;
    CHECK_REFUSED(mine, wanted, "masks");
    wanted.masks = MASK_PHONE | MASK_DOCUMENT | MASK_EMAIL;
    CHECK_REFUSED(mine, wanted, "none");
}

TEST(channels_departments_and_branches_stay_within_ones_own)
{
    static const int64_t one[] = { 1 }, two[] = { 1, 2 };
    struct reach mine = nothing(), wanted = nothing();

    mine.channels = mine.departments = mine.branches = (struct json_ids){ one, 1 };
    wanted.channels = wanted.departments = wanted.branches = (struct json_ids){ one, 1 };
    CHECK_REFUSED(mine, wanted, "none");
    wanted.branches = (struct json_ids){ two, 2 };
    CHECK_REFUSED(mine, wanted, "branch_ids");
    wanted.departments = (struct json_ids){ two, 2 };
    CHECK_REFUSED(mine, wanted, "department_ids");
    wanted.channels = (struct json_ids){ two, 2 };
    CHECK_REFUSED(mine, wanted, "channel_ids");
    mine.channels = (struct json_ids){ two, 2 };
    wanted.every_channel = true;
    CHECK_REFUSED(mine, wanted, "channel_ids");
    mine.every_channel = mine.every_department = mine.every_branch = true;
    CHECK_REFUSED(mine, wanted, "none");
}

TEST(taking_away_is_judged_like_giving)
{
    struct cx *cx = test_cx();
    struct reach more = nothing(), less = nothing();

    test_member(cx, "manager");
    more.permissions = holding("audit.view");
    less.scope = SCOPE_OWN;
    CHECK_FAIL(auth_may_grant(cx, &more, &less), ERR_FORBIDDEN, "cannot_grant");
    CHECK_FAIL(auth_may_grant(cx, &less, &more), ERR_FORBIDDEN, "cannot_grant");
    CHECK_OK(auth_may_grant(cx, &less, &less));
}

TEST(nobody_acts_on_whoever_holds_more)
{
    struct cx *cx = test_cx();
    struct user_id owner, administrator, agent;

    test_member(cx, "owner");
    owner = cx->user;
    test_member(cx, "agent");
    agent = cx->user;
    test_member(cx, "administrator");
    administrator = cx->user;

    CHECK_OK(auth_may_act_on(cx, agent));
    CHECK_OK(auth_may_act_on(cx, administrator)); /* themselves */
    CHECK_FAIL(auth_may_act_on(cx, owner), ERR_FORBIDDEN, "target_above_you");
    test_act_as(cx, agent);
    CHECK_FAIL(auth_may_act_on(cx, administrator), ERR_FORBIDDEN, "target_above_you");
    test_act_as(cx, owner);
    CHECK_OK(auth_may_act_on(cx, administrator));
}

TEST(a_stranger_to_the_account_does_not_exist)
{
    struct cx *theirs = test_cx(), *ours;
    struct user_id stranger;

    test_member(theirs, "agent");
    stranger = theirs->user;
    ours = test_cx();
    test_member(ours, "owner");
    CHECK_FAIL(auth_may_act_on(ours, stranger), ERR_NOT_FOUND, "not_found");
}

TEST(looking_at_somebody_leaves_the_callers_own_access_in_force)
{
    struct cx *cx = test_cx();
    const struct access *mine, *theirs;
    struct user_id owner;

    test_member(cx, "owner");
    owner = cx->user;
    test_member(cx, "agent");
    mine = cx->access;
    CHECK_OK(access_look(cx, cx->account, owner, &theirs));
    CHECK(theirs != mine && !access_may(cx, "groups.manage"));
    CHECK(permissions_has(&theirs->permissions, permissions_get("groups.manage")));
}
