/*
 * Periods as people write them: a week and its exceptions are put in the place of what
 * was there, as a whole.
 */
#include "hours_private.h"

#include "base/clock.h"
#include "domain/audit/audit.h"
#include "domain/events/events.h"

#include "hours.sql.h"

struct str
hours_print_date(struct arena *a, int64_t day)
{
    int year, month, month_day;

    clock_date(day, &year, &month, &month_day);
    return str_fmt(a, "%04d-%02d-%02d", year, month, month_day);
}

bool
hours_parse_date(struct arena *a, struct str text, int64_t *day)
{
    int64_t us;

    if (text.len != 10 || !clock_parse(str_fmt(a, "%.*sT00:00:00Z", STR_ARG(text)), &us) || us < 0)
        return false;
    *day = us / US_PER_DAY;
    return true;
}

/* --- the trail ------------------------------------------------------------------------- */

static void
print_ranges(struct buf *out, struct openings openings)
{
    for (size_t i = 0; i < openings.n; i++) {
        const struct opening *o = &openings.v[i];

        buf_fmt(out, " %02d:%02d–%02d:%02d", o->from_min / 60, o->from_min % 60, o->until_min / 60,
                o->until_min % 60);
    }
}

/* "1 08:00–18:36; 6 08:00–12:00": short enough for a trail, and exact. */
static struct str
print_week(struct arena *a, const struct openings week[OPENINGS_DAY_KINDS])
{
    struct buf out = { .arena = a };

    for (int day = 0; day < OPENINGS_DAY_KINDS; day++) {
        if (week[day].n == 0)
            continue;
        buf_fmt(&out, "%s%d", out.len > 0 ? "; " : "", day);
        print_ranges(&out, week[day]);
    }
    return buf_str(&out);
}

static struct str
print_exceptions(struct arena *a, const struct opening_exception *v, size_t n)
{
    struct buf out = { .arena = a };

    for (size_t i = 0; i < n; i++) {
        buf_fmt(&out, "%s%.*s", i > 0 ? "; " : "", STR_ARG(hours_print_date(a, v[i].day)));
        print_ranges(&out, v[i].openings);
    }
    return buf_str(&out);
}

/* draft NULL: it is removed; before NULL: it is new. */
static void
leave_trail(struct cx *cx, struct period_id id, const struct period *before,
            const struct period_draft *draft)
{
    static const struct period none;
    static const struct period_draft gone;
    const struct period *b = before == NULL ? &none : before;
    const struct period_draft *d = draft == NULL ? &gone : draft;
    struct audit_change change = { 0 };
    struct str missing = { 0 };

    audit_id(&change, "branch_id", b->branch_id, d->branch_id);
    audit_text(
        &change, "exceptions",
        before == NULL
            ? missing
            : print_exceptions(cx->arena, b->schedule.exceptions, b->schedule.exception_count),
        draft == NULL ? missing : print_exceptions(cx->arena, d->exceptions, d->exception_count));
    audit_flag(&change, "keeps_holidays", b->schedule.calendar != NULL, d->keeps_holidays);
    audit_text(&change, "name", b->name, d->name);
    audit_text(&change, "week", before == NULL ? missing : print_week(cx->arena, b->schedule.week),
               draft == NULL ? missing : print_week(cx->arena, d->week));
    audit_changed(cx, "hours.edited", "period", id.v, &change);
}

void
hours_tell(struct cx *cx)
{
    events_tell_members(cx, "account.changed", STR("{}"));
}

/* --- saving ------------------------------------------------------------------------------ */

static struct err
require_branch(struct cx *cx, int64_t branch_id)
{
    struct db_row row;

    if (branch_id == 0)
        return OK;
    TRY(db_one(cx, &SQL_branch_exists, &row, P_ID(cx->account), P_I64(branch_id)));
    return db_bool(&row, 0) ? OK : FAIL_FIELD(ERR_NOT_FOUND, "branch_unknown", "branch_id");
}

static void
fill_week(struct cx *cx, struct period_id id, const struct openings week[OPENINGS_DAY_KINDS])
{
    int64_t days[OPENINGS_DAY_KINDS * DAY_RANGES_MAX], from[OPENINGS_DAY_KINDS * DAY_RANGES_MAX],
        until[OPENINGS_DAY_KINDS * DAY_RANGES_MAX];
    size_t n = 0;

    for (int day = 0; day < OPENINGS_DAY_KINDS; day++)
        for (size_t i = 0; i < week[day].n; i++) {
            days[n] = day;
            from[n] = week[day].v[i].from_min;
            until[n++] = week[day].v[i].until_min;
        }
    if (n > 0)
        db_queue(cx, &SQL_period_fill, P_ID(cx->account), P_ID(id), db_p_i64s(cx->arena, days, n),
                 db_p_i64s(cx->arena, from, n), db_p_i64s(cx->arena, until, n));
}

static void
fill_exceptions(struct cx *cx, struct period_id id, const struct period_draft *draft)
{
    size_t n = draft->exception_count, ranges = 0;
    int64_t *days = arena_array(cx->arena, int64_t, n + 1);
    struct str *names = arena_array(cx->arena, struct str, n + 1);
    int64_t *dates = arena_array(cx->arena, int64_t, n * DAY_RANGES_MAX + 1);
    int64_t *from = arena_array(cx->arena, int64_t, n * DAY_RANGES_MAX + 1);
    int64_t *until = arena_array(cx->arena, int64_t, n * DAY_RANGES_MAX + 1);

    if (n == 0)
        return;
    for (size_t i = 0; i < n; i++) {
        const struct opening_exception *e = &draft->exceptions[i];

        days[i] = e->day;
        names[i] = e->name;
        for (size_t j = 0; j < e->openings.n; j++) {
            dates[ranges] = e->day;
            from[ranges] = e->openings.v[j].from_min;
            until[ranges++] = e->openings.v[j].until_min;
        }
    }
    db_queue(cx, &SQL_period_except, P_ID(cx->account), P_ID(id), db_p_i64s(cx->arena, days, n),
             db_p_strs(cx->arena, names, n));
    if (ranges > 0)
        db_queue(cx, &SQL_exception_fill, P_ID(cx->account), P_ID(id),
                 db_p_i64s(cx->arena, dates, ranges), db_p_i64s(cx->arena, from, ranges),
                 db_p_i64s(cx->arena, until, ranges));
}

struct err
periods_add(struct cx *cx, const struct period_draft *draft)
{
    struct period_id id;
    struct db_rows there;
    struct db_row row;

    db_assert_tx(cx);
    TRY(db_many(cx, &SQL_period_lock, &there, P_ID(cx->account)));
    if (there.count >= PERIODS_MAX)
        return FAIL(ERR_CONFLICT, "too_many");
    TRY(require_branch(cx, draft->branch_id));
    TRY(db_one(cx, &SQL_period_add, &row, P_ID(cx->account), P_STR(draft->name),
               db_p_id(draft->branch_id), P_BOOL(draft->keeps_holidays), P_TIME(cx->now_us)));
    id.v = db_i64(&row, 0);
    fill_week(cx, id, draft->week);
    fill_exceptions(cx, id, draft);
    leave_trail(cx, id, NULL, draft);
    hours_tell(cx);
    return OK;
}

/* The period as it is, with everybody else who changes hours kept waiting. */
static struct err
take(struct cx *cx, struct period_id id, const struct period **out)
{
    const struct hours_book *book;
    struct db_rows there, version;

    db_assert_tx(cx);
    TRY(db_many(cx, &SQL_period_lock, &there, P_ID(cx->account)));
    hours_ask(cx, &version);
    TRY(hours_book(cx, &version, &book));
    *out = hours_period(book, id);
    return *out == NULL ? FAIL(ERR_NOT_FOUND, "not_found") : OK;
}

struct err
periods_save(struct cx *cx, struct period_id id, const struct period_draft *draft)
{
    const struct period *before;

    TRY(take(cx, id, &before));
    TRY(require_branch(cx, draft->branch_id));
    leave_trail(cx, id, before, draft);
    TRY(db_exec(cx, &SQL_period_save, NULL, P_ID(cx->account), P_ID(id), P_STR(draft->name),
                db_p_id(draft->branch_id), P_BOOL(draft->keeps_holidays)));
    db_queue(cx, &SQL_period_empty, P_ID(cx->account), P_ID(id));
    fill_week(cx, id, draft->week);
    fill_exceptions(cx, id, draft);
    hours_tell(cx);
    return OK;
}

struct err
periods_remove(struct cx *cx, struct period_id id)
{
    const struct period *before;
    struct db_row row;

    TRY(take(cx, id, &before));
    TRY(db_one(cx, &SQL_period_is_followed, &row, P_ID(cx->account), P_ID(id)));
    if (db_bool(&row, 0))
        return FAIL(ERR_CONFLICT, "period_in_use");
    leave_trail(cx, id, before, NULL);
    hours_tell(cx);
    return db_exec(cx, &SQL_period_remove, NULL, P_ID(cx->account), P_ID(id));
}
