#include "base/clock.h"
#include "domain/auth/auth.h"
#include "domain/testing/fixtures.h"

static struct str
held(const struct cx *cx)
{
    struct buf buf = { .arena = test_arena() };

    permissions_write(&(struct json_out){ .buf = &buf }, &cx->access->permissions);
    return buf_str(&buf);
}

TEST(a_built_in_group_holds_what_the_table_says)
{
    struct cx *cx = test_cx();

    test_member(cx, "agent");
    CHECK(access_may(cx, "tickets.reply"));
    CHECK(!access_may(cx, "channels.manage"));
    test_member(cx, "finance");
    CHECK(!access_may(cx, "tickets.view"));
    CHECK_FAIL(access_require(cx, "tickets.view"), ERR_FORBIDDEN, "permission_denied");
}

TEST(the_owner_holds_everything)
{
    struct cx *cx = test_cx();

    test_member(cx, "owner");
    for (const struct permission *p = permissions; p->name != NULL; p++)
        CHECK(str_has(held(cx), str_of(p->name)));
}

TEST(whoever_is_no_member_may_nothing)
{
    struct cx *ours = test_cx(), *theirs = test_cx();
    const struct access *access;

    test_member(theirs, "owner");
    CHECK_OK(access_find(ours, ours->account, theirs->user, true, &access));
    CHECK(access == NULL);
    CHECK(!access_may(ours, "tickets.view"));
}

TEST(numbers_of_permissions_are_given_once)
{
    for (const struct permission *p = permissions; p->name != NULL; p++) {
        CHECK(p->number >= 0 && p->number < PERMISSIONS_MAX);
        for (const struct permission *q = p + 1; q->name != NULL; q++)
            CHECK(p->number != q->number && strcmp(p->name, q->name) != 0);
    }
}

TEST(a_visitors_token_opens_its_grant_and_nothing_else)
{
    struct cx *cx = test_cx();
    struct str grant = str_fmt(cx->arena, "%lld 2 3 visitor abc", (long long)cx->account.v);
    struct str token = auth_visitor_token(cx, grant);
    char *forged = arena_alloc(cx->arena, token.len);

    CHECK_OK(auth_visitor_enter(cx, token));
    CHECK_STR(cx->grant, str_cstr(cx->arena, grant));
    CHECK_I64(cx->actor, ACTOR_VISITOR);

    memcpy(forged, token.p, token.len);
    forged[12] ^= 1;
    CHECK_FAIL(auth_visitor_enter(cx, (struct str){ forged, token.len }), ERR_UNAUTHENTICATED,
               "visitor_invalid");
    CHECK_FAIL(auth_visitor_enter(cx, (struct str){ 0 }), ERR_UNAUTHENTICATED, "visitor_missing");
}

TEST(a_visitors_token_ends_after_a_year)
{
    struct cx *cx = test_cx();
    struct str token = auth_visitor_token(
        cx, str_fmt(cx->arena, "%lld 2 3 visitor abc", (long long)cx->account.v));

    test_advance(cx, 364 * US_PER_DAY);
    CHECK_OK(auth_visitor_enter(cx, token));
    test_advance(cx, 2 * US_PER_DAY);
    CHECK_FAIL(auth_visitor_enter(cx, token), ERR_UNAUTHENTICATED, "visitor_expired");
}
