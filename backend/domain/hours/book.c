/*
 * An account's hours as rows become what openings.h calculates with.
 */
#include "hours_private.h"

#include "base/clock.h"

#include "hours.sql.h"

/* What is asked together. */
struct answers {
    struct db_rows account, periods, ranges, exceptions, city, switches, shifts, departments,
        channels;
};

static void
ask(struct cx *cx, struct answers *a)
{
    db_ask(cx, &SQL_hours_account, &a->account, P_ID(cx->account));
    db_ask(cx, &SQL_hours_periods, &a->periods, P_ID(cx->account));
    db_ask(cx, &SQL_hours_ranges, &a->ranges, P_ID(cx->account));
    db_ask(cx, &SQL_hours_exceptions, &a->exceptions, P_ID(cx->account));
    db_ask(cx, &SQL_hours_city, &a->city, P_ID(cx->account));
    db_ask(cx, &SQL_hours_switches, &a->switches, P_ID(cx->account));
    db_ask(cx, &SQL_hours_shifts, &a->shifts, P_ID(cx->account));
    db_ask(cx, &SQL_hours_departments, &a->departments, P_ID(cx->account));
    db_ask(cx, &SQL_hours_channels, &a->channels, P_ID(cx->account));
}

/* A zone that the system has forgotten must not close the house. */
static const struct zone *
zone_of(struct str name, const struct zone *otherwise)
{
    const struct zone *found = name.p == NULL ? NULL : zone_find(name);

    return found == NULL ? otherwise : found;
}

/* Those of every place and those of this one. */
static void
read_city(struct hours_book *book, const struct db_rows *rows, int64_t branch_id,
          struct holiday_calendar *out)
{
    struct city_holiday *city =
        arena_array(book->arena, struct city_holiday, (size_t)rows->count + 1);

    for (int i = 0; i < rows->count; i++) {
        struct db_row row = db_row_at(rows, i);
        struct city_holiday *c = &city[out->city_count];

        if (!db_is_null(&row, 0) && db_i64(&row, 0) != branch_id)
            continue;
        clock_date(db_i64(&row, 2), &c->year, &c->month, &c->day);
        if (db_bool(&row, 3))
            c->year = 0;
        c->name = str_dup(book->arena, db_str(&row, 1));
        out->city_count++;
    }
    out->city = city;
}

static void
read_periods(struct cx *cx, struct hours_book *book, const struct answers *a)
{
    struct holiday_switch *switches =
        arena_array(cx->arena, struct holiday_switch, (size_t)a->switches.count + 1);

    for (int i = 0; i < a->switches.count; i++) {
        struct db_row row = db_row_at(&a->switches, i);

        switches[i] = (struct holiday_switch){ db_str(&row, 0), db_bool(&row, 1) };
    }
    book->period_count = (size_t)a->periods.count;
    book->periods = arena_array(book->arena, struct period, book->period_count + 1);
    for (size_t i = 0; i < book->period_count; i++) {
        struct db_row row = db_row_at(&a->periods, (int)i);
        int64_t branch_id = db_i64(&row, 2);
        struct period *p = &book->periods[i];

        p->id.v = db_i64(&row, 0);
        p->name = str_dup(book->arena, db_str(&row, 1));
        p->branch_id = branch_id;
        p->schedule.zone = zone_of(db_str(&row, 4), book->zone);
        holidays_calendar(branch_id == 0 ? book->uf : db_str(&row, 5), switches,
                          (size_t)a->switches.count, &p->calendar);
        read_city(book, &a->city, branch_id, &p->calendar);
        if (db_bool(&row, 3))
            p->schedule.calendar = &p->calendar;
    }
}

/* Ranges come in order: each lengthens its day's list, which lies at the end of the array. */
static void
add_range(struct openings *day, struct opening *next, const struct db_row *row, int at)
{
    *next = (struct opening){ (int)db_i64(row, at), (int)db_i64(row, at + 1) };
    if (day->n == 0)
        day->v = next;
    day->n++;
}

static struct period *
find_period(const struct hours_book *book, int64_t id)
{
    size_t low = 0, high = book->period_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (book->periods[middle].id.v < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < book->period_count && book->periods[low].id.v == id ? &book->periods[low] : NULL;
}

static void
read_weeks(struct hours_book *book, const struct db_rows *rows)
{
    struct opening *ranges = arena_array(book->arena, struct opening, (size_t)rows->count + 1);

    for (int i = 0; i < rows->count; i++) {
        struct db_row row = db_row_at(rows, i);
        struct period *p = find_period(book, db_i64(&row, 0));

        if (p != NULL)
            add_range(&p->schedule.week[db_i64(&row, 1)], &ranges[i], &row, 2);
    }
}

static void
read_exceptions(struct hours_book *book, const struct db_rows *rows)
{
    size_t n = (size_t)rows->count, used = 0;
    struct opening_exception *all = arena_array(book->arena, struct opening_exception, n + 1);
    struct opening *ranges = arena_array(book->arena, struct opening, n + 1);
    const struct period *of = NULL;

    for (int i = 0; i < rows->count; i++) {
        struct db_row row = db_row_at(rows, i);
        struct period *p = find_period(book, db_i64(&row, 0));
        int64_t day = db_i64(&row, 1);

        if (p == NULL)
            continue;
        if (p != of || all[used - 1].day != day) {
            all[used] = (struct opening_exception){ .day = day,
                                                    .name = str_dup(book->arena, db_str(&row, 2)) };
            if (p != of)
                p->schedule.exceptions = &all[used];
            p->schedule.exception_count++;
            used++;
            of = p;
        }
        if (!db_is_null(&row, 3))
            add_range(&all[used - 1].openings, &ranges[i], &row, 3);
    }
}

static struct follower *
read_followers(struct hours_book *book, const struct db_rows *rows, size_t *n)
{
    struct follower *v = arena_array(book->arena, struct follower, (size_t)rows->count + 1);

    *n = (size_t)rows->count;
    for (size_t i = 0; i < *n; i++) {
        struct db_row row = db_row_at(rows, (int)i);

        v[i].id = db_i64(&row, 0);
        v[i].period.v = db_i64(&row, 1);
        v[i].away_text = str_dup(book->arena, db_str(&row, 2));
    }
    return v;
}

static void
read_shifts(struct hours_book *book, const struct db_rows *rows)
{
    book->shift_count = (size_t)rows->count;
    book->shifts = arena_array(book->arena, struct shift, book->shift_count + 1);
    for (size_t i = 0; i < book->shift_count; i++) {
        struct db_row row = db_row_at(rows, (int)i);

        book->shifts[i].id = db_i64(&row, 0);
        book->shifts[i].name = str_dup(book->arena, db_str(&row, 1));
        book->shifts[i].part = (struct opening){ (int)db_i64(&row, 2), (int)db_i64(&row, 3) };
    }
}

struct err
hours_book_read(struct cx *cx, struct hours_book *book)
{
    struct answers *a = arena_new_of(cx->arena, struct answers);
    struct db_row account;

    ask(cx, a);
    TRY(db_await(cx, &a->channels));
    account = db_row_at(&a->account, 0);
    book->zone = zone_of(db_str(&account, 0), zone_utc());
    book->uf = str_dup(book->arena, db_str(&account, 1));
    book->account_period.v = db_i64(&account, 2);
    book->away_text = str_dup(book->arena, db_str(&account, 3));
    read_periods(cx, book, a);
    read_weeks(book, &a->ranges);
    read_exceptions(book, &a->exceptions);
    book->departments = read_followers(book, &a->departments, &book->department_count);
    book->channels = read_followers(book, &a->channels, &book->channel_count);
    read_shifts(book, &a->shifts);
    return OK;
}

const struct period *
hours_period(const struct hours_book *book, struct period_id id)
{
    return find_period(book, id.v);
}
