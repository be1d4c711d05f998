#include "base/clock.h"
#include "base/crypto.h"
#include "domain/auth/sessions.h"
#include "domain/testing/fixtures.h"

#include "auth.sql.h"
#include "auth_sessions.sql.h"

static struct session_begun
begin(struct cx *cx)
{
    struct session_begin how = { .user = cx->user, .agent = STR("a browser"), .takes_over = true };
    struct session_elsewhere elsewhere;
    struct session_begun session;

    cx->address = STR("203.0.113.9");
    CHECK_OK(sessions_begin(cx, &how, &session, &elsewhere));
    cx->session_id = session.id;
    return session;
}

static struct cx *
somebody(void)
{
    struct cx *cx = test_cx();

    test_member(cx, "agent");
    return cx;
}

static struct db_param
hash_of(struct str token)
{
    uint8_t digest[CRYPTO_SHA256_BYTES];

    crypto_sha256(token, digest);
    return db_p_bytes(test_arena(), (struct str){ (const char *)digest, sizeof digest });
}

/* Trades `token` for `next` and says what came of it; *gen of the access token that goes with it. */
static struct str
trade(struct cx *cx, struct str token, const char *next, int64_t *gen)
{
    struct db_row row;

    CHECK_OK(db_one(cx, &SQL_session_rotate, &row, P_I64(cx->session_id), hash_of(token),
                    hash_of(str_of(next)), P_TIME(cx->now_us)));
    if (gen != NULL)
        *gen = db_i64(&row, 2);
    return str_dup(test_arena(), db_str(&row, 0));
}

/* A request of this generation arrived. */
static void
confirm(struct cx *cx, int64_t gen)
{
    db_queue(cx, &SQL_session_touch, P_I64(cx->session_id), P_I64(gen), P_TIME(cx->now_us));
}

TEST(a_token_is_traded_once_and_the_next_one_then)
{
    struct cx *cx = somebody();
    struct session_begun session = begin(cx);
    int64_t gen;

    CHECK_STR(trade(cx, session.refresh, "two", &gen), "rotated");
    CHECK_I64(gen, session.gen + 1);
    CHECK_STR(trade(cx, STR("two"), "three", &gen), "rotated");
    CHECK_I64(gen, session.gen + 2);
}

TEST(another_tab_is_let_by_and_confirms_nothing)
{
    struct cx *cx = somebody();
    struct session_begun session = begin(cx);
    int64_t gen;

    CHECK_STR(trade(cx, session.refresh, "two", NULL), "rotated");
    test_advance(cx, 9 * US_PER_S);
    CHECK_STR(trade(cx, session.refresh, "other", &gen), "access_only");
    CHECK_I64(gen, session.gen);
}

TEST(an_answer_that_was_lost_is_given_again)
{
    struct cx *cx = somebody();
    struct session_begun session = begin(cx);

    CHECK_STR(trade(cx, session.refresh, "lost", NULL), "rotated");
    test_advance(cx, 11 * US_PER_S);
    CHECK_STR(trade(cx, session.refresh, "two", NULL), "rotated");
    CHECK_STR(trade(cx, STR("two"), "three", NULL), "rotated");
    CHECK_STR(trade(cx, STR("lost"), "x", NULL), "reused");
}

TEST(a_token_that_comes_again_after_the_next_was_used_ends_the_session)
{
    struct cx *cx = somebody();
    struct session_begun session = begin(cx);

    CHECK_STR(trade(cx, session.refresh, "two", NULL), "rotated");
    confirm(cx, session.gen + 1);
    test_advance(cx, 29 * US_PER_S);
    CHECK_STR(trade(cx, session.refresh, "x", NULL), "access_only");
    test_advance(cx, 2 * US_PER_S);
    CHECK_STR(trade(cx, session.refresh, "x", NULL), "reused");
    CHECK_STR(trade(cx, STR("two"), "x", NULL), "ended");
}

TEST(a_number_alone_ends_nothing)
{
    struct cx *cx = somebody();
    struct session_begun session = begin(cx);

    CHECK_STR(trade(cx, STR("never given"), "x", NULL), "unknown");
    CHECK_STR(trade(cx, session.refresh, "two", NULL), "rotated");
}

TEST(an_hour_without_the_person_ends_it_and_refreshing_is_not_the_person)
{
    struct cx *cx = somebody();
    struct session_begun session = begin(cx);

    test_advance(cx, 59 * US_PER_MIN);
    CHECK_STR(trade(cx, session.refresh, "two", NULL), "rotated");
    test_advance(cx, US_PER_MIN);
    CHECK_STR(trade(cx, STR("two"), "three", NULL), "ended");
}

TEST(what_the_person_does_prolongs_it_until_the_day_is_over)
{
    struct cx *cx = somebody();
    struct session_begun session = begin(cx);

    CHECK_I64(session.expires_us, cx->now_us + 12 * US_PER_HOUR);
    for (int i = 0; i < 15; i++) {
        test_advance(cx, 45 * US_PER_MIN);
        db_queue(cx, &SQL_session_activity, P_I64(session.id), P_TIME(cx->now_us));
    }
    CHECK_STR(trade(cx, session.refresh, "two", NULL), "rotated");
    test_advance(cx, 45 * US_PER_MIN);
    db_queue(cx, &SQL_session_activity, P_I64(session.id), P_TIME(cx->now_us));
    CHECK_STR(trade(cx, STR("two"), "three", NULL), "ended");
}

TEST(a_second_session_stands_in_the_way_until_it_takes_over)
{
    struct cx *cx = somebody();
    struct session_begun first = begin(cx), second;
    struct session_begin how = { .user = cx->user, .agent = STR("another") };
    struct session_elsewhere elsewhere;

    CHECK_FAIL(sessions_begin(cx, &how, &second, &elsewhere), ERR_CONFLICT, "session_elsewhere");
    CHECK_STR(elsewhere.agent, "a browser");
    CHECK_STR(sessions_mask_address(cx->arena, elsewhere.address), "203.0.0.0/16");
    how.takes_over = true;
    CHECK_OK(sessions_begin(cx, &how, &second, &elsewhere));
    cx->session_id = first.id;
    CHECK_STR(trade(cx, first.refresh, "x", NULL), "ended");
}

TEST(another_persons_session_is_not_theirs_to_end)
{
    struct cx *ours = somebody(), *theirs = somebody();
    struct session_begun session = begin(theirs);
    int64_t ended;

    CHECK_OK(sessions_end(ours, ours->user, session.id, 0, "signed_out", &ended));
    CHECK_I64(ended, 0);
    CHECK_STR(trade(theirs, session.refresh, "two", NULL), "rotated");
}
