#include "live/sees.h"

#include "base/testing/testing.h"

static struct live_grant
grant_of(const char *text)
{
    struct live_grant grant;

    CHECK(live_grant_parse(str_of(text), &grant));
    return grant;
}

static void
check_refused(const char *text)
{
    struct live_grant grant;

    CHECK(!live_grant_parse(str_of(text), &grant));
}

TEST(a_grant_names_a_member_or_a_visitor)
{
    struct live_grant member = grant_of("member account=1 user=7 session=9");
    struct live_grant visitor = grant_of("visitor account=1 identity=55");

    CHECK_I64(member.audience, TO_MEMBERS);
    CHECK_I64(member.account_id, 1);
    CHECK_I64(member.user_id, 7);
    CHECK_I64(member.session_id, 9);
    CHECK_I64(visitor.audience, TO_VISITOR);
    CHECK_I64(visitor.identity_id, 55);
}

TEST(a_grant_that_is_not_wholly_understood_grants_nothing)
{
    check_refused("");
    check_refused("member");
    check_refused("member account=1 user=7");
    check_refused("member account=1 session=9");
    check_refused("member account=0 user=7 session=9");
    check_refused("member account=1 user=7 session=9 department=3");
    check_refused("member account=1 account=2 user=7 session=9");
    check_refused("member account=1 user=7 session=9 identity=55");
    check_refused("visitor account=1 identity=55 user=7");
    check_refused("visitor account=1 identity=-55");
    check_refused("visitor  account=1 identity=55");
    check_refused("owner account=1 user=7 session=9");
}

TEST(members_see_what_is_for_members_of_their_account)
{
    struct live_grant grant = grant_of("member account=1 user=7 session=9");

    CHECK(live_sees(&grant, &(struct live_event){ .account_id = 1 }));
    CHECK(!live_sees(&grant, &(struct live_event){ .account_id = 2 }));
}

TEST(what_is_for_one_person_reaches_that_person_only)
{
    struct live_grant grant = grant_of("member account=1 user=7 session=9");

    CHECK(live_sees(&grant, &(struct live_event){ .account_id = 1, .user_id = 7 }));
    CHECK(!live_sees(&grant, &(struct live_event){ .account_id = 1, .user_id = 8 }));
}

TEST(a_visitor_sees_what_is_for_that_visitor_and_nothing_of_the_members)
{
    struct live_grant grant = grant_of("visitor account=1 identity=55");
    struct live_event mine = { .account_id = 1, .audience = TO_VISITOR, .identity_id = 55 };
    struct live_event theirs = mine, elsewhere = mine, members = mine;

    theirs.identity_id = 56;
    elsewhere.account_id = 2;
    members.audience = TO_MEMBERS;
    CHECK(live_sees(&grant, &mine));
    CHECK(!live_sees(&grant, &theirs));
    CHECK(!live_sees(&grant, &elsewhere));
    CHECK(!live_sees(&grant, &members));
}

TEST(members_do_not_see_the_copy_made_for_a_visitor)
{
    struct live_grant grant = grant_of("member account=1 user=7 session=9");
    struct live_event event = { .account_id = 1, .audience = TO_VISITOR, .identity_id = 55 };

    CHECK(!live_sees(&grant, &event));
}
