#include "base/testing/testing.h"

#include "clock.h"
#include "zone.h"
#include "zone_posix.h"

#include "testing.sql.h"

static int64_t
at(const char *iso)
{
    int64_t us;

    CHECK(clock_parse(str_of(iso), &us));
    return us / US_PER_S;
}

static int64_t
local(const char *text)
{
    return at(str_cstr(test_arena(), str_fmt(test_arena(), "%sZ", text)));
}

static const struct zone *
zone(const char *name)
{
    const struct zone *found = zone_find(str_of(name));

    CHECK(found != NULL);
    return found;
}

TEST(brazil_had_summer_time_until_2019_and_has_none_since)
{
    const struct zone *z = zone("America/Sao_Paulo");

    CHECK_I64(zone_at(z, at("2019-02-16T12:00:00Z")).offset_s, -2 * 3600);
    CHECK_I64(zone_at(z, at("2019-02-17T12:00:00Z")).offset_s, -3 * 3600);
    CHECK_I64(zone_at(z, at("2026-01-15T12:00:00Z")).offset_s, -3 * 3600);
    CHECK_I64(zone_at(z, at("2150-01-15T12:00:00Z")).offset_s, -3 * 3600);
    CHECK_I64(zone_at(z, at("2026-01-15T12:00:00Z")).until_s, INT64_MAX);
}

TEST(a_zone_with_summer_time_keeps_it_beyond_what_its_file_lists)
{
    const struct zone *north = zone("America/New_York"), *south = zone("America/Santiago");

    CHECK_I64(zone_at(north, at("2030-01-15T12:00:00Z")).offset_s, -5 * 3600);
    CHECK_I64(zone_at(north, at("2099-07-15T12:00:00Z")).offset_s, -4 * 3600);
    CHECK_I64(zone_at(north, at("2099-12-15T12:00:00Z")).offset_s, -5 * 3600);
    CHECK_I64(zone_at(south, at("2099-01-15T12:00:00Z")).offset_s, -3 * 3600);
    CHECK_I64(zone_at(south, at("2099-07-15T12:00:00Z")).offset_s, -4 * 3600);
    CHECK_I64(zone_at(north, at("2026-03-08T06:59:59Z")).until_s, at("2026-03-08T07:00:00Z"));
    CHECK_I64(zone_at(north, at("2026-03-08T07:00:00Z")).from_s, at("2026-03-08T07:00:00Z"));
}

TEST(a_time_that_comes_twice_is_the_first_and_one_left_out_is_the_leap)
{
    const struct zone *z = zone("America/New_York");

    CHECK_I64(zone_instant(z, local("2026-11-01T01:30:00")), at("2026-11-01T05:30:00Z"));
    CHECK_I64(zone_instant(z, local("2026-11-01T02:00:00")), at("2026-11-01T07:00:00Z"));
    CHECK_I64(zone_instant(z, local("2026-03-08T02:30:00")), at("2026-03-08T07:00:00Z"));
    CHECK_I64(zone_instant(z, local("2026-03-08T03:30:00")), at("2026-03-08T07:30:00Z"));
    /* midnight itself was left out in Brazil */
    CHECK_I64(zone_instant(zone("America/Sao_Paulo"), local("2018-11-04T00:00:00")),
              at("2018-11-04T03:00:00Z"));
    /* and a whole day on Samoa */
    CHECK_I64(zone_instant(zone("Pacific/Apia"), local("2011-12-30T10:00:00")),
              at("2011-12-30T10:00:00Z"));
    CHECK_I64(zone_instant(zone_utc(), 12345), 12345);
}

TEST(names_that_are_no_zone_are_not_found)
{
    static const char *const rows[] = {
        "",
        "/etc/passwd",
        "../../../etc/passwd",
        "America",
        "America/Nowhere",
        "tzdata.zi",
        "America/Sao_Paulo/",
        "America/Sao Paulo",
        "zone.tab",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (zone_find(str_of(rows[i])) != NULL)
            CHECK_STR(str_of(rows[i]), "no zone");
    CHECK(zone_find(STR("America/Sao_Paulo")) == zone_find(STR("America/Sao_Paulo")));
    CHECK_STR(zone_name(zone("America/Sao_Paulo")), "America/Sao_Paulo");
}

TEST(rules_are_read_in_every_notation_that_is_in_use)
{
    struct zone_rule rule;

    CHECK(zone_rule_parse(STR("<-03>3"), &rule));
    CHECK(!rule.has_summer);
    CHECK_I64(rule.offset_s, -3 * 3600);
    CHECK(zone_rule_parse(STR("IST-2IDT,M3.4.4/26,M10.5.0"), &rule));
    CHECK_I64(zone_change_local(&rule.summer_starts, 2026), local("2026-03-27T02:00:00"));
    CHECK_I64(zone_change_local(&rule.summer_ends, 2026), local("2026-10-25T02:00:00"));
    CHECK(zone_rule_parse(STR("<-02>2<-01>,M3.5.0/-1,M10.5.0/0"), &rule));
    CHECK_I64(zone_change_local(&rule.summer_starts, 2026), local("2026-03-28T23:00:00"));
    CHECK(zone_rule_parse(STR("<+1030>-10:30<+11>-11,J60/2:30,59"), &rule));
    CHECK_I64(rule.offset_s, 10 * 3600 + 1800);
    CHECK_I64(zone_change_local(&rule.summer_starts, 2024), local("2024-03-01T02:30:00"));
    CHECK_I64(zone_change_local(&rule.summer_starts, 2026), local("2026-03-01T02:30:00"));
    CHECK_I64(zone_change_local(&rule.summer_ends, 2024), local("2024-02-29T02:00:00"));
    CHECK(!zone_rule_parse(STR(""), &rule));
    CHECK(!zone_rule_parse(STR("EST"), &rule));
    CHECK(!zone_rule_parse(STR("EST5EDT"), &rule));
    CHECK(!zone_rule_parse(STR("EST5EDT,M3.2.0"), &rule));
    CHECK(!zone_rule_parse(STR("EST5EDT,M13.2.0,M11.1.0"), &rule));
    CHECK(!zone_rule_parse(STR("EST5EDT,M3.2.0,M11.1.0x"), &rule));
}

/* The database and we read the same files: every two days and a bit, in zones that leap oddly. */
TEST(postgresql_shows_the_same_time)
{
    static const char *const names[] = { "America/Sao_Paulo",   "America/New_York",
                                         "America/Santiago",    "Europe/Lisbon",
                                         "Australia/Lord_Howe", "Africa/Casablanca",
                                         "Asia/Kathmandu",      "America/Noronha" };
    struct cx *cx = test_cx();

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const struct zone *z = zone(names[i]);
        struct db_rows rows;

        CHECK_OK(db_many(cx, &SQL_test_wall, &rows, P_STR(str_of(names[i]))));
        CHECK(rows.count > 20000);
        for (int j = 0; j < rows.count; j++) {
            struct db_row row = db_row_at(&rows, j);

            CHECK_I64(zone_at(z, db_i64(&row, 0)).offset_s, db_i64(&row, 1) - db_i64(&row, 0));
        }
    }
}
