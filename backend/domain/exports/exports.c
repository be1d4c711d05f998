#include "exports_private.h"

#include "base/clock.h"
#include "domain/audit/audit.h"
#include "domain/auth/auth.h"

#include "exports.sql.h"

enum { COLUMNS = 10 }; /* of export_row */

struct export export_from_row(const struct db_row *row)
{
    return (struct export){
        .id = { db_i64(row, 0) },
        .state = db_str(row, 1),
        .why = db_str(row, 2),
        .format = db_str(row, 3),
        .filter = db_str(row, 4),
        .done_count = db_i64(row, 5),
        .total_count = db_i64(row, 6),
        .size_bytes = db_i64(row, 7),
        .created_at_us = db_time(row, 8),
        .expires_at_us = db_time(row, 9),
    };
}

struct err
export_lock(struct cx *cx, struct export_id id, struct writing *out)
{
    struct db_row row;

    db_assert_tx(cx);
    TRY(db_one(cx, &SQL_export_lock, &row, P_ID(cx->account), P_ID(id)));
    *out = (struct writing){
        .x = export_from_row(&row),
        .locale = db_str(&row, COLUMNS),
        .path = db_str(&row, COLUMNS + 1),
        .field_ids = db_str(&row, COLUMNS + 2),
        .epoch = db_i64(&row, COLUMNS + 3),
        .after_id = db_i64(&row, COLUMNS + 4),
        .file = { .sheet_bytes = db_i64(&row, COLUMNS + 5),
                  .sheet_crc = (uint32_t)db_i64(&row, COLUMNS + 6) },
        .user = { db_i64(&row, COLUMNS + 7) },
    };
    out->file.size_bytes = out->x.size_bytes;
    return OK;
}

/* Of a search only that it was one: what was typed may be a phone or a name. */
static void
leave_trail(struct cx *cx, const char *action, const struct export *x)
{
    struct audit_change change = { 0 };
    bool is_search = str_starts(x->filter, STR("q=")) || str_has(x->filter, STR("&q="));

    audit_text(&change, "filter", (struct str){ 0 }, is_search ? STR("q") : x->filter);
    audit_text(&change, "format", (struct str){ 0 }, x->format);
    audit_id(&change, "rows", 0, x->done_count);
    audit_changed(cx, action, "contact_export", x->id.v, &change);
}

/* What the list would say of it. */
static struct err
check(struct cx *cx, const struct export_wish *wish)
{
    int64_t nobody[1];
    int n;

    if (cx->member.v == 0)
        return FAIL(ERR_FORBIDDEN, "token_not_allowed");
    if (export_format_find(wish->format) == NULL)
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "format");
    if (export_locale_find(wish->locale) < 0)
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "locale");
    return contacts_walk(cx, wish->filter, 0, 0, nobody, &n);
}

struct err
exports_start(struct cx *cx, struct res *res, const struct export_wish *wish, struct export *out)
{
    const char *path;
    struct str relative;
    struct db_row row;
    bool found;

    db_assert_tx(cx);
    TRY(check(cx, wish));
    TRY(media_place(cx, &relative, &path));
    TRY(db_opt(cx, &SQL_export_add, &found, &row, P_ID(cx->account), P_ID(cx->member),
               P_STR(wish->format), P_STR(wish->locale), P_STR(wish->filter), P_STR(relative),
               P_TIME(cx->now_us), P_I64(EXPORTS_AN_HOUR)));
    if (!found) {
        res->retry_after_s = 3600;
        return FAIL(ERR_TOO_MANY, "too_many_exports");
    }
    *out = export_from_row(&row);
    jobs_add(cx, "contact.export", jobs_lane("contact_export", out->id.v, 0), out->id.v, STR(""),
             0);
    leave_trail(cx, "contact_export.started", out);
    return OK;
}

static struct err
get_row(struct cx *cx, struct export_id id, struct db_row *row)
{
    return db_one(cx, &SQL_export_get, row, P_ID(cx->account), P_ID(id), P_ID(cx->member));
}

struct err
exports_get(struct cx *cx, struct export_id id, struct export *out)
{
    struct db_row row;

    TRY(get_row(cx, id, &row));
    *out = export_from_row(&row);
    return OK;
}

struct err
exports_cancel(struct cx *cx, struct export_id id, struct export *out)
{
    struct writing w;

    TRY(exports_get(cx, id, out));
    TRY(export_lock(cx, id, &w));
    if (!str_eq(w.x.state, STR("running")))
        return FAIL(ERR_CONFLICT, "export_over");
    TRY(db_exec(cx, &SQL_export_move, NULL, P_ID(cx->account), P_ID(id), P_STR(STR("canceled")),
                P_NULL, P_NULL));
    /* Its job comes round once more, and takes away what was written. */
    jobs_add(cx, "contact.export", jobs_lane("contact_export", id.v, 0), id.v, STR(""), 0);
    leave_trail(cx, "contact_export.canceled", &w.x);
    return exports_get(cx, id, out);
}

/* "contatos-2026-11-27.csv": the day it was asked for. */
static struct str
filename(struct cx *cx, const struct export *x, struct str locale)
{
    char iso[CLOCK_ISO_BYTES];
    struct str at = clock_iso(x->created_at_us, iso);

    return str_fmt(cx->arena, "%s-%.10s.%.*s",
                   str_starts(locale, STR("pt")) ? "contatos" : "contacts", at.p,
                   STR_ARG(x->format));
}

/* The words that messages_serve knows. */
static struct str
file_state(struct str state)
{
    if (str_eq(state, STR("done")))
        return STR("ready");
    return str_eq(state, STR("expired")) ? state : STR("pending");
}

struct err
exports_download(struct cx *cx, struct res *res, struct export_id id)
{
    struct served_file file;
    struct export x;
    struct db_row row;

    TRY(get_row(cx, id, &row));
    x = export_from_row(&row);
    file = (struct served_file){ .state = file_state(x.state),
                                 .mime = str_of(export_format_find(x.format)->mime),
                                 .filename = filename(cx, &x, db_str(&row, COLUMNS + 2)),
                                 .path = db_str(&row, COLUMNS) };
    if (str_eq(x.state, STR("done")) && db_i64(&row, COLUMNS + 1) != cx->access->epoch)
        return FAIL(ERR_CONFLICT, "access_changed");
    TRY(messages_serve(cx, res, &file));
    leave_trail(cx, "contact_export.downloaded", &x);
    return OK;
}
