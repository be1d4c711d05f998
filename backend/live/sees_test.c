#include "live/sees.h"

#include "base/testing/testing.h"

#define MEMBER "member account=1 user=7 session=9 member=12 epoch=3 "
#define LEADER MEMBER "sees=account,bot departments=- pick=- branches=- channels=* invited=-"
#define AGENT MEMBER "sees=- departments=- pick=2,3 branches=- channels=* invited=70"

static void
release(void *grant)
{
    live_grant_release(grant);
}

static struct live_grant
grant_of(const char *text)
{
    struct live_grant *grant = arena_new_of(test_arena(), struct live_grant);

    CHECK(live_grant_parse(str_of(text), grant));
    testing_at_end(release, grant);
    return *grant;
}

/* Of what is told of a ticket in this state, department and hands. */
static struct live_event
about(enum live_facts_state state, int64_t department_id, int64_t assignee_id)
{
    return (struct live_event){ .account_id = 1,
                                .has_now = true,
                                .now = { .ticket_id = 50,
                                         .channel_id = 5,
                                         .state = state,
                                         .department_id = department_id,
                                         .assignee_id = assignee_id } };
}

static void
check_refused(const char *text)
{
    struct live_grant grant;

    CHECK(!live_grant_parse(str_of(text), &grant));
}

TEST(a_grant_names_a_member_or_a_visitor)
{
    struct live_grant member = grant_of(LEADER);
    struct live_grant visitor = grant_of("visitor account=1 identity=55");

    CHECK_I64(member.audience, TO_MEMBERS);
    CHECK_I64(member.account_id, 1);
    CHECK_I64(member.user_id, 7);
    CHECK_I64(member.session_id, 9);
    CHECK_I64(member.member_id, 12);
    CHECK_I64(member.epoch, 3);
    CHECK_I64(visitor.audience, TO_VISITOR);
    CHECK_I64(visitor.identity_id, 55);
}

TEST(a_grant_that_is_not_wholly_understood_grants_nothing)
{
    check_refused("");
    check_refused("member");
    check_refused("member account=1 user=7 session=9");
    check_refused(LEADER " department=3");
    check_refused(LEADER " account=2");
    check_refused(LEADER " identity=55");
    check_refused(LEADER " invited=5");
    check_refused("visitor account=1 identity=55 sees=account");
    check_refused(MEMBER "sees=everything departments=- pick=- branches=- channels=* invited=-");
    check_refused(MEMBER "sees=- departments=0 pick=- branches=- channels=* invited=-");
    check_refused(MEMBER "sees=- departments= pick=- branches=- channels=* invited=-");
    check_refused(MEMBER "sees=- departments=1,x pick=- branches=- channels=* invited=-");
    check_refused(MEMBER "sees=- pick=- departments=1 branches=- channels=* invited=-");
    check_refused(MEMBER "sees=- departments=- pick=- branches=- channels=*");
    check_refused("visitor account=1 identity=55 user=7");
    check_refused("visitor account=1 identity=-55");
    check_refused("visitor  account=1 identity=55");
    check_refused("owner account=1 user=7 session=9");
}

TEST(members_see_what_is_for_members_of_their_account)
{
    struct live_grant grant = grant_of(LEADER);

    CHECK(live_sees(&grant, &(struct live_event){ .account_id = 1 }));
    CHECK(!live_sees(&grant, &(struct live_event){ .account_id = 2 }));
}

TEST(what_is_between_persons_is_heard_by_whom_it_is_addressed_to)
{
    struct live_grant leader = grant_of(LEADER);
    struct live_event chat = { .account_id = 1, .is_private = true, .user_id = 8 };

    CHECK(!live_sees(&leader, &chat));
    chat.user_id = 7;
    CHECK(live_sees(&leader, &chat));
    chat.user_id = 0;
    CHECK(!live_sees(&leader, &chat));
}

TEST(who_sees_no_tickets_hears_what_is_addressed_to_them_and_nothing_of_the_account)
{
    struct live_grant finance =
        grant_of(MEMBER "sees=account,own departments=- pick=- branches=- channels=* invited=-");
    struct live_event told = { .account_id = 1 }, ticket = about(FACTS_OTHER, 2, 12);

    CHECK(!live_sees(&finance, &told));
    CHECK(!live_sees(&finance, &ticket));
    ticket.has_was = true;
    CHECK_I64(live_sees(&finance, &ticket), SIGHT_NONE);
    told.user_id = 7;
    CHECK(live_sees(&finance, &told));
}

static void
check_sight(const char *grant_text, struct live_event event, enum live_sight expected)
{
    struct live_grant grant = grant_of(grant_text);

    CHECK_I64(live_sees(&grant, &event), expected);
}

TEST(an_agent_sees_their_own_their_queues_and_what_they_were_invited_to)
{
    struct live_event invited = about(FACTS_OTHER, 9, 99);

    invited.now.ticket_id = 70;
    check_sight(AGENT, about(FACTS_OTHER, 9, 12), SIGHT_SEEN);
    check_sight(AGENT, about(FACTS_OTHER, 2, 99), SIGHT_NONE);
    check_sight(AGENT, about(FACTS_WAITING, 2, 0), SIGHT_SEEN);
    check_sight(AGENT, about(FACTS_WAITING, 9, 0), SIGHT_NONE);
    check_sight(AGENT, about(FACTS_BOT, 0, 0), SIGHT_NONE);
    check_sight(AGENT, invited, SIGHT_SEEN);
}

TEST(a_department_and_a_branch_open_all_of_theirs)
{
    const char *manager = MEMBER "sees=bot departments=2 pick=2 branches=6 channels=* invited=-";
    struct live_event branch = about(FACTS_OTHER, 9, 99);

    branch.now.branch_id = 6;
    check_sight(manager, about(FACTS_OTHER, 2, 99), SIGHT_SEEN);
    check_sight(manager, about(FACTS_OTHER, 3, 99), SIGHT_NONE);
    check_sight(manager, branch, SIGHT_SEEN);
    check_sight(manager, about(FACTS_BOT, 0, 0), SIGHT_SEEN);
    check_sight(manager, about(FACTS_BOT, 3, 0), SIGHT_NONE);
}

TEST(channels_narrow_everything_ones_own_too)
{
    const char *elsewhere =
        MEMBER "sees=account departments=- pick=- branches=- channels=6,7 invited=-";

    check_sight(elsewhere, about(FACTS_OTHER, 2, 12), SIGHT_NONE);
    check_sight(MEMBER "sees=account departments=- pick=- branches=- channels=5 invited=-",
                about(FACTS_OTHER, 2, 99), SIGHT_SEEN);
}

#define PROGRAM "member account=1 token=5 epoch=3 "
#define BOT PROGRAM "sees=as_bot departments=- pick=- branches=- channels=5 invited=-"

TEST(a_program_that_is_nobodys_holds_no_ticket)
{
    const char *program = PROGRAM "sees=- departments=2 pick=- branches=- channels=* invited=-";

    check_sight(program, about(FACTS_WAITING, 9, 0), SIGHT_NONE);
    check_sight(program, about(FACTS_OTHER, 2, 99), SIGHT_SEEN);
    check_sight(PROGRAM "member=12 sees=- departments=- pick=- branches=- channels=* invited=-",
                about(FACTS_OTHER, 9, 12), SIGHT_SEEN);
    check_refused(PROGRAM "user=7 sees=- departments=- pick=- branches=- channels=* invited=-");
    check_refused(PROGRAM "session=9 sees=- departments=- pick=- branches=- channels=* invited=-");
}

TEST(a_bot_hears_of_what_the_bot_holds_on_its_channel_and_of_nothing_else)
{
    struct live_event elsewhere = about(FACTS_BOT, 0, 0), taken = about(FACTS_OTHER, 3, 12);

    elsewhere.now.channel_id = 6;
    taken.has_was = true;
    taken.was = about(FACTS_BOT, 3, 0).now;
    check_sight(BOT, about(FACTS_BOT, 0, 0), SIGHT_SEEN);
    check_sight(BOT, about(FACTS_BOT, 3, 0), SIGHT_SEEN);
    check_sight(BOT, elsewhere, SIGHT_NONE);
    check_sight(BOT, about(FACTS_WAITING, 3, 0), SIGHT_NONE);
    check_sight(BOT, taken, SIGHT_GONE);
    check_sight(BOT, (struct live_event){ .account_id = 1 }, SIGHT_NONE);
}

TEST(what_was_seen_before_and_is_not_now_is_gone)
{
    struct live_event moved = about(FACTS_WAITING, 9, 0);

    moved.has_was = true;
    moved.was = moved.now;
    moved.was.department_id = 2;
    check_sight(AGENT, moved, SIGHT_GONE);
    check_sight(LEADER, moved, SIGHT_SEEN);
    moved.was.department_id = 8;
    check_sight(AGENT, moved, SIGHT_NONE);
}

TEST(a_change_that_the_grant_knows_of_is_no_news)
{
    struct live_event changed = { .account_id = 1, .user_id = 7, .is_access = true, .epoch = 3 };

    check_sight(LEADER, changed, SIGHT_NONE);
    changed.epoch = 4;
    check_sight(LEADER, changed, SIGHT_SEEN);
}

TEST(facts_are_read_as_they_are_written)
{
    struct live_facts facts;

    CHECK(live_facts_parse(STR("70 5 0 3 12 serving"), &facts));
    CHECK_I64(facts.ticket_id, 70);
    CHECK_I64(facts.department_id, 3);
    CHECK_I64(facts.assignee_id, 12);
    CHECK_I64(facts.state, FACTS_OTHER);
    CHECK(!live_facts_parse(STR("70 5 0 3"), &facts));
    CHECK(!live_facts_parse(STR("70 5 0 3 x waiting"), &facts));
    CHECK(!live_facts_parse(STR(""), &facts));
}

TEST(what_is_for_one_person_reaches_that_person_only)
{
    struct live_grant grant = grant_of(LEADER);

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
    struct live_grant grant = grant_of(LEADER);
    struct live_event event = { .account_id = 1, .audience = TO_VISITOR, .identity_id = 55 };

    CHECK(!live_sees(&grant, &event));
}
