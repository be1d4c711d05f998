/*
 * Who follows which period, and what a whole account keeps beside its periods: holidays,
 * shifts, places.
 */
#include "hours_private.h"

#include "domain/audit/audit.h"

#include "hours.sql.h"

static struct err
read_book(struct cx *cx, const struct hours_book **out)
{
    struct db_rows there, version;

    db_assert_tx(cx);
    TRY(db_many(cx, &SQL_period_lock, &there, P_ID(cx->account)));
    hours_ask(cx, &version);
    return hours_book(cx, &version, out);
}

/* --- followers -------------------------------------------------------------------------- */

static struct err
require_period(const struct hours_book *book, struct period_id id)
{
    return id.v == 0 || hours_period(book, id) != NULL
               ? OK
               : FAIL_FIELD(ERR_NOT_FOUND, "period_unknown", "period_id");
}

static struct err
follow_account(struct cx *cx, const struct hours_book *book, const struct follow *f)
{
    struct audit_change change = { 0 };

    TRY(require_period(book, f->account_period));
    audit_text(&change, "away_text", book->away_text, f->account_away_text);
    audit_id(&change, "period_id", book->account_period.v, f->account_period.v);
    audit_changed(cx, "hours.edited", "account", cx->account.v, &change);
    return db_exec(cx, &SQL_follow_account, NULL, P_ID(cx->account), P_ID(f->account_period),
                   P_STR(f->account_away_text));
}

struct wishes {
    struct db_param ids, periods, texts;
};

static struct err
wishes_of(struct cx *cx, const struct hours_book *book, const struct follower *v, size_t n,
          struct wishes *out)
{
    int64_t *ids = arena_array(cx->arena, int64_t, n + 1);
    int64_t *periods = arena_array(cx->arena, int64_t, n + 1);
    struct str *texts = arena_array(cx->arena, struct str, n + 1);

    for (size_t i = 0; i < n; i++) {
        TRY(require_period(book, v[i].period));
        ids[i] = v[i].id;
        periods[i] = v[i].period.v;
        texts[i] = v[i].away_text;
    }
    *out = (struct wishes){ db_p_i64s(cx->arena, ids, n), db_p_i64s(cx->arena, periods, n),
                            db_p_strs(cx->arena, texts, n) };
    return OK;
}

/* Rows are (id, period before, period after[, away text before, after]). */
static void
leave_trails(struct cx *cx, const char *subject_kind, const struct db_rows *rows, bool have_text)
{
    for (int i = 0; i < rows->count; i++) {
        struct db_row row = db_row_at(rows, i);
        struct audit_change change = { 0 };

        if (have_text)
            audit_text(&change, "away_text", db_str(&row, 3), db_str(&row, 4));
        audit_id(&change, "period_id", db_i64(&row, 1), db_i64(&row, 2));
        audit_changed(cx, "hours.edited", subject_kind, db_i64(&row, 0), &change);
    }
}

struct err
hours_follow(struct cx *cx, const struct follow *f)
{
    const struct hours_book *book;
    struct wishes wishes;
    struct db_rows rows;

    TRY(read_book(cx, &book));
    TRY(wishes_of(cx, book, f->departments, f->department_count, &wishes));
    TRY(db_many(cx, &SQL_follow_departments, &rows, P_ID(cx->account), wishes.ids, wishes.periods));
    if ((size_t)rows.count != f->department_count)
        return FAIL_FIELD(ERR_NOT_FOUND, "department_unknown", "departments");
    leave_trails(cx, "department", &rows, false);
    TRY(wishes_of(cx, book, f->channels, f->channel_count, &wishes));
    TRY(db_many(cx, &SQL_follow_channels, &rows, P_ID(cx->account), wishes.ids, wishes.periods,
                wishes.texts));
    if ((size_t)rows.count != f->channel_count)
        return FAIL_FIELD(ERR_NOT_FOUND, "channel_unknown", "channels");
    leave_trails(cx, "channel", &rows, true);
    if (f->has_account)
        TRY(follow_account(cx, book, f));
    hours_tell(cx);
    return OK;
}

/* --- what the whole account keeps ----------------------------------------------------------- */

static struct err
require_branches(struct cx *cx, const struct typed_holiday *v, size_t n)
{
    struct db_rows rows;

    TRY(hours_places(cx, &rows));
    for (size_t i = 0; i < n; i++) {
        bool found = v[i].branch_id == 0;

        for (int j = 0; j < rows.count && !found; j++) {
            struct db_row row = db_row_at(&rows, j);

            found = db_i64(&row, 0) == v[i].branch_id;
        }
        if (!found)
            return FAIL_FIELD(ERR_NOT_FOUND, "branch_unknown", "city");
    }
    return OK;
}

static void
save_switches(struct cx *cx, const struct kept_holidays *kept)
{
    struct str *codes = arena_array(cx->arena, struct str, kept->switch_count + 1);
    struct str *on = arena_array(cx->arena, struct str, kept->switch_count + 1);
    size_t on_count = 0;

    for (size_t i = 0; i < kept->switch_count; i++) {
        codes[i] = kept->switches[i].code;
        if (kept->switches[i].is_kept)
            on[on_count++] = codes[i];
    }
    db_queue(cx, &SQL_switches_save, P_ID(cx->account),
             db_p_strs(cx->arena, codes, kept->switch_count), db_p_strs(cx->arena, on, on_count));
}

static void
save_city(struct cx *cx, const struct typed_holiday *v, size_t n)
{
    int64_t *branches = arena_array(cx->arena, int64_t, n + 1);
    struct str *names = arena_array(cx->arena, struct str, n + 1);
    int64_t *days = arena_array(cx->arena, int64_t, n + 1);
    struct str *yearly = arena_array(cx->arena, struct str, n + 1);

    for (size_t i = 0; i < n; i++) {
        branches[i] = v[i].branch_id;
        names[i] = v[i].name;
        days[i] = v[i].day;
        yearly[i] = v[i].every_year ? STR("true") : STR("false");
    }
    db_queue(cx, &SQL_city_clear, P_ID(cx->account));
    db_queue(cx, &SQL_city_fill, P_ID(cx->account), db_p_i64s(cx->arena, branches, n),
             db_p_strs(cx->arena, names, n), db_p_i64s(cx->arena, days, n),
             db_p_strs(cx->arena, yearly, n));
}

struct err
hours_keep_holidays(struct cx *cx, const struct kept_holidays *kept)
{
    const struct hours_book *book;
    struct audit_change change = { 0 };
    struct buf city = { .arena = cx->arena }, switched = { .arena = cx->arena };

    TRY(read_book(cx, &book));
    TRY(require_branches(cx, kept->city, kept->city_count));
    save_switches(cx, kept);
    save_city(cx, kept->city, kept->city_count);
    for (size_t i = 0; i < kept->city_count; i++)
        buf_fmt(&city, "%s%.*s%s", i > 0 ? "; " : "",
                STR_ARG(hours_print_date(cx->arena, kept->city[i].day)),
                kept->city[i].every_year ? " *" : "");
    for (size_t i = 0; i < kept->switch_count; i++)
        buf_fmt(&switched, "%s%c%.*s", i > 0 ? " " : "", kept->switches[i].is_kept ? '+' : '-',
                STR_ARG(kept->switches[i].code));
    audit_text(&change, "city_holidays", (struct str){ 0 }, buf_str(&city));
    audit_text(&change, "switches", (struct str){ 0 }, buf_str(&switched));
    audit_changed(cx, "hours.edited", "account", cx->account.v, &change);
    hours_tell(cx);
    return db_hear(cx);
}

static bool
has_shift(const struct shift *shifts, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++)
        if (shifts[i].id == id)
            return true;
    return false;
}

struct err
hours_shifts_left_out(struct cx *cx, const struct shift *shifts, size_t n, struct json_ids *out)
{
    const struct hours_book *book;
    int64_t *ids;

    TRY(read_book(cx, &book));
    ids = arena_array(cx->arena, int64_t, book->shift_count + 1);
    *out = (struct json_ids){ .v = ids };
    for (size_t i = 0; i < book->shift_count; i++)
        if (!has_shift(shifts, n, book->shifts[i].id))
            ids[out->n++] = book->shifts[i].id;
    return OK;
}

static struct err
require_known(const struct hours_book *book, const struct shift *shifts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (shifts[i].id == 0)
            continue;
        if (has_shift(shifts, i, shifts[i].id) ||
            !has_shift(book->shifts, book->shift_count, shifts[i].id))
            return FAIL_FIELD(ERR_INVALID, "unknown_value", "shifts");
    }
    return OK;
}

struct err
hours_save_shifts(struct cx *cx, const struct shift *shifts, size_t n)
{
    struct str *names = arena_array(cx->arena, struct str, n + 1);
    int64_t *ids = arena_array(cx->arena, int64_t, n + 1);
    int64_t *from = arena_array(cx->arena, int64_t, n + 1);
    int64_t *until = arena_array(cx->arena, int64_t, n + 1);
    struct buf before = { .arena = cx->arena }, after = { .arena = cx->arena };
    struct audit_change change = { 0 };
    const struct hours_book *book;

    TRY(read_book(cx, &book));
    TRY(require_known(book, shifts, n));
    for (size_t i = 0; i < book->shift_count; i++)
        buf_fmt(&before, "%s%.*s", i > 0 ? "; " : "", STR_ARG(book->shifts[i].name));
    for (size_t i = 0; i < n; i++) {
        ids[i] = shifts[i].id;
        names[i] = shifts[i].name;
        from[i] = shifts[i].part.from_min;
        until[i] = shifts[i].part.until_min;
        buf_fmt(&after, "%s%.*s", i > 0 ? "; " : "", STR_ARG(names[i]));
    }
    db_queue(cx, &SQL_shifts_clear, P_ID(cx->account));
    TRY(db_exec(cx, &SQL_shifts_keep, NULL, P_ID(cx->account), db_p_i64s(cx->arena, ids, n),
                db_p_strs(cx->arena, names, n), db_p_i64s(cx->arena, from, n),
                db_p_i64s(cx->arena, until, n)));
    TRY(db_exec(cx, &SQL_shifts_fill, NULL, P_ID(cx->account), db_p_i64s(cx->arena, ids, n),
                db_p_strs(cx->arena, names, n), db_p_i64s(cx->arena, from, n),
                db_p_i64s(cx->arena, until, n)));
    audit_text(&change, "shifts", buf_str(&before), buf_str(&after));
    audit_changed(cx, "hours.edited", "account", cx->account.v, &change);
    hours_tell(cx);
    return OK;
}

struct err
hours_places(struct cx *cx, struct db_rows *rows)
{
    return db_many(cx, &SQL_place_list, rows, P_ID(cx->account));
}

struct err
hours_save_places(struct cx *cx, struct str uf, const struct place *branches, size_t n)
{
    int64_t *ids = arena_array(cx->arena, int64_t, n + 1);
    struct str *zones = arena_array(cx->arena, struct str, n + 1);
    struct str *states = arena_array(cx->arena, struct str, n + 1);
    struct audit_change change = { 0 };
    const struct hours_book *book;
    struct db_rows changed;

    TRY(read_book(cx, &book));
    for (size_t i = 0; i < n; i++) {
        ids[i] = branches[i].branch_id;
        zones[i] = branches[i].time_zone.p == NULL ? STR("") : branches[i].time_zone;
        states[i] = branches[i].uf.p == NULL ? STR("") : branches[i].uf;
    }
    TRY(db_many(cx, &SQL_place_branches, &changed, P_ID(cx->account), db_p_i64s(cx->arena, ids, n),
                db_p_strs(cx->arena, zones, n), db_p_strs(cx->arena, states, n)));
    if ((size_t)changed.count != n)
        return FAIL_FIELD(ERR_NOT_FOUND, "branch_unknown", "branches");
    for (size_t i = 0; i < n; i++) {
        struct audit_change of_branch = { 0 };

        audit_text(&of_branch, "time_zone", (struct str){ 0 }, zones[i]);
        audit_text(&of_branch, "uf", (struct str){ 0 }, states[i]);
        audit_changed(cx, "hours.edited", "branch", ids[i], &of_branch);
    }
    audit_text(&change, "uf", book->uf, uf.p == NULL ? STR("") : uf);
    audit_changed(cx, "hours.edited", "account", cx->account.v, &change);
    hours_tell(cx);
    return db_exec(cx, &SQL_place_account, NULL, P_ID(cx->account), P_STR(uf));
}
