/*
 * Who sees what is said three times: in SQL for everything that is asked, in C for what is
 * told as it happens, and arm by arm in the lists, for their indexes. Here they are held
 * against each other over random worlds.
 */
#include "domain/auth/auth.h"
#include "domain/desk/desk.h"
#include "domain/testing/fixtures.h"
#include "live/sees.h"

#include "auth_tokens.sql.h"
#include "auth_visible.sql.h"
#include "fixtures.sql.h"
#include "tickets.sql.h"

#include <stdlib.h>
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

static int
by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static int64_t *
sorted_ids(const struct db_rows *rows)
{
    int64_t *ids = arena_array(test_arena(), int64_t, (size_t)rows->count + 1);

    for (int i = 0; i < rows->count; i++) {
        struct db_row row = db_row_at(rows, i);

        ids[i] = db_i64(&row, 0);
    }
    qsort(ids, (size_t)rows->count, sizeof *ids, by_number);
    return ids;
}

static void
require_same(const struct db_rows *seen, const struct db_rows *listed, const char *state,
             int64_t seed, struct user_id user)
{
    if (seen->count != listed->count ||
        memcmp(sorted_ids(seen), sorted_ids(listed), (size_t)seen->count * sizeof(int64_t)) != 0)
        BUG("seed=%lld user=%lld state=%s seen=%d listed=%d", (long long)seed, (long long)user.v,
            state, seen->count, listed->count);
}

/* Lists and tabs of somebody who does not see the account. Returns how many they list. */
static int
compare_lists(struct cx *cx, struct user_id user, int64_t seed)
{
    static const struct {
        const char *state;
        int count_at; /* in ticket_counts_mine; -1: it has no tab that counts */
    } tabs[] = { { "serving", 2 }, { "waiting", 3 }, { "bot", 4 }, { "closed", -1 } };
    const struct db_stmt *lists[] = { &SQL_ticket_list_mine, &SQL_ticket_list_mine_oldest };
    struct db_row counts;
    int all = 0;

    CHECK_OK(db_one(cx, &SQL_ticket_counts_mine, &counts, P_ID(cx->account), P_ID(cx->member)));
    for (size_t i = 0; i < sizeof tabs / sizeof tabs[0]; i++) {
        struct db_param state = P_STR(str_of(tabs[i].state));
        struct db_rows seen, listed;

        CHECK_OK(db_many(cx, &SQL_fixture_seen, &seen, P_ID(cx->account), state));
        for (int order = 0; order < 2; order++) {
            CHECK_OK(db_many(cx, lists[order], &listed, P_ID(cx->account), state, P_NULL, P_NULL,
                             P_NULL, P_BOOL(false), P_NULL, P_NULL, P_NULL, P_BOOL(false), P_NULL,
                             P_NULL, P_I64(1000)));
            require_same(&seen, &listed, tabs[i].state, seed, user);
        }
        if (tabs[i].count_at >= 0)
            CHECK_I64(db_i64(&counts, tabs[i].count_at), seen.count);
        all += seen.count;
    }
    return all;
}

/*
 * Lists that start from a mark (a tag, my favourites, what sleeps): of what is seen and carries it,
 * all, and nothing else. Returns how many they list.
 */
static int
compare_marked(struct cx *cx, struct user_id user, int64_t seed, int64_t tag)
{
    static const char *const states[] = { "serving", "waiting", "bot", "closed" };
    const struct db_stmt *lists[] = { &SQL_ticket_list_marked, &SQL_ticket_list_marked_oldest };
    int all = 0;

    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        for (int mark = 0; mark < 3; mark++) {
            struct db_param state = P_STR(str_of(states[i]));
            struct db_param by_tag = mark == 0 ? P_I64(tag) : P_NULL;
            struct db_param asleep = P_BOOL(mark == 1), mine = P_BOOL(mark == 2);
            struct db_rows seen, listed;

            CHECK_OK(db_many(cx, &SQL_fixture_seen_marked, &seen, P_ID(cx->account), state, by_tag,
                             asleep, mine));
            for (int order = 0; order < 2; order++) {
                CHECK_OK(db_many(cx, lists[order], &listed, P_ID(cx->account), state, P_NULL,
                                 P_NULL, P_NULL, P_BOOL(false), P_NULL, P_NULL, by_tag, asleep,
                                 P_NULL, P_NULL, P_I64(1000), mine));
                require_same(&seen, &listed, states[i], seed, user);
            }
            all += seen.count;
        }
    return all;
}

/* A program that only follows the bot. */
static void
as_chatbot(struct cx *cx)
{
    const char **bound = arena_array(test_arena(), const char *, BOUND__MAX);

    memcpy(bound, cx->bound, BOUND__MAX * sizeof *bound);
    bound[BOUND_is_bot] = "t";
    cx->bound = bound;
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

    grant.hears_own_only = false; /* rows are compared, whatever else people may do */

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

TEST(lists_and_tabs_hold_what_is_seen_and_nothing_else)
{
    for (int64_t seed = 1; seed <= 3; seed++) {
        struct cx *cx = test_cx();
        struct db_rows people;
        int some = 0;

        test_world(cx, seed);
        CHECK_OK(db_many(cx, &SQL_fixture_people, &people, P_ID(cx->account)));
        for (int i = 0; i < people.count; i++) {
            struct db_row row = db_row_at(&people, i);
            struct user_id user = { db_i64(&row, 0) };
            int listed;

            test_act_as(cx, user);
            if (cx->access->sees_account)
                continue;
            listed = compare_lists(cx, user, seed);
            as_chatbot(cx);
            CHECK(compare_lists(cx, user, seed) >= listed);
            some += listed > 0;
        }
        CHECK(some > 8);
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

TEST(a_mark_leads_to_what_is_seen_and_to_nothing_else)
{
    for (int64_t seed = 1; seed <= 3; seed++) {
        struct cx *cx = test_cx();
        struct db_rows people;
        struct db_row tag;
        int some = 0;

        test_world(cx, seed);
        CHECK_OK(db_one(cx, &SQL_fixture_marks, &tag, P_ID(cx->account), P_I64(seed)));
        CHECK_OK(db_many(cx, &SQL_fixture_people, &people, P_ID(cx->account)));
        for (int i = 0; i < people.count; i++) {
            struct db_row row = db_row_at(&people, i);
            struct user_id user = { db_i64(&row, 0) };

            test_act_as(cx, user);
            some += compare_marked(cx, user, seed, db_i64(&tag, 0)) > 0;
        }
        CHECK(some > 8);
    }
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
