#include "base/testing/testing.h"

#include "clock.h"

static int64_t
parsed(struct str s)
{
    int64_t us;

    if (!clock_parse(s, &us))
        CHECK_STR(s, "a time that parses");
    return us;
}

TEST(times_print_as_iso_text)
{
    char out[CLOCK_ISO_BYTES];

    CHECK_STR(clock_iso(0, out), "1970-01-01T00:00:00.000000Z");
    CHECK_STR(clock_iso(-1, out), "1969-12-31T23:59:59.999999Z");
    CHECK_STR(clock_iso(INT64_C(1709164800000001), out), "2024-02-29T00:00:00.000001Z");
    CHECK_STR(clock_iso(INT64_C(1795271465123456), out), "2026-11-21T14:31:05.123456Z");
}

TEST(times_beyond_four_digits_of_year_print_as_the_nearest)
{
    char out[CLOCK_ISO_BYTES];

    CHECK_STR(clock_iso(INT64_MIN, out), "0000-01-01T00:00:00.000000Z");
    CHECK_STR(clock_iso(INT64_MAX, out), "9999-12-31T23:59:59.999999Z");
}

TEST(rfc_3339_and_postgresql_mean_the_same)
{
    int64_t us = parsed(STR("2026-11-20T14:31:05.123Z"));

    CHECK_I64(us, INT64_C(1795185065123000));
    CHECK_I64(parsed(STR("2026-11-20 14:31:05.123+00")), us);
    CHECK_I64(parsed(STR("2026-11-20t11:31:05.123000-03:00")), us);
    CHECK_I64(parsed(STR("2026-11-20 20:01:05.123+0530")), us);
    CHECK_I64(parsed(STR("2026-11-20 14:31:05.123999999z")), us + 999);
    CHECK_I64(parsed(STR("2026-11-20T14:31:05+00:00")), us - 123000);
    /* São Paulo before 1914, as PostgreSQL prints it */
    CHECK_I64(parsed(STR("1913-12-31 20:53:32-03:06:28")), parsed(STR("1914-01-01T00:00:00Z")));
    CHECK_I64(parsed(STR("2016-12-31T23:59:60Z")), parsed(STR("2017-01-01T00:00:00Z")));
}

TEST(what_is_no_time_is_refused)
{
    static const char *const rows[] = {
        "",
        "2026",
        "2026-11-20",
        "2026-11-20T14:31:05",
        "2026-11-20T14:31Z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-01-00T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:60:00Z",
        "2026-01-01T00:00:61Z",
        "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00,5Z",
        "2026-01-01T00:00:00Z ",
        " 2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00+",
        "2026-01-01T00:00:00+3",
        "2026-01-01T00:00:00+24:00",
        "2026-01-01T00:00:00+03:",
        "2026-01-01T00:00:00+03:0",
        "2026-01-01T00:00:00+03:00:",
        "2026-01-01 00:00:00+00 BC",
        "+2026-01-01T00:00:00Z",
        "infinity",
        "-infinity",
    };
    int64_t us;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (clock_parse(str_of(rows[i]), &us))
            CHECK_STR(str_of(rows[i]), "refused");
    }
}

TEST(every_printed_time_is_read_back)
{
    char out[CLOCK_ISO_BYTES];
    int64_t step = 37 * US_PER_DAY + 12345678901;

    for (int64_t us = INT64_C(-62167219200000000); us < INT64_C(253402300799999999); us += step)
        CHECK_I64(parsed(clock_iso(us, out)), us);
}

TEST(every_day_of_an_era_follows_the_one_before)
{
    char before[CLOCK_ISO_BYTES], now[CLOCK_ISO_BYTES];

    clock_iso(INT64_C(946684800000000) - US_PER_DAY, before);
    for (int64_t day = 0; day < 146097; day++) { /* 400 years */
        clock_iso(INT64_C(946684800000000) + day * US_PER_DAY, now);
        CHECK(strcmp(before, now) < 0);
        memcpy(before, now, sizeof(before));
    }
    CHECK_STR(str_of(now), "2399-12-31T00:00:00.000000Z");
}

TEST(the_clocks_run)
{
    int64_t start = clock_monotonic_us();

    CHECK(clock_now_us() > parsed(STR("2024-01-01T00:00:00Z")));
    CHECK(clock_monotonic_us() >= start);
}
