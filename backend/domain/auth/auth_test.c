#include "base/clock.h"
#include "domain/auth/auth.h"
#include "domain/testing/fixtures.h"

TEST(a_role_holds_what_the_table_says)
{
    CHECK(permissions_role_holds(STR("agent"), "tickets.reply"));
    CHECK(!permissions_role_holds(STR("agent"), "channels.manage"));
    CHECK(!permissions_role_holds(STR("finance"), "tickets.view"));
    CHECK(!permissions_role_holds(STR("nobody"), "tickets.view"));
    CHECK_STR(permissions_roles("channels.manage"), "{owner,administrator}");
}

TEST(the_owner_holds_everything)
{
    struct buf owner = { .arena = test_arena() }, agent = { .arena = test_arena() };

    permissions_write(&(struct json_out){ .buf = &owner }, STR("owner"));
    permissions_write(&(struct json_out){ .buf = &agent }, STR("agent"));
    CHECK(str_has(buf_str(&owner), STR("\"channels.manage\"")));
    CHECK(owner.len > agent.len);
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
