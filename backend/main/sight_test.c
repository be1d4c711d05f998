/*
 * Who sees what is said twice: in SQL for everything that is asked, in C for what is
 * told as it happens. Here the two are held against each other over random worlds.
 */
#include "domain/auth/auth.h"
#include "domain/desk/desk.h"
#include "domain/testing/fixtures.h"
#include "live/sees.h"

#include "auth_tokens.sql.h"
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

/* How many of the account's tickets cx sees; every one is judged both ways. */
static int
compare(struct cx *cx, int64_t seed)
{
    struct live_event event = { .account_id = cx->account.v, .has_now = true };
    struct live_grant grant = grant_of(cx);
    struct db_rows rows;
    int seen = 0;

    without_history(cx);
    CHECK_OK(db_many(cx, &SQL_fixture_sight, &rows, P_ID(cx->account)));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);
        bool by_sql = db_bool(&row, 1), by_stream;

        CHECK(live_facts_parse(db_str(&row, 0), &event.now));
        by_stream = live_sees(&grant, &event) == SIGHT_SEEN;
        if (by_sql != by_stream)
            BUG("seed=%lld user=%lld token=%lld facts=%.*s sql=%d stream=%d", (long long)seed,
                (long long)cx->user.v, (long long)cx->token_id, STR_ARG(db_str(&row, 0)), by_sql,
                by_stream);
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
            int seen;

            test_act_as(cx, (struct user_id){ db_i64(&row, 0) });
            seen = compare(cx, seed);
            some += seen > 0 && seen < 300;
        }
        /* A world in which everybody saw all or nothing would show nothing. */
        CHECK(some > 12);
    }
}

/* As tokens_enter would let it in. */
static void
act_as_program(struct cx *cx, int64_t token_id)
{
    struct access *access = arena_new_of(test_arena(), struct access);
    struct db_row row;
    bool found;

    CHECK_OK(db_opt(cx, &SQL_token_access, &found, &row, P_ID(cx->account), P_I64(token_id)));
    CHECK(found);
    *access = (struct access){ .account = cx->account, .token_id = token_id };
    access->is_bot = db_bool(&row, 19);
    access_read(test_arena(), &row, access);
    cx->token_id = token_id;
    access_enter(cx, access);
}

TEST(programs_are_told_what_they_may_ask_for)
{
    for (int64_t seed = 1; seed <= 3; seed++) {
        struct cx *cx = test_cx();
        struct db_rows programs;
        int some = 0;

        test_world(cx, seed);
        CHECK_OK(db_many(cx, &SQL_fixture_programs, &programs, P_ID(cx->account), P_I64(seed)));
        CHECK_I64(programs.count, 32);
        for (int i = 0; i < programs.count; i++) {
            struct db_row row = db_row_at(&programs, i);
            int seen;

            act_as_program(cx, db_i64(&row, 0));
            seen = compare(cx, seed);
            some += seen > 0 && seen < 300;
        }
        CHECK(some > 16);
    }
}
