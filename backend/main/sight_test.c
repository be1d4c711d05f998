/*
 * Who sees what is said twice: in SQL for everything that is asked, in C for what is
 * told as it happens. Here the two are held against each other over random worlds.
 */
#include "domain/auth/auth.h"
#include "domain/desk/desk.h"
#include "domain/testing/fixtures.h"
#include "live/sees.h"

#include "auth_visible.sql.h"
#include "fixtures.sql.h"

#include <string.h>

static void
release(void *grant)
{
    live_grant_release(grant);
}

static struct live_grant
grant_of(struct cx *cx)
{
    struct live_grant *grant = arena_new_of(test_arena(), struct live_grant);
    struct str invited;

    CHECK_OK(auth_invited(cx, &invited));
    CHECK(live_grant_parse(desk_live_grant(cx, cx->access, invited), grant));
    testing_at_end(release, grant);
    return *grant;
}

/* What is history to a member does not happen any more, so streams do not know it. */
static void
without_history(struct cx *cx)
{
    const char **bound = arena_array(test_arena(), const char *, BOUND__MAX);

    memcpy(bound, cx->bound, BOUND__MAX * sizeof *bound);
    bound[BOUND_sees_history] = "f";
    cx->bound = bound;
}

/* How many of the account's tickets the member sees; every one is judged both ways. */
static int
compare(struct cx *cx, struct user_id user, int64_t seed)
{
    struct live_event event = { .account_id = cx->account.v, .has_now = true };
    struct live_grant grant;
    struct db_rows rows;
    int seen = 0;

    test_act_as(cx, user);
    grant = grant_of(cx);
    without_history(cx);
    CHECK_OK(db_many(cx, &SQL_fixture_sight, &rows, P_ID(cx->account)));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);
        bool by_sql = db_bool(&row, 1), by_stream;

        CHECK(live_facts_parse(db_str(&row, 0), &event.now));
        by_stream = live_sees(&grant, &event) == SIGHT_SEEN;
        if (by_sql != by_stream)
            BUG("seed=%lld user=%lld facts=%.*s sql=%d stream=%d", (long long)seed,
                (long long)user.v, STR_ARG(db_str(&row, 0)), by_sql, by_stream);
        seen += by_sql;
    }
    return seen;
}

TEST(what_is_told_as_it_happens_is_what_may_be_asked_for)
{
    for (int64_t seed = 1; seed <= 5; seed++) {
        struct cx *cx = test_cx();
        struct db_rows people;
        int some = 0;

        test_world(cx, seed);
        CHECK_OK(db_many(cx, &SQL_fixture_people, &people, P_ID(cx->account)));
        CHECK_I64(people.count, 24);
        for (int i = 0; i < people.count; i++) {
            struct db_row row = db_row_at(&people, i);
            int seen = compare(cx, (struct user_id){ db_i64(&row, 0) }, seed);

            some += seen > 0 && seen < 300;
        }
        /* A world in which everybody saw all or nothing would show nothing. */
        CHECK(some > 12);
    }
}
