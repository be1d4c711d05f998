#include "base/clock.h"
#include "domain/auth/factor.h"
#include "domain/testing/fixtures.h"

static struct str
code_at(const struct str secret, int64_t at_us)
{
    return str_fmt(test_arena(), "%06d",
                   totp_code((const uint8_t *)secret.p, at_us / US_PER_S / TOTP_STEP_S));
}

/* Ten codes on paper are ten hashes: quick ones here, production asks for far more. */
static struct cx *
quick_cx(void)
{
    struct cx *cx = test_cx();
    struct conf *conf = arena_new_of(test_arena(), struct conf);

    *conf = *cx->conf;
    conf->argon2_memory_kib = 64;
    conf->argon2_time = 1;
    cx->conf = conf;
    return cx;
}

static struct cx *
enrolled(struct str *secret, struct str *codes)
{
    struct cx *cx = quick_cx();

    test_member(cx, "agent");
    *secret = factor_new_secret(cx);
    CHECK_OK(factor_enrol(cx, factor_of(cx->user), *secret, code_at(*secret, cx->now_us), codes));
    return cx;
}

TEST(a_factor_counts_from_its_first_right_code_on)
{
    struct cx *cx = quick_cx();
    struct str codes[RECOVERY_CODES], secret = factor_new_secret(cx);
    struct factor factor;
    bool found;

    test_member(cx, "agent");
    CHECK_FAIL(factor_enrol(cx, factor_of(cx->user), secret,
                            code_at(secret, cx->now_us + US_PER_HOUR), codes),
               ERR_UNAUTHENTICATED, "code_invalid");
    CHECK_OK(factor_find(cx, factor_of(cx->user), &found, &factor));
    CHECK(!found);
    CHECK_OK(factor_enrol(cx, factor_of(cx->user), secret, code_at(secret, cx->now_us), codes));
    CHECK_OK(factor_find(cx, factor_of(cx->user), &found, &factor));
    CHECK(found);
    CHECK_I64(factor.codes_left, RECOVERY_CODES);
}

TEST(a_code_counts_once_and_none_before_it_counts_afterwards)
{
    struct str secret, codes[RECOVERY_CODES];
    struct cx *cx = enrolled(&secret, codes);
    int64_t until_us;

    CHECK_FAIL(factor_show(cx, factor_of(cx->user), code_at(secret, cx->now_us), (struct str){ 0 },
                           &until_us),
               ERR_UNAUTHENTICATED, "code_invalid");
    test_advance(cx, 30 * US_PER_S);
    CHECK_OK(factor_show(cx, factor_of(cx->user), code_at(secret, cx->now_us), (struct str){ 0 },
                         &until_us));
    CHECK_FAIL(factor_show(cx, factor_of(cx->user), code_at(secret, cx->now_us - 30 * US_PER_S),
                           (struct str){ 0 }, &until_us),
               ERR_UNAUTHENTICATED, "code_invalid");
}

TEST(a_recovery_code_counts_once)
{
    struct str secret, codes[RECOVERY_CODES];
    struct cx *cx = enrolled(&secret, codes);
    int64_t until_us;

    CHECK_OK(factor_show(cx, factor_of(cx->user), (struct str){ 0 }, codes[3], &until_us));
    CHECK_FAIL(factor_show(cx, factor_of(cx->user), (struct str){ 0 }, codes[3], &until_us),
               ERR_UNAUTHENTICATED, "code_invalid");
    factor_new_codes(cx, factor_of(cx->user), codes + 0);
    CHECK_OK(factor_show(cx, factor_of(cx->user), (struct str){ 0 }, codes[3], &until_us));
}

TEST(ten_wrong_codes_close_it_for_an_hour)
{
    struct str secret, codes[RECOVERY_CODES];
    struct cx *cx = enrolled(&secret, codes);
    int64_t until_us;

    test_advance(cx, 30 * US_PER_S);
    for (int i = 0; i < 10; i++)
        CHECK_FAIL(
            factor_show(cx, factor_of(cx->user), STR("12345x"), (struct str){ 0 }, &until_us),
            ERR_UNAUTHENTICATED, "code_invalid");
    CHECK_FAIL(factor_show(cx, factor_of(cx->user), code_at(secret, cx->now_us), (struct str){ 0 },
                           &until_us),
               ERR_TOO_MANY, "too_many_attempts");
    test_advance(cx, US_PER_HOUR);
    CHECK_OK(factor_show(cx, factor_of(cx->user), code_at(secret, cx->now_us), (struct str){ 0 },
                         &until_us));
}

TEST(another_persons_factor_does_not_exist)
{
    struct str secret, codes[RECOVERY_CODES];
    struct cx *theirs = enrolled(&secret, codes), *ours = test_cx();
    struct factor factor;
    bool found;
    int64_t until_us;

    (void)theirs;
    test_member(ours, "agent");
    CHECK_OK(factor_find(ours, factor_of(ours->user), &found, &factor));
    CHECK(!found);
    CHECK_FAIL(factor_show(ours, factor_of(ours->user), (struct str){ 0 }, codes[0], &until_us),
               ERR_UNAUTHENTICATED, "code_invalid");
}
