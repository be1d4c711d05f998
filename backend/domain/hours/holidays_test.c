#include "base/testing/testing.h"

#include "base/clock.h"
#include "holidays.h"

static struct holiday_calendar
calendar_of(const char *uf)
{
    struct holiday_calendar calendar = { 0 };

    holidays_calendar(str_of(uf), NULL, 0, &calendar);
    return calendar;
}

static int64_t
day(int year, int month, int month_day)
{
    return clock_days(year, month, month_day);
}

static void
check_day(const char *code, int year, int month, int month_day)
{
    const struct holiday *h = holidays_find(str_of(code));
    int64_t found;

    CHECK(h != NULL);
    CHECK(holiday_day(h, year, &found));
    CHECK_I64(found, day(year, month, month_day));
}

/* Butcher's example, the earliest and latest there are, and twelve years around now. */
TEST(easter_falls_where_the_church_says)
{
    static const int dates[][3] = {
        { 1818, 3, 22 }, { 1943, 4, 25 }, { 1961, 4, 2 },  { 2000, 4, 23 }, { 2008, 3, 23 },
        { 2019, 4, 21 }, { 2020, 4, 12 }, { 2021, 4, 4 },  { 2022, 4, 17 }, { 2023, 4, 9 },
        { 2024, 3, 31 }, { 2025, 4, 20 }, { 2026, 4, 5 },  { 2027, 3, 28 }, { 2028, 4, 16 },
        { 2029, 4, 1 },  { 2030, 4, 21 }, { 2038, 4, 25 }, { 2285, 3, 22 },
    };

    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++)
        CHECK_I64(holidays_easter(dates[i][0]), day(dates[i][0], dates[i][1], dates[i][2]));
}

TEST(the_movable_days_follow_easter)
{
    static const struct {
        int year, monday[2], tuesday[2], friday[2], corpus[2];
    } rows[] = {
        { 2019, { 3, 4 }, { 3, 5 }, { 4, 19 }, { 6, 20 } },
        { 2023, { 2, 20 }, { 2, 21 }, { 4, 7 }, { 6, 8 } },
        { 2024, { 2, 12 }, { 2, 13 }, { 3, 29 }, { 5, 30 } },
        { 2025, { 3, 3 }, { 3, 4 }, { 4, 18 }, { 6, 19 } },
        { 2026, { 2, 16 }, { 2, 17 }, { 4, 3 }, { 6, 4 } },
        { 2027, { 2, 8 }, { 2, 9 }, { 3, 26 }, { 5, 27 } },
        { 2028, { 2, 28 }, { 2, 29 }, { 4, 14 }, { 6, 15 } },
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        check_day("carnival_monday", rows[i].year, rows[i].monday[0], rows[i].monday[1]);
        check_day("carnival_tuesday", rows[i].year, rows[i].tuesday[0], rows[i].tuesday[1]);
        check_day("good_friday", rows[i].year, rows[i].friday[0], rows[i].friday[1]);
        check_day("corpus_christi", rows[i].year, rows[i].corpus[0], rows[i].corpus[1]);
    }
}

/* The table that the federal government published for 2026, and 2023 as it was before the law of Zumbi's day. */
TEST(a_year_has_the_holidays_of_the_law_and_no_others)
{
    static const int of_2026[][2] = { { 1, 1 },   { 4, 3 },  { 4, 21 },  { 5, 1 },   { 9, 7 },
                                      { 10, 12 }, { 11, 2 }, { 11, 15 }, { 11, 20 }, { 12, 25 } };
    static const int of_2023[][2] = { { 1, 1 },   { 4, 7 },  { 4, 21 },  { 5, 1 },  { 9, 7 },
                                      { 10, 12 }, { 11, 2 }, { 11, 15 }, { 12, 25 } };
    struct holiday_calendar calendar = calendar_of("");
    int found_2026 = 0, found_2023 = 0;

    for (size_t i = 0; i < 10; i++)
        CHECK(holidays_on(&calendar, day(2026, of_2026[i][0], of_2026[i][1])).p != NULL);
    for (size_t i = 0; i < 9; i++)
        CHECK(holidays_on(&calendar, day(2023, of_2023[i][0], of_2023[i][1])).p != NULL);
    for (int64_t d = day(2026, 1, 1); d < day(2027, 1, 1); d++)
        found_2026 += holidays_on(&calendar, d).p != NULL;
    for (int64_t d = day(2023, 1, 1); d < day(2024, 1, 1); d++)
        found_2023 += holidays_on(&calendar, d).p != NULL;
    CHECK_I64(found_2026, 10);
    CHECK_I64(found_2023, 9);
    CHECK_STR(holidays_on(&calendar, day(2026, 4, 3)), "Sexta-feira Santa");
}

TEST(an_optional_point_is_kept_by_those_who_say_so_and_a_holiday_can_be_left_out)
{
    static const struct holiday_switch switched[] = { { STR_INIT("carnival_tuesday"), true },
                                                      { STR_INIT("tiradentes"), false } };
    struct holiday_calendar plain = calendar_of(""), own = { 0 };

    holidays_calendar(STR(""), switched, 2, &own);
    CHECK(holidays_on(&plain, day(2026, 2, 17)).p == NULL);
    CHECK_STR(holidays_on(&own, day(2026, 2, 17)), "Carnaval");
    CHECK_STR(holidays_on(&plain, day(2026, 4, 21)), "Tiradentes");
    CHECK(holidays_on(&own, day(2026, 4, 21)).p == NULL);
}

TEST(each_state_has_its_own_days)
{
    static const struct {
        const char *uf;
        int year, month, day;
        bool is_kept;
    } rows[] = {
        { "SP", 2026, 7, 9, true },    { "RJ", 2026, 7, 9, false },
        { "RJ", 2026, 2, 17, true }, /* Carnival is a holiday of Rio's law */
        { "SP", 2026, 2, 17, false },  { "BA", 2026, 7, 2, true },
        { "RS", 2026, 9, 20, true },   { "PE", 2026, 3, 6, true },
        { "PE", 2016, 3, 6, true }, /* a first Sunday by chance */
        { "PE", 2017, 3, 5, true }, /* kept on the first Sunday until then */
        { "PE", 2017, 3, 6, false },   { "SC", 2026, 8, 11, false }, /* a Tuesday: kept on Sunday */
        { "SC", 2026, 8, 16, true },   { "SC", 2024, 8, 11, true },  /* a Sunday itself */
        { "SC", 2026, 11, 29, true },  { "AC", 2024, 1, 23, false }, /* a Tuesday: kept on Friday */
        { "AC", 2024, 1, 26, true },   { "AC", 2026, 1, 23, true },  /* a Friday itself */
        { "AC", 2026, 6, 15, true },   { "ES", 2026, 4, 13, true },
        { "ES", 2025, 4, 28, true },   { "SP", 2023, 11, 20, true }, /* a year before the country */
        { "SP", 2022, 11, 20, false }, { "PR", 2026, 12, 19, false }, /* no holiday any more */
        { "TO", 2026, 10, 5, true },   { "", 2026, 10, 5, false },
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct holiday_calendar calendar = calendar_of(rows[i].uf);
        struct str name = holidays_on(&calendar, day(rows[i].year, rows[i].month, rows[i].day));

        if ((name.p != NULL) != rows[i].is_kept)
            CHECK_STR(str_fmt(test_arena(), "%s %d-%d-%d", rows[i].uf, rows[i].year, rows[i].month,
                              rows[i].day),
                      rows[i].is_kept ? "kept" : "a day like others");
    }
}

TEST(a_city_keeps_what_was_typed_in_one_year_or_in_all)
{
    static const struct city_holiday typed[] = { { STR_INIT("Aniversário"), 0, 8, 25 },
                                                 { STR_INIT("Luto oficial"), 2026, 3, 10 },
                                                 { STR_INIT("Dia bissexto"), 0, 2, 29 } };
    struct holiday_calendar calendar = calendar_of("SC");

    calendar.city = typed;
    calendar.city_count = 3;
    CHECK_STR(holidays_on(&calendar, day(2026, 8, 25)), "Aniversário");
    CHECK_STR(holidays_on(&calendar, day(2031, 8, 25)), "Aniversário");
    CHECK_STR(holidays_on(&calendar, day(2026, 3, 10)), "Luto oficial");
    CHECK(holidays_on(&calendar, day(2027, 3, 10)).p == NULL);
    CHECK(holidays_on(&calendar, day(2028, 2, 29)).p != NULL);
    CHECK(holidays_on(&calendar, day(2027, 3, 1)).p == NULL);
}

TEST(codes_are_told_apart_and_states_are_states)
{
    for (const struct holiday *h = holidays; h->code != NULL; h++) {
        CHECK(holidays_find(str_of(h->code)) == h);
        CHECK(h->uf == NULL || holidays_is_uf(str_of(h->uf)));
    }
    CHECK(holidays_find(STR("nothing")) == NULL);
    CHECK(holidays_is_uf(STR("SC")));
    CHECK(!holidays_is_uf(STR("CA")));
    CHECK(!holidays_is_uf(STR("sc")));
    CHECK(!holidays_is_uf(STR("")));
}
