#include "live/presence.h"

#include "base/clock.h"
#include "base/testing/testing.h"

#include <stdarg.h>
#include <stdio.h>

/*
 * On the real database, with the rights a gateway has there; the clock is the test's. What
 * became of it is asked through a superuser's connection.
 */
static struct house {
    struct db *live, *owner;
    struct cx cx;
    int64_t member; /* of account 90998, which no sequence reaches */
    int64_t now_us;
} house;

static const struct live_presence_options quick = { .grace_us = 10 * US_PER_S,
                                                    .beat_us = 5 * US_PER_S };

static void run_sql(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

static void
run_sql(const char *fmt, ...)
{
    char sql[1024];
    va_list args;

    va_start(args, fmt);
    vsnprintf(sql, sizeof sql, fmt, args);
    va_end(args);
    CHECK_STR(str_of(db_script(house.owner, test_arena(), sql)), "");
}

static void
tear_down(void *unused)
{
    (void)unused;
    run_sql("DELETE FROM live_gateways");
    db_close(house.live);
    db_close(house.owner);
    arena_free(house.cx.arena);
}

static int64_t
a_member(void)
{
    static int64_t id = 998000;

    id++;
    run_sql("INSERT INTO users (id, email, name) OVERRIDING SYSTEM VALUE"
            " VALUES (%lld, 'here-%lld@example.org', 'Here')",
            (long long)id, (long long)id);
    run_sql("INSERT INTO memberships (account_id, id, user_id, group_id, display_name)"
            " OVERRIDING SYSTEM VALUE SELECT 90998, %lld, %lld, id, 'Here' FROM groups"
            " WHERE account_id = 90998 AND builtin = 'agent'",
            (long long)id, (long long)id);
    return id;
}

static void
set_up(void)
{
    house.live = db_open(test_conninfo("balcao_live"), "presence-test");
    house.owner = db_open(test_conninfo(NULL), "presence-test-owner");
    house.cx = (struct cx){ .arena = arena_new(16 * 1024), .db = house.live };
    house.now_us = US_PER_DAY;
    testing_at_end(tear_down, NULL);
    run_sql("INSERT INTO accounts (id, name, slug) OVERRIDING SYSTEM VALUE"
            " VALUES (90998, 'Presence', 'presence') ON CONFLICT DO NOTHING");
    house.member = a_member();
}

static struct live_presence *
a_gateway(void)
{
    return live_presence_new(&quick);
}

static struct live_grant
grant_of(int64_t session_id)
{
    return (struct live_grant){ .account_id = 90998,
                                .member_id = house.member,
                                .session_id = session_id };
}

static void
come(struct live_presence *gateway, int64_t session_id)
{
    struct live_grant grant = grant_of(session_id);

    live_presence_come(gateway, &grant);
}

static void
go(struct live_presence *gateway, int64_t session_id)
{
    struct live_grant grant = grant_of(session_id);

    live_presence_go(gateway, &grant, house.now_us);
}

static void
report(struct live_presence *gateway)
{
    bool is_more;

    do
        CHECK(live_presence_report(gateway, &house.cx, house.now_us, &is_more));
    while (is_more);
}

static void
check_state(const char *expected, int told)
{
    run_sql(
        "DO $$ BEGIN ASSERT (SELECT state FROM member_presence WHERE member_id = %lld) = '%s';"
        " ASSERT (SELECT count(*) FROM account_event WHERE account_id = 90998"
        " AND kind = 'presence.changed' AND (payload::json ->> 'member_id')::bigint = %lld) = %d;"
        " END $$",
        (long long)house.member, expected, (long long)house.member, told);
}

/* What the gateway last said of itself is too long ago. */
static void
starve(void)
{
    run_sql("UPDATE live_gateways SET alive_until = now() - interval '1 s' WHERE id IN"
            " (SELECT gateway_id FROM presence_connections WHERE member_id = %lld)",
            (long long)house.member);
}

TEST(somebody_comes_with_the_first_page_and_goes_a_while_after_the_last)
{
    struct live_presence *gateway = a_gateway();

    set_up();
    come(gateway, 1);
    come(gateway, 1);
    report(gateway);
    check_state("online", 1);
    go(gateway, 1);
    house.now_us += quick.grace_us;
    report(gateway);
    check_state("online", 1);
    go(gateway, 1);
    house.now_us += quick.grace_us - 1;
    report(gateway);
    check_state("online", 1);
    house.now_us += 1;
    report(gateway);
    check_state("offline", 2);
    CHECK_I64((int64_t)live_presence_count(gateway), 0);
    live_presence_free(gateway);
}

TEST(a_page_that_is_loaded_again_is_no_going)
{
    struct live_presence *gateway = a_gateway();

    set_up();
    come(gateway, 1);
    report(gateway);
    go(gateway, 1);
    report(gateway);
    come(gateway, 1);
    house.now_us += 2 * quick.grace_us;
    report(gateway);
    check_state("online", 1);
    live_presence_free(gateway);
}

TEST(nobody_is_waited_for_whose_session_ended)
{
    struct live_presence *gateway = a_gateway();
    struct live_grant grant = grant_of(1);

    set_up();
    grant.member_id = house.member;
    come(gateway, 1);
    report(gateway);
    live_presence_end(gateway, &grant);
    go(gateway, 1);
    report(gateway);
    check_state("offline", 2);
    live_presence_free(gateway);
}

TEST(a_second_browser_keeps_its_person_there)
{
    struct live_presence *gateway = a_gateway();

    set_up();
    come(gateway, 1);
    come(gateway, 2);
    report(gateway);
    go(gateway, 1);
    house.now_us += quick.grace_us;
    report(gateway);
    check_state("online", 1);
    live_presence_free(gateway);
}

TEST(whom_a_dead_gateway_held_is_gone_and_the_others_are_not)
{
    struct live_presence *dying = a_gateway(), *living = a_gateway();
    int64_t both, only;

    set_up();
    both = house.member;
    come(dying, 1);
    house.member = only = a_member();
    come(dying, 2);
    report(dying);
    starve();
    house.member = both;
    come(living, 1);
    report(living);
    check_state("online", 1);
    house.member = only;
    check_state("offline", 2);
    live_presence_free(dying);
    live_presence_free(living);
}

TEST(a_gateway_thought_dead_begins_anew)
{
    struct live_presence *gateway = a_gateway(), *other = a_gateway();
    int64_t held;

    set_up();
    held = house.member;
    come(gateway, 1);
    report(gateway);
    starve();
    house.member = a_member();
    come(other, 2);
    report(other);
    house.member = held;
    check_state("offline", 2);
    house.now_us += quick.beat_us;
    report(gateway);
    check_state("online", 3);
    live_presence_free(gateway);
    live_presence_free(other);
}

TEST(between_signs_of_life_nothing_is_said)
{
    struct live_presence *gateway = a_gateway();
    int64_t asked;

    set_up();
    come(gateway, 1);
    report(gateway);
    asked = db_round_trips(house.live);
    house.now_us += quick.beat_us - 1;
    report(gateway);
    CHECK_I64(db_round_trips(house.live), asked);
    house.now_us += 1;
    report(gateway);
    CHECK(db_round_trips(house.live) > asked);
    run_sql("DO $$ BEGIN ASSERT (SELECT count(*) FROM live_gateways"
            " WHERE alive_until > now() + interval '15 s') = 1; END $$");
    live_presence_free(gateway);
}

TEST(a_browser_that_nobody_touches_stays_so_through_another_gateway)
{
    struct live_presence *gateway = a_gateway(), *next = a_gateway();

    set_up();
    come(gateway, 1);
    report(gateway);
    run_sql("UPDATE presence_connections SET idle_since = now() WHERE member_id = %lld",
            (long long)house.member);
    check_state("away", 2);
    come(next, 1);
    report(next);
    check_state("away", 2);
    starve();
    live_presence_free(gateway);
    live_presence_free(next);
}

TEST(programs_and_visitors_are_nobodys_presence)
{
    struct live_presence *gateway = a_gateway();
    struct live_grant program = { .account_id = 90998, .member_id = 1, .token_id = 5 },
                      visitor = { .account_id = 90998, .audience = TO_VISITOR, .identity_id = 5 };

    live_presence_come(gateway, &program);
    live_presence_come(gateway, &visitor);
    CHECK_I64((int64_t)live_presence_count(gateway), 0);
    live_presence_go(gateway, &program, 0);
    live_presence_free(gateway);
}

TEST(who_is_no_member_is_passed_over_and_many_are_said_at_once)
{
    struct live_presence *gateway = a_gateway();
    int64_t here;

    set_up();
    here = house.member;
    come(gateway, 1);
    for (house.member = 1; house.member <= 600; house.member++)
        come(gateway, 2);
    house.member = here;
    report(gateway);
    check_state("online", 1);
    CHECK_I64((int64_t)live_presence_count(gateway), 601);
    live_presence_free(gateway);
}
