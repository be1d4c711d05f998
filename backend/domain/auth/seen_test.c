/*
 * When a session or a token was seen last is written down once a minute, and what a call wrote that was undone is written by
 * the next.
 */
#include "base/clock.h"
#include "base/crypto.h"
#include "base/testing/http_fake.h"
#include "domain/auth/auth.h"
#include "domain/auth/sessions.h"
#include "domain/auth/tokens.h"
#include "domain/testing/fixtures.h"

#include "auth_tokens.sql.h"

#define SECRET "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklm_-09"

#define STMT(constant, of_shape, count, sql)                                                       \
    static const struct db_stmt constant = {                                                       \
        .name = #constant, .shape = of_shape, .params = count, .text = sql                         \
    }

STMT(session_seen, DB_ONE, 2,
     "SELECT seen_at FROM gate.person_sessions($2::bigint, '2026-03-04T15:00Z') WHERE id = "
     "$1::bigint");
STMT(token_seen, DB_ONE, 2,
     "SELECT last_used_at FROM api_tokens WHERE id = $1::bigint AND $2::bigint > 0");
STMT(call_begins, DB_EXEC, 0, "SAVEPOINT call");
STMT(call_is_undone, DB_EXEC, 0, "ROLLBACK TO call");

static const struct route routes[] = {
    { GET, "/tickets", "tickets.view", TX_WRITE, NULL },
};

/* Who asks again and again, and how it is known when they did. */
struct caller {
    struct cx *cx;
    const char *headers;
    int64_t id;
    const struct db_stmt *seen;
};

static int64_t
seen_us(const struct caller *who)
{
    struct db_row row;

    CHECK_OK(db_one(who->cx, who->seen, &row, P_I64(who->id), P_I64(who->cx->user.v)));
    return db_time(&row, 0);
}

/* One request as far as its door; undone, nothing that it wrote stands. */
static void
ask(const struct caller *who, bool is_kept)
{
    struct cx cx = {
        .arena = who->cx->arena,
        .db = who->cx->db,
        .conf = who->cx->conf,
        .now_us = who->cx->now_us,
    };
    struct req req;
    struct res res;

    http_fake(&cx, "GET /tickets", who->headers, STR(""), &req, &res);
    req.route = &routes[0];
    CHECK_OK(db_exec_(&cx, &call_begins, NULL, NULL, 0));
    CHECK_OK(auth_enter(&cx, &req, &res));
    CHECK_OK(db_hear(&cx));
    if (is_kept)
        auth_leave(&cx);
    else
        CHECK_OK(db_exec_(&cx, &call_is_undone, NULL, NULL, 0));
}

static struct caller
a_program(void)
{
    struct cx *cx = test_cx();
    struct token_text token = { .account = cx->account.v, .secret = STR(SECRET) };
    uint8_t hash[CRYPTO_SHA256_BYTES];
    struct db_row row;

    test_member(cx, "owner");
    crypto_sha256(token.secret, hash);
    CHECK_OK(db_one(cx, &SQL_token_add, &row, P_ID(cx->account), P_STR(STR("service")),
                    P_STR(STR("a program")),
                    db_p_bytes(cx->arena, (struct str){ (const char *)hash, sizeof hash }), P_NULL,
                    P_ID(cx->member), P_STR(STR("{tickets.view}")), P_NULL, P_NULL, P_I64(0),
                    P_NULL, P_NULL, P_TIME(cx->now_us)));
    token.id = db_i64(&row, 0);
    return (struct caller){
        .cx = cx,
        .headers = str_cstr(cx->arena, str_fmt(cx->arena, "Authorization: Bearer %.*s\n",
                                               STR_ARG(token_print(cx->arena, &token)))),
        .id = token.id,
        .seen = &token_seen,
    };
}

static struct caller
a_person(void)
{
    struct cx *cx = test_cx();
    struct session_begin how = { .agent = STR("a browser"), .takes_over = true };
    struct session_elsewhere elsewhere;
    struct session_begun session;
    struct crypto_claims claims;

    test_member(cx, "agent");
    how.user = cx->user;
    cx->address = STR("203.0.113.7");
    CHECK_OK(sessions_begin(cx, &how, &session, &elsewhere));
    test_advance(cx, 2 * US_PER_MIN); /* signing in is being seen */
    claims = (struct crypto_claims){
        .user_id = cx->user.v,
        .session_id = session.id,
        .gen = session.gen,
        .issued_s = cx->now_us / US_PER_S,
        .expires_s = cx->now_us / US_PER_S + 600,
    };
    return (struct caller){
        .cx = cx,
        .headers = str_cstr(
            cx->arena,
            str_fmt(cx->arena,
                    "Cookie: __Host-bat=%.*s\nSec-Fetch-Site: same-origin\nBalcao-Account: %lld\n",
                    STR_ARG(crypto_token_issue(cx->arena, cx->conf, &claims)),
                    (long long)cx->account.v)),
        .id = session.id,
        .seen = &session_seen,
    };
}

static void
is_seen_by_the_next_call_after_one_that_was_undone(struct caller who)
{
    ask(&who, false);
    test_advance(who.cx, US_PER_S);
    ask(&who, true);
    CHECK_I64(seen_us(&who), who.cx->now_us);
}

static void
is_seen_once_a_minute(struct caller who)
{
    int64_t first_us = who.cx->now_us;

    ask(&who, true);
    test_advance(who.cx, 59 * US_PER_S);
    ask(&who, true);
    CHECK_I64(seen_us(&who), first_us);
    test_advance(who.cx, US_PER_S);
    ask(&who, true);
    CHECK_I64(seen_us(&who), who.cx->now_us);
}

TEST(a_program_is_seen_by_the_next_call_after_one_that_was_undone)
{
    is_seen_by_the_next_call_after_one_that_was_undone(a_program());
}

TEST(a_person_is_seen_by_the_next_call_after_one_that_was_undone)
{
    is_seen_by_the_next_call_after_one_that_was_undone(a_person());
}

TEST(a_program_is_seen_once_a_minute)
{
    is_seen_once_a_minute(a_program());
}

TEST(a_person_is_seen_once_a_minute)
{
    is_seen_once_a_minute(a_person());
}
