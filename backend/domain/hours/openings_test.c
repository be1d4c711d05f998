#include "base/testing/testing.h"

#include "base/clock.h"
#include "openings.h"

#define RANGES(...)                                                                                \
    ((struct openings){ (const struct opening[]){ __VA_ARGS__ },                                   \
                        sizeof((const struct opening[]){ __VA_ARGS__ }) /                          \
                            sizeof(struct opening) })

enum { SUN, MON, TUE, WED, THU, FRI, SAT };

/* "2026-11-20 18:36" in a zone, at the first moment that it shows. */
static int64_t
wall(const struct schedule *s, const char *text)
{
    int64_t us;

    CHECK(clock_parse(str_fmt(test_arena(), "%s:00Z", text), &us));
    return zone_instant(s->zone, us / US_PER_S) * US_PER_S;
}

static int64_t
utc(const char *text)
{
    int64_t us;

    CHECK(clock_parse(str_fmt(test_arena(), "%sZ", text), &us));
    return us;
}

/* Monday to Friday 08:00–18:36, Saturday 08:00–12:00. */
static struct schedule
counter(const char *zone)
{
    static const struct opening weekday[] = { { 8 * 60, 18 * 60 + 36 } };
    static const struct opening saturday[] = { { 8 * 60, 12 * 60 } };
    struct schedule s = { .zone = zone_find(str_of(zone)) };

    CHECK(s.zone != NULL);
    for (int i = MON; i <= FRI; i++)
        s.week[i] = (struct openings){ weekday, 1 };
    s.week[SAT] = (struct openings){ saturday, 1 };
    return s;
}

static struct opening_state
state(const struct schedule *s, const char *text)
{
    struct opening_state state;

    openings_at(s, wall(s, text), &state);
    return state;
}

TEST(the_counter_is_open_on_weekdays_until_18_36_and_on_saturdays_until_noon)
{
    struct schedule s = counter("America/Sao_Paulo");
    static const struct {
        const char *at;
        bool is_open;
        const char *changes;
    } rows[] = {
        { "2026-11-23 07:59", false, "2026-11-23 08:00" }, /* Monday */
        { "2026-11-23 08:00", true, "2026-11-23 18:36" },
        { "2026-11-23 18:35", true, "2026-11-23 18:36" },
        { "2026-11-23 18:36", false, "2026-11-24 08:00" },
        { "2026-11-27 18:36", false, "2026-11-28 08:00" }, /* Friday */
        { "2026-11-28 08:00", true, "2026-11-28 12:00" },
        { "2026-11-28 12:00", false, "2026-11-30 08:00" },
        { "2026-11-29 10:00", false, "2026-11-30 08:00" }, /* Sunday */
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct opening_state now = state(&s, rows[i].at);

        CHECK(now.is_open == rows[i].is_open);
        CHECK(now.rule == OPENING_WEEK);
        CHECK_I64(now.changes_at_us, wall(&s, rows[i].changes));
    }
    CHECK_I64(state(&s, "2026-11-23 12:00").range.until_min, 18 * 60 + 36);
    CHECK(!state(&s, "2026-11-23 19:00").has_range);
}

TEST(a_holiday_closes_by_its_name_or_has_hours_of_its_own)
{
    struct schedule s = counter("America/Sao_Paulo");
    struct holiday_calendar calendar = { 0 };
    struct opening_state now;

    CHECK(state(&s, "2026-12-25 10:00").is_open); /* holidays do not count: a Friday */
    holidays_calendar(STR("SC"), NULL, 0, &calendar);
    s.calendar = &calendar;
    now = state(&s, "2026-12-25 10:00");
    CHECK(!now.is_open && now.rule == OPENING_HOLIDAY);
    CHECK_STR(now.name, "Natal");
    CHECK_I64(now.changes_at_us, wall(&s, "2026-12-26 08:00"));

    s.week[OPENINGS_HOLIDAY] = RANGES({ 9 * 60, 11 * 60 });
    now = state(&s, "2026-12-25 10:00");
    CHECK(now.is_open && now.rule == OPENING_HOLIDAY);
    CHECK_I64(now.changes_at_us, wall(&s, "2026-12-25 11:00"));
}

TEST(an_exception_of_its_date_goes_before_holiday_and_weekday)
{
    struct schedule s = counter("America/Sao_Paulo");
    struct holiday_calendar calendar = { 0 };
    struct opening_exception exceptions[] = {
        { clock_days(2026, 12, 24), STR("Véspera"), RANGES({ 8 * 60, 12 * 60 }) },
        { clock_days(2026, 12, 25), STR("Plantão de Natal"), RANGES({ 10 * 60, 12 * 60 }) },
        { clock_days(2026, 12, 28), STR("Inventário"), { 0 } },
    };
    struct opening_state now;

    holidays_calendar(STR(""), NULL, 0, &calendar);
    s.calendar = &calendar;
    s.exceptions = exceptions;
    s.exception_count = 3;
    CHECK_I64(state(&s, "2026-12-24 09:00").changes_at_us, wall(&s, "2026-12-24 12:00"));
    now = state(&s, "2026-12-24 13:00");
    CHECK(!now.is_open && now.rule == OPENING_EXCEPTION);
    CHECK_STR(now.name, "Véspera");
    CHECK_I64(now.changes_at_us, wall(&s, "2026-12-25 10:00"));
    CHECK(state(&s, "2026-12-25 11:00").is_open);
    CHECK_STR(state(&s, "2026-12-28 09:00").name, "Inventário");
    CHECK_I64(state(&s, "2026-12-26 13:00").changes_at_us, wall(&s, "2026-12-29 08:00"));
}

TEST(a_night_belongs_to_the_date_on_which_it_began)
{
    struct schedule s = { .zone = zone_find(STR("America/Sao_Paulo")) };
    struct holiday_calendar calendar = { 0 };
    struct opening_state now;

    s.week[FRI] = RANGES({ 22 * 60, 26 * 60 });
    s.week[SAT] = RANGES({ 60, 180 });
    now =
        state(&s, "2026-11-28 01:30"); /* Saturday: one open stretch to three, out of two ranges */
    CHECK(now.is_open);
    CHECK_I64(now.range_day, clock_days(2026, 11, 27));
    CHECK_I64(now.range.from_min, 22 * 60);
    CHECK_I64(now.changes_at_us, wall(&s, "2026-11-28 03:00"));
    CHECK_I64(openings_between(&s, wall(&s, "2026-11-27 00:00"), wall(&s, "2026-11-29 00:00")),
              5 * US_PER_HOUR);

    holidays_calendar(STR(""), NULL, 0, &calendar);
    s.calendar = &calendar;
    CHECK(state(&s, "2026-12-26 01:30").rule == OPENING_WEEK); /* the holiday was Friday's */
    CHECK(!state(&s, "2026-12-25 23:00").is_open);
    CHECK(!state(&s, "2026-12-26 00:30").is_open);
}

TEST(who_never_closes_or_never_opens_has_no_change_in_sight)
{
    struct schedule s = { .zone = zone_find(STR("America/Sao_Paulo")) };
    struct openings all_day = RANGES({ 0, 1440 });
    struct opening_state now;

    openings_at(&s, TEST_NOW_US, &now);
    CHECK(!now.is_open);
    CHECK_I64(now.changes_at_us, 0);
    CHECK_I64(openings_next(&s, TEST_NOW_US), 0);
    CHECK_I64(openings_after(&s, TEST_NOW_US, 1), 0);
    CHECK_I64(openings_after(&s, TEST_NOW_US, 0), TEST_NOW_US);
    for (int i = 0; i < 7; i++)
        s.week[i] = all_day;
    openings_at(&s, TEST_NOW_US, &now);
    CHECK(now.is_open);
    CHECK_I64(now.changes_at_us, 0);
    CHECK_I64(openings_between(&s, TEST_NOW_US, TEST_NOW_US + 90 * US_PER_DAY), 90 * US_PER_DAY);
    CHECK_I64(openings_after(&s, TEST_NOW_US, 90 * US_PER_DAY + 7),
              TEST_NOW_US + 90 * US_PER_DAY + 7);
}

TEST(the_clock_put_back_opens_its_hour_twice_and_a_leap_is_lost)
{
    struct schedule s = { .zone = zone_find(STR("America/New_York")) };
    struct opening_state now;

    s.week[SUN] = RANGES({ 30, 90 }, { 120, 180 });
    /* 2026-11-01, 02:00 → 01:00: 00:30–01:30, then 01:00–01:30 again, then 02:00–03:00 */
    openings_at(&s, utc("2026-11-01T04:45:00"), &now);
    CHECK_I64(now.changes_at_us, utc("2026-11-01T05:30:00"));
    openings_at(&s, utc("2026-11-01T05:45:00"), &now);
    CHECK(!now.is_open);
    CHECK_I64(now.changes_at_us, utc("2026-11-01T06:00:00"));
    CHECK_I64(openings_between(&s, utc("2026-11-01T04:00:00"), utc("2026-11-01T12:00:00")),
              150 * US_PER_MIN);
    /* 2026-03-08, 02:00 → 03:00: the second range is not there at all */
    CHECK_I64(openings_between(&s, utc("2026-03-08T05:00:00"), utc("2026-03-08T12:00:00")),
              60 * US_PER_MIN);
}

/* --- against an oracle ------------------------------------------------------------------ */

static uint64_t seed;

static int
roll(int n)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int)((seed >> 33) % (uint64_t)n);
}

static struct openings
random_openings(void)
{
    struct opening *v = arena_array(test_arena(), struct opening, 4);
    size_t n = 0;
    int at = roll(400);

    while (n < 4 && at < OPENINGS_DAY_MIN && roll(4) != 0) {
        v[n].from_min = at;
        v[n].until_min = at + 1 + roll(500);
        at = v[n].until_min + roll(3) * roll(200);
        n++;
    }
    CHECK(openings_are_sound((struct openings){ v, n }));
    return (struct openings){ v, n };
}

static struct schedule
random_schedule(const char *zone, int64_t around_day)
{
    struct opening_exception *exceptions = arena_array(test_arena(), struct opening_exception, 12);
    struct holiday_calendar *calendar = arena_array(test_arena(), struct holiday_calendar, 1);
    struct schedule s = { .zone = zone_find(str_of(zone)), .exceptions = exceptions };
    int64_t day = around_day - 3;

    CHECK(s.zone != NULL);
    for (int i = 0; i < OPENINGS_DAY_KINDS; i++)
        s.week[i] = random_openings();
    holidays_calendar(STR("RJ"), NULL, 0, calendar);
    if (roll(2) == 0)
        s.calendar = calendar;
    while (s.exception_count < 4 && roll(3) != 0) {
        day += 1 + roll(3);
        exceptions[s.exception_count++] =
            (struct opening_exception){ day, STR("x"), random_openings() };
    }
    return s;
}

static struct openings
oracle_plan(const struct schedule *s, int64_t day)
{
    for (size_t i = 0; i < s->exception_count; i++)
        if (s->exceptions[i].day == day)
            return s->exceptions[i].openings;
    if (s->calendar != NULL && holidays_on(s->calendar, day).p != NULL)
        return s->week[OPENINGS_HOLIDAY];
    return s->week[((day + 4) % 7 + 7) % 7];
}

static bool
holds(struct openings openings, int64_t minute)
{
    for (size_t i = 0; i < openings.n; i++)
        if (openings.v[i].from_min <= minute && minute < openings.v[i].until_min)
            return true;
    return false;
}

/* What the wall shows, looked up minute by minute. */
static bool
oracle_open(const struct schedule *s, int64_t at_us)
{
    int64_t local_min = (at_us / US_PER_S + zone_at(s->zone, at_us / US_PER_S).offset_s) / 60;
    int64_t day = local_min / 1440, minute = local_min % 1440;

    return holds(oracle_plan(s, day), minute) || holds(oracle_plan(s, day - 1), minute + 1440);
}

enum { ORACLE_DAYS = 5, ORACLE_MIN = ORACLE_DAYS * 1440 };

static void
check_against_oracle(const struct schedule *s, int64_t from_us)
{
    static bool open[ORACLE_MIN];
    int64_t sum = 0, total = 0;

    for (int i = 0; i < ORACLE_MIN; i++)
        total += open[i] = oracle_open(s, from_us + i * US_PER_MIN);
    CHECK_I64(openings_between(s, from_us, from_us + ORACLE_MIN * US_PER_MIN), total * US_PER_MIN);

    for (int i = 0; i < ORACLE_MIN; i += 1 + roll(40)) {
        int64_t at_us = from_us + i * US_PER_MIN;
        struct opening_state now;
        int next = i;

        openings_at(s, at_us, &now);
        CHECK(now.is_open == open[i]);
        while (next < ORACLE_MIN && open[next] == open[i])
            next++;
        if (next < ORACLE_MIN)
            CHECK_I64(now.changes_at_us, from_us + next * US_PER_MIN);
        CHECK_I64(openings_next(s, at_us), now.is_open ? at_us : now.changes_at_us);
    }
    for (int i = 0; i < ORACLE_MIN; i++) {
        if (!open[i])
            continue;
        if (sum % 97 == 0) {
            /* The first instant by which the minutes before this one, and half of it, were open. */
            int64_t half_us = from_us + i * US_PER_MIN + US_PER_MIN / 2;

            CHECK_I64(openings_after(s, from_us, sum * US_PER_MIN + US_PER_MIN / 2), half_us);
            CHECK_I64(openings_between(s, from_us, half_us), sum * US_PER_MIN + US_PER_MIN / 2);
        }
        sum++;
    }
}

TEST(random_schedules_agree_with_a_minute_by_minute_oracle)
{
    static const struct {
        const char *zone, *around;
    } places[] = {
        { "America/Sao_Paulo", "2026-11-20" }, /* a holiday */
        { "America/Sao_Paulo", "2018-11-04" }, /* the last summer began, at midnight */
        { "America/Sao_Paulo", "2019-02-17" },
        { "America/New_York", "2026-11-01" },
        { "America/New_York", "2026-03-08" },
        { "Australia/Lord_Howe", "2026-04-05" }, /* half an hour */
        { "Pacific/Apia", "2011-12-31" },        /* a date that never was */
        { "Africa/Casablanca", "2026-03-22" },
    };

    for (seed = 1; seed <= 400; seed++) {
        size_t place = (size_t)(seed % (sizeof places / sizeof places[0]));
        uint64_t own = seed;
        int64_t around =
            utc(str_cstr(test_arena(), str_fmt(test_arena(), "%sT00:00:00", places[place].around)));
        struct arena_mark mark = arena_mark(test_arena());
        struct schedule s = random_schedule(places[place].zone, around / US_PER_DAY);

        check_against_oracle(&s, around - 2 * US_PER_DAY);
        arena_rewind(test_arena(), mark);
        seed = own;
    }
}

TEST(open_time_adds_up_and_after_is_the_inverse_of_between)
{
    for (seed = 5000; seed < 5300; seed++) {
        uint64_t own = seed;
        struct schedule s = random_schedule("America/New_York", clock_days(2026, 11, 1));
        int64_t a = utc("2026-10-20T00:00:00") + roll(2000000) * US_PER_S + roll(1000000);
        int64_t b = a + roll(2000000) * US_PER_S + roll(1000000);
        int64_t c = b + roll(2000000) * US_PER_S + roll(1000000);
        int64_t open_us = openings_between(&s, a, c), first = openings_next(&s, b), at;

        CHECK_I64(openings_between(&s, a, b) + openings_between(&s, b, c), open_us);
        CHECK_I64(openings_between(&s, c, a), 0);
        if (first != 0) {
            struct opening_state now;

            openings_at(&s, first, &now);
            CHECK(now.is_open);
            CHECK_I64(openings_between(&s, b, first), 0);
        }
        at = openings_after(&s, a, open_us);
        if (open_us > 0) {
            CHECK(a < at && at <= c);
            CHECK_I64(openings_between(&s, a, at), open_us);
            CHECK(openings_between(&s, a, at - 1) < open_us);
        }
        seed = own;
    }
}

TEST(a_sound_day_is_in_order_within_bounds_and_over_nothing)
{
    CHECK(openings_are_sound((struct openings){ 0 }));
    CHECK(openings_are_sound(RANGES({ 0, 1440 })));
    CHECK(openings_are_sound(RANGES({ 480, 720 }, { 720, 1116 })));
    CHECK(openings_are_sound(RANGES({ 1439, 2879 })));
    CHECK(!openings_are_sound(RANGES({ 480, 480 })));
    CHECK(!openings_are_sound(RANGES({ 480, 420 })));
    CHECK(!openings_are_sound(RANGES({ -1, 420 })));
    CHECK(!openings_are_sound(RANGES({ 1440, 1500 })));
    CHECK(!openings_are_sound(RANGES({ 480, 1921 })));
    CHECK(!openings_are_sound(RANGES({ 480, 720 }, { 719, 800 })));
    CHECK(!openings_are_sound(RANGES({ 800, 900 }, { 480, 720 })));
}
