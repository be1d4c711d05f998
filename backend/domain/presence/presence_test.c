#include "domain/presence/presence.h"
#include "domain/testing/fixtures.h"

static bool
may_receive(struct cx *cx)
{
    bool may;

    CHECK_OK(presence_hold(cx, cx->member, &may));
    return may;
}

TEST(whoever_was_never_there_gets_no_ticket)
{
    struct cx *cx = test_cx();

    test_member(cx, "agent");
    CHECK(!may_receive(cx));
}

TEST(an_open_page_makes_a_member_somebody_tickets_are_given_to)
{
    struct cx *cx = test_cx();

    test_member(cx, "agent");
    test_connect(cx, 1);
    CHECK(may_receive(cx));
    CHECK_I64(test_events(cx, "presence.changed"), 1);
}
