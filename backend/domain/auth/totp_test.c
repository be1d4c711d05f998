#include "base/testing/testing.h"
#include "domain/auth/totp.h"

/* RFC 6238, appendix B, the last six of its eight digits. */
static const uint8_t secret[TOTP_SECRET_BYTES] = "12345678901234567890";

TEST(codes_are_those_of_the_standard)
{
    CHECK_I64(totp_code(secret, 59 / 30), 287082);
    CHECK_I64(totp_code(secret, 1111111109 / 30), 81804);
    CHECK_I64(totp_code(secret, 1234567890 / 30), 5924);
    CHECK_I64(totp_code(secret, INT64_C(20000000000) / 30), 353130);
}

static struct str
code_at(int64_t now_s)
{
    return str_fmt(test_arena(), "%06d", totp_code(secret, now_s / TOTP_STEP_S));
}

TEST(one_step_around_now_is_taken_and_two_are_not)
{
    int64_t now_s = 1111111109, step, drift;

    for (int64_t off = -1; off <= 1; off++) {
        CHECK(totp_match(secret, now_s, 0, code_at(now_s + off * 30), &step, &drift));
        CHECK_I64(step, now_s / 30 + off);
        CHECK_I64(drift, off);
    }
    CHECK(!totp_match(secret, now_s, 0, code_at(now_s - 60), &step, &drift));
    CHECK(!totp_match(secret, now_s, 0, code_at(now_s + 60), &step, &drift));
}

TEST(a_clock_that_is_ahead_is_followed_two_steps_and_no_further)
{
    int64_t now_s = 1111111109, step, drift;

    CHECK(totp_match(secret, now_s, 1, code_at(now_s + 60), &step, &drift));
    CHECK_I64(drift, 2);
    CHECK(totp_match(secret, now_s, 2, code_at(now_s + 90), &step, &drift));
    CHECK_I64(drift, 2);
    CHECK(!totp_match(secret, now_s, 2, code_at(now_s), &step, &drift));
}

TEST(only_six_digits_are_a_code)
{
    int64_t now_s = 59, step, drift;

    CHECK(totp_match(secret, now_s, 0, STR("287082"), &step, &drift));
    CHECK(!totp_match(secret, now_s, 0, STR("0287082"), &step, &drift));
    CHECK(!totp_match(secret, now_s, 0, STR("28708"), &step, &drift));
    CHECK(!totp_match(secret, now_s, 0, STR("28708x"), &step, &drift));
    CHECK(!totp_match(secret, now_s, 0, STR("-87082"), &step, &drift));
    CHECK(!totp_match(secret, now_s, 0, (struct str){ 0 }, &step, &drift));
}

TEST(the_secret_is_told_as_authenticators_read_it)
{
    struct str base32 = totp_base32(test_arena(), secret);

    CHECK_STR(base32, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    CHECK_STR(
        totp_uri(test_arena(), base32, STR("ana+x@casa.exemplo")),
        "otpauth://totp/Balc%C3%A3o:ana%2Bx@casa.exemplo?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        "&issuer=Balc%C3%A3o");
}
