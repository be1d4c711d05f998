/*
 * The room as openapi.yaml tells it.
 */
#include "hours_private.h"

#include "domain/accounts/accounts.h"

#include "hours.sql.h"

static void
write_range(struct json_out *o, const struct opening *range)
{
    json_kv_i64(o, "from_min", range->from_min);
    json_kv_i64(o, "until_min", range->until_min);
}

static void
write_week(struct json_out *o, const struct openings week[OPENINGS_DAY_KINDS])
{
    json_key(o, "week");
    json_open(o, '[');
    for (int day = 0; day < OPENINGS_DAY_KINDS; day++)
        for (size_t i = 0; i < week[day].n; i++) {
            json_open(o, '{');
            json_kv_i64(o, "day", day);
            write_range(o, &week[day].v[i]);
            json_close(o, '}');
        }
    json_close(o, ']');
}

static void
write_exception(struct cx *cx, struct json_out *o, const struct opening_exception *e)
{
    json_open(o, '{');
    json_kv_str(o, "on", hours_print_date(cx->arena, e->day));
    json_kv_str(o, "name", e->name);
    json_key(o, "ranges");
    json_open(o, '[');
    for (size_t i = 0; i < e->openings.n; i++) {
        json_open(o, '{');
        write_range(o, &e->openings.v[i]);
        json_close(o, '}');
    }
    json_close(o, ']');
    json_close(o, '}');
}

static void
write_period(struct cx *cx, struct json_out *o, const struct period *p)
{
    json_open(o, '{');
    json_kv_i64(o, "id", p->id.v);
    json_kv_str(o, "name", p->name);
    json_kv_id(o, "branch_id", p->branch_id);
    json_kv_str(o, "time_zone", zone_name(p->schedule.zone));
    json_kv_bool(o, "keeps_holidays", p->schedule.calendar != NULL);
    write_week(o, p->schedule.week);
    json_key(o, "exceptions");
    json_open(o, '[');
    for (size_t i = 0; i < p->schedule.exception_count; i++)
        write_exception(cx, o, &p->schedule.exceptions[i]);
    json_close(o, ']');
    json_close(o, '}');
}

static void
write_book(struct cx *cx, struct json_out *o, const struct hours_book *book)
{
    json_kv_str(o, "uf", book->uf.len == 0 ? (struct str){ 0 } : book->uf);
    json_kv_id(o, "period_id", book->account_period.v);
    json_kv_str(o, "away_text", book->away_text.p == NULL ? STR("") : book->away_text);
    json_key(o, "periods");
    json_open(o, '[');
    for (size_t i = 0; i < book->period_count; i++)
        write_period(cx, o, &book->periods[i]);
    json_close(o, ']');
    json_key(o, "shifts");
    json_open(o, '[');
    for (size_t i = 0; i < book->shift_count; i++) {
        json_open(o, '{');
        json_kv_i64(o, "id", book->shifts[i].id);
        json_kv_str(o, "name", book->shifts[i].name);
        write_range(o, &book->shifts[i].part);
        json_close(o, '}');
    }
    json_close(o, ']');
}

static void
write_switch(struct cx *cx, struct json_out *o, const struct db_row *row)
{
    (void)cx;
    json_kv_str(o, "code", db_str(row, 0));
    json_kv_bool(o, "is_kept", db_bool(row, 1));
}

static void
write_city(struct cx *cx, struct json_out *o, const struct db_row *row)
{
    json_kv_id(o, "branch_id", db_i64(row, 0));
    json_kv_str(o, "name", db_str(row, 1));
    json_kv_str(o, "on", hours_print_date(cx->arena, db_i64(row, 2)));
    json_kv_bool(o, "every_year", db_bool(row, 3));
}

static void
write_branch(struct cx *cx, struct json_out *o, const struct db_row *row)
{
    (void)cx;
    json_kv_i64(o, "id", db_i64(row, 0));
    json_kv_str(o, "name", db_str(row, 1));
    json_kv_str(o, "city", db_str(row, 2));
    json_kv_str(o, "time_zone", db_str(row, 3));
    json_kv_str(o, "uf", db_str(row, 4));
}

static void
write_department(struct cx *cx, struct json_out *o, const struct db_row *row)
{
    (void)cx;
    json_kv_i64(o, "id", db_i64(row, 0));
    json_kv_id(o, "period_id", db_i64(row, 1));
}

static void
write_channel(struct cx *cx, struct json_out *o, const struct db_row *row)
{
    write_department(cx, o, row);
    json_kv_str(o, "away_text", db_str(row, 2));
}

/* Lists that the tables hold as the screens show them. */
static const struct table {
    const char *name;
    const struct db_stmt *stmt;
    void (*write)(struct cx *cx, struct json_out *o, const struct db_row *row);
} tables[] = {
    { "switches", &SQL_hours_switches, write_switch },
    { "city", &SQL_hours_city, write_city },
    { "branches", &SQL_place_list, write_branch },
    { "departments", &SQL_hours_department_list, write_department },
    { "channels", &SQL_hours_channel_list, write_channel },
};

static void
write_table(struct cx *cx, struct json_out *o, const struct table *t, const struct db_rows *rows)
{
    json_key(o, t->name);
    json_open(o, '[');
    for (int i = 0; i < rows->count; i++) {
        struct db_row row = db_row_at(rows, i);

        json_open(o, '{');
        t->write(cx, o, &row);
        json_close(o, '}');
    }
    json_close(o, ']');
}

struct err
hours_write(struct cx *cx, struct json_out *o)
{
    enum { TABLES = sizeof tables / sizeof tables[0] };
    struct db_rows version, *rows = arena_array(cx->arena, struct db_rows, TABLES);
    const struct hours_book *book;
    struct account account;

    hours_ask(cx, &version);
    for (int i = 0; i < TABLES; i++)
        db_ask(cx, tables[i].stmt, &rows[i], P_ID(cx->account));
    TRY(accounts_get(cx, &account));
    TRY(hours_book(cx, &version, &book));
    json_open(o, '{');
    json_kv_str(o, "time_zone", account.time_zone);
    write_book(cx, o, book);
    for (int i = 0; i < TABLES; i++)
        write_table(cx, o, &tables[i], &rows[i]);
    json_close(o, '}');
    return OK;
}

void
hours_write_state(struct json_out *o, const struct hours *h)
{
    json_open(o, '{');
    json_kv_bool(o, "is_open", h->state.is_open);
    json_kv_time(o, "opens_at", h->state.is_open ? 0 : h->state.changes_at_us);
    json_kv_time(o, "closes_at", h->state.is_open ? h->state.changes_at_us : 0);
    json_close(o, '}');
}
