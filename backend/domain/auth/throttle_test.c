#include "base/clock.h"
#include "base/testing/testing.h"
#include "domain/auth/throttle.h"

static const struct throttle email = { THROTTLE_EMAIL, STR_INIT("ana@casa.exemplo") };

/* Fails n times, each after the wait of the one before; the seconds to wait after the last. */
static int64_t
fail(struct cx *cx, struct throttle of, int n)
{
    int64_t until_us = 0, fails;

    for (int i = 0; i < n; i++) {
        if (until_us > cx->now_us)
            test_advance(cx, until_us - cx->now_us);
        CHECK_OK(throttle_fail(cx, of, 0, &fails));
        (void)throttle_require(cx, &of, 1, &until_us).code;
    }
    return until_us == 0 ? 0 : (until_us - cx->now_us) / US_PER_S;
}

TEST(the_fifth_failure_waits_two_seconds_and_each_further_one_twice_as_long)
{
    struct cx *cx = test_cx();

    CHECK_I64(fail(cx, email, 4), 0);
    CHECK_I64(fail(cx, email, 1), 2);
    CHECK_I64(fail(cx, email, 1), 4);
    CHECK_I64(fail(cx, email, 4), 64);
    CHECK_I64(fail(cx, email, 5), 900);
}

TEST(the_hundredth_locks_for_a_day)
{
    struct cx *cx = test_cx();

    /* Their waits alone take a day: as if the window had no end. */
    for (int i = 0; i < 99; i++)
        CHECK_OK(throttle_fail(cx, email, 0, NULL));
    CHECK_I64(fail(cx, email, 1), 86400);
}

TEST(success_forgets)
{
    struct cx *cx = test_cx();
    int64_t until_us;

    (void)fail(cx, email, 6);
    throttle_forget(cx, email);
    CHECK_OK(throttle_require(cx, &email, 1, &until_us));
    CHECK_I64(fail(cx, email, 4), 0);
}

TEST(ten_different_names_close_an_address_and_one_name_ten_times_does_not)
{
    struct cx *cx = test_cx();
    struct throttle one = { THROTTLE_ADDRESS, STR("203.0.113.9/32") };
    struct throttle other = { THROTTLE_ADDRESS, STR("203.0.113.10/32") };
    int64_t until_us;

    for (int name = 1; name <= 10; name++) {
        CHECK_OK(throttle_require(cx, &one, 1, &until_us));
        CHECK_OK(throttle_fail(cx, one, name, NULL));
        CHECK_OK(throttle_fail(cx, other, 7, NULL));
    }
    CHECK_FAIL(throttle_require(cx, &one, 1, &until_us), ERR_TOO_MANY, "too_many_attempts");
    CHECK_OK(throttle_require(cx, &other, 1, &until_us));
}

TEST(addresses_of_one_network_share_a_bucket)
{
    struct cx *cx = test_cx();

    cx->address = STR("2001:db8:5:7:aaaa::1");
    CHECK_STR(throttle_address(cx), "2001:db8:5:7::/64");
    cx->address = STR("::ffff:203.0.113.9");
    CHECK_STR(throttle_address(cx), "203.0.113.9/32");
    CHECK_STR(throttle_network(cx), "203.0.113.0/24");
}
