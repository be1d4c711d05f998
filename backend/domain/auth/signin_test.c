#include "base/clock.h"
#include "base/crypto.h"
#include "base/testing/http_fake.h"
#include "domain/auth/signin.h"
#include "domain/testing/fixtures.h"

#include "auth_passwords.sql.h"
#include "auth_signin.sql.h"

#include <stdlib.h>
#include <time.h>

static int64_t
cpu_us(void)
{
    struct timespec spent;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
    return (int64_t)spent.tv_sec * US_PER_S + spent.tv_nsec / 1000;
}

/* Settings of its own for cx, so that a test may change what a hash costs. */
static struct conf *
conf_of(struct cx *cx)
{
    struct conf *conf = arena_new_of(test_arena(), struct conf);

    *conf = *test_conf();
    cx->conf = conf;
    return conf;
}

static struct str
person_with(struct cx *cx, struct str password)
{
    struct db_row row;

    test_member(cx, "agent");
    if (password.len > 0)
        db_queue(cx, &SQL_password_set, P_ID(cx->user),
                 P_STR(crypto_password_hash(cx->arena, cx->conf, password)), P_TIME(cx->now_us));
    CHECK_OK(db_one(cx, &SQL_password_context, &row, P_ID(cx->user), P_TIME(cx->now_us)));
    return db_str(&row, 0);
}

static struct str
hash_of(struct cx *cx, struct str email)
{
    struct db_row person;

    CHECK_OK(db_one(cx, &SQL_signin_person, &person, P_STR(email), P_NULL, P_NULL));
    return db_str(&person, 1);
}

static struct err
sign_in(struct cx *cx, struct str email, struct str password)
{
    struct signin_ticket shown;
    struct req req;
    struct res res;

    http_fake(cx, "POST /api/v1/session", NULL, (struct str){ 0 }, &req, &res);
    return signin_by_password(cx, &req, &res, email, password, &shown);
}

/* Whom nobody knows, whose password is another, who has none. */
enum { UNKNOWN, WRONG, WITHOUT, KINDS };
enum { ROUNDS = 9 };

static int
by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

/*
 * What is proven is equal work, not equal time: the same round trips to the database,
 * and of the hash, which is nearly all of the time, the same number of runs. A hash
 * less or more would halve or double the CPU time; other programs do not count in it.
 */
TEST(X062_an_unknown_e_mail_costs_what_a_wrong_password_does)
{
    struct cx *cx = test_cx();
    int64_t spent[KINDS][ROUNDS], trips[KINDS] = { 0 };
    struct str emails[KINDS] = { [UNKNOWN] = STR("ninguem@nenhures.exemplo") };

    (void)conf_of(cx);
    emails[WRONG] = person_with(cx, STR("tres gatos no telhado"));
    emails[WITHOUT] = person_with(cx, (struct str){ 0 });
    CHECK_FAIL(sign_in(cx, STR("x@x.exemplo"), STR("x")), ERR_UNAUTHENTICATED,
               "credentials_invalid"); /* the dummy's own hash is made once */
    for (int round = 0; round < ROUNDS; round++) {
        test_advance(cx, 2 * US_PER_DAY); /* no bucket remembers */
        for (int turn = 0; turn < KINDS; turn++) {
            int kind = (turn + round) % KINDS;
            int64_t before = db_round_trips(cx->db), from = cpu_us();

            CHECK_FAIL(sign_in(cx, emails[kind], STR("palpite")), ERR_UNAUTHENTICATED,
                       "credentials_invalid");
            spent[kind][round] = cpu_us() - from;
            trips[kind] += db_round_trips(cx->db) - before;
        }
    }
    for (int kind = 0; kind < KINDS; kind++) {
        qsort(spent[kind], ROUNDS, sizeof spent[kind][0], by_size);
        CHECK_I64(trips[kind], trips[WRONG]);
        CHECK(spent[kind][ROUNDS / 2] * 3 > spent[WRONG][ROUNDS / 2] * 2);
        CHECK(spent[kind][ROUNDS / 2] * 2 < spent[WRONG][ROUNDS / 2] * 3);
    }
    CHECK(trips[WRONG] > 0);
}

TEST(X093_a_hash_of_lesser_cost_is_renewed_by_one_sign_in)
{
    struct cx *cx = test_cx();
    struct conf *conf = conf_of(cx);
    struct str password = STR("tres gatos no telhado"), email, renewed;

    conf->argon2_memory_kib = 8192;
    conf->argon2_time = 1;
    email = person_with(cx, password);
    CHECK(str_starts(hash_of(cx, email), STR("$argon2id$v=19$m=8192,t=1,p=1$")));

    conf->argon2_memory_kib = 16384;
    conf->argon2_time = 2;
    CHECK_FAIL(sign_in(cx, email, STR("palpite")), ERR_UNAUTHENTICATED, "credentials_invalid");
    CHECK(str_starts(hash_of(cx, email), STR("$argon2id$v=19$m=8192,t=1,p=1$")));
    CHECK_OK(sign_in(cx, email, password));
    renewed = hash_of(cx, email);
    CHECK(str_starts(renewed, STR("$argon2id$v=19$m=16384,t=2,p=1$")));
    CHECK_OK(sign_in(cx, email, password));
    CHECK(str_eq(hash_of(cx, email), renewed));
}
