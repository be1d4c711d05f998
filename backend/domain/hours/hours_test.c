#include "domain/testing/fixtures.h"

#include "base/clock.h"
#include "hours_private.h"

#include "hours.sql.h"

/* The counter: Monday to Friday 08:00–18:36, Saturday 08:00–12:00. */
static struct period_draft
counter(const char *name)
{
    static const struct opening weekday[] = { { 480, 1116 } }, saturday[] = { { 480, 720 } };
    struct period_draft draft = { .name = str_of(name), .keeps_holidays = true };

    for (int day = 1; day <= 5; day++)
        draft.week[day] = (struct openings){ weekday, 1 };
    draft.week[6] = (struct openings){ saturday, 1 };
    return draft;
}

static const struct hours_book *
book_of(struct cx *cx)
{
    const struct hours_book *book;
    struct db_rows version;

    hours_ask(cx, &version);
    CHECK_OK(hours_book(cx, &version, &book));
    return book;
}

static struct period_id
add_period(struct cx *cx, const struct period_draft *draft)
{
    const struct hours_book *book;

    CHECK_OK(periods_add(cx, draft));
    book = book_of(cx);
    return book->periods[book->period_count - 1].id;
}

static struct hours
ask(struct cx *cx, struct hours_subject subject, int64_t at_us)
{
    struct hours hours;

    CHECK_OK(hours_of(cx, &subject, at_us, &hours));
    return hours;
}

static void
follow_account(struct cx *cx, struct period_id period, const char *away_text)
{
    struct follow follow = { .has_account = true,
                             .account_period = period,
                             .account_away_text = str_of(away_text) };

    CHECK_OK(hours_follow(cx, &follow));
}

TEST(who_never_said_anything_is_always_open)
{
    struct cx *cx = test_cx();
    struct hours hours = ask(cx, (struct hours_subject){ 0 }, TEST_NOW_US);

    CHECK(hours.state.is_open);
    CHECK(hours.state.rule == OPENING_ALWAYS);
    CHECK_I64(hours.decider, HOURS_NOBODY);
    CHECK(hours_schedule(book_of(cx), &(struct hours_subject){ 0 }) == NULL);
}

TEST(the_department_decides_then_the_channel_then_the_account)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct hours_subject subject = { .department_id = channel.department.v,
                                     .channel_id = channel.id.v };
    struct period_draft draft = counter("Balcão"), never = { .name = STR("Nunca") };
    struct period_id open = add_period(cx, &draft), closed = add_period(cx, &never);
    struct follower of_channel = { channel.id.v, closed, STR("Voltamos já.") };
    struct follower of_department = { channel.department.v, open, STR("") };

    follow_account(cx, open, "Estamos fechados.");
    CHECK_I64(ask(cx, subject, TEST_NOW_US).decider, HOURS_ACCOUNT);
    CHECK(ask(cx, subject, TEST_NOW_US).state.is_open); /* Wednesday noon */
    CHECK_STR(ask(cx, subject, TEST_NOW_US).away_text, "Estamos fechados.");

    CHECK_OK(hours_follow(cx, &(struct follow){ .channels = &of_channel, .channel_count = 1 }));
    CHECK_I64(ask(cx, subject, TEST_NOW_US).decider, HOURS_CHANNEL);
    CHECK(!ask(cx, subject, TEST_NOW_US).state.is_open);
    CHECK_STR(ask(cx, subject, TEST_NOW_US).away_text, "Voltamos já.");

    CHECK_OK(
        hours_follow(cx, &(struct follow){ .departments = &of_department, .department_count = 1 }));
    CHECK_I64(ask(cx, subject, TEST_NOW_US).decider, HOURS_DEPARTMENT);
    CHECK(ask(cx, subject, TEST_NOW_US).state.is_open);
    CHECK_STR(ask(cx, subject, TEST_NOW_US).period_name, "Balcão");
    CHECK(
        !ask(cx, (struct hours_subject){ .channel_id = channel.id.v }, TEST_NOW_US).state.is_open);
    CHECK_I64(test_audit(cx, "hours.edited"), 5);
    CHECK_I64(test_events(cx, "account.changed"), 5);
}

TEST(a_period_that_changes_is_read_again_at_once)
{
    struct cx *cx = test_cx();
    struct period_draft draft = counter("Balcão"), night = { .name = STR("Noite") };
    struct opening late[] = { { 1320, 1560 } };
    struct period_id id = add_period(cx, &draft);
    struct hours_subject subject = { .period = id };

    CHECK(ask(cx, subject, TEST_NOW_US).state.is_open);
    night.week[2] = (struct openings){ late, 1 };
    CHECK_OK(periods_save(cx, id, &night));
    CHECK(!ask(cx, subject, TEST_NOW_US).state.is_open);
    CHECK_STR(ask(cx, subject, TEST_NOW_US).period_name, "Noite");
    /* Tuesday's night reaches into Wednesday, 01:30 in São Paulo. */
    CHECK(ask(cx, subject, TEST_NOW_US - 10 * US_PER_HOUR - 30 * US_PER_MIN).state.is_open);
}

TEST(a_period_that_is_followed_stays)
{
    struct cx *cx = test_cx();
    struct period_draft draft = counter("Balcão");
    struct period_id id = add_period(cx, &draft);

    follow_account(cx, id, "");
    CHECK_FAIL(periods_remove(cx, id), ERR_CONFLICT, "period_in_use");
    follow_account(cx, (struct period_id){ 0 }, "");
    CHECK_OK(periods_remove(cx, id));
    CHECK_FAIL(periods_remove(cx, id), ERR_NOT_FOUND, "not_found");
}

TEST(holidays_of_state_and_city_and_exceptions_close_where_they_are_kept)
{
    struct cx *cx = test_cx();
    struct period_draft draft = counter("Balcão");
    struct opening_exception inventory = { clock_days(2026, 3, 9), STR("Inventário"), { 0 } };
    struct holiday_switch carnival = { STR("carnival_tuesday"), true };
    struct typed_holiday city = { 0, STR("Aniversário da cidade"), clock_days(1900, 3, 23), true };
    struct kept_holidays kept = { &carnival, &city, 1, 1 };
    struct period_id id;
    struct hours_subject subject;
    int64_t noon = clock_days(2026, 1, 1) * US_PER_DAY + 15 * US_PER_HOUR;

    draft.exceptions = &inventory;
    draft.exception_count = 1;
    id = add_period(cx, &draft);
    subject = (struct hours_subject){ .period = id };
    CHECK_OK(hours_save_places(cx, STR("SP"), NULL, 0));
    CHECK(ask(cx, subject, noon + 47 * US_PER_DAY).state.is_open); /* Carnival, 17 February */
    CHECK_OK(hours_keep_holidays(cx, &kept));
    CHECK_STR(ask(cx, subject, noon + 47 * US_PER_DAY).state.name, "Carnaval");
    CHECK_STR(ask(cx, subject, noon + 81 * US_PER_DAY).state.name, "Aniversário da cidade");
    CHECK_STR(ask(cx, subject, noon + 189 * US_PER_DAY).state.name, "Revolução Constitucionalista");
    CHECK_STR(ask(cx, subject, noon + 67 * US_PER_DAY).state.name, "Inventário");
    CHECK(ask(cx, subject, noon + 67 * US_PER_DAY).state.rule == OPENING_EXCEPTION);
}

TEST(parts_of_the_day_have_names)
{
    struct cx *cx = test_cx();
    struct period_draft draft = counter("Balcão");
    const struct shift shifts[] = { { STR_INIT("Manhã"), { 360, 720 } },
                                    { STR_INIT("Tarde"), { 720, 1080 } },
                                    { STR_INIT("Noite"), { 1320, 1560 } } };

    CHECK(hours_shift(book_of(cx), TEST_NOW_US).p == NULL);
    add_period(cx, &draft);
    CHECK_OK(hours_save_shifts(cx, shifts, 3));
    CHECK_STR(hours_shift(book_of(cx), TEST_NOW_US), "Tarde");
    CHECK_STR(hours_shift(book_of(cx), TEST_NOW_US - US_PER_MIN), "Manhã");
    CHECK_STR(hours_shift(book_of(cx), TEST_NOW_US + 13 * US_PER_HOUR), "Noite");
    CHECK(hours_shift(book_of(cx), TEST_NOW_US + 7 * US_PER_HOUR).p == NULL);
}

TEST(reading_again_what_did_not_change_is_one_small_question)
{
    struct cx *cx = test_cx();
    struct period_draft draft = counter("Balcão");
    struct hours_subject subject = { .period = add_period(cx, &draft) };
    int64_t before;

    ask(cx, subject, TEST_NOW_US);
    before = db_round_trips(cx->db);
    ask(cx, subject, TEST_NOW_US);
    CHECK_I64(db_round_trips(cx->db) - before, 1);
}

TEST(another_accounts_period_does_not_exist)
{
    struct cx *ours = test_cx(), *theirs = test_cx();
    struct period_draft draft = counter("Balcão");
    struct period_id foreign = add_period(theirs, &draft);

    test_become(ours);
    CHECK_FAIL(periods_save(ours, foreign, &draft), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(periods_remove(ours, foreign), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(hours_follow(ours, &(struct follow){ .has_account = true,
                                                    .account_period = foreign,
                                                    .account_away_text = STR("") }),
               ERR_NOT_FOUND, "period_unknown");
    CHECK_I64(ask(ours, (struct hours_subject){ .period = foreign }, TEST_NOW_US).decider,
              HOURS_NOBODY);
}
