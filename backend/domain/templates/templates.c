#include "templates_private.h"

#include "templates.sql.h"

/* --- what it is now --------------------------------------------------------------- */

static const struct {
    const char *status, *slug;
} unsendable[] = {
    { "paused", "template_paused" },
};

/* In the order in which somebody would mend it. */
static const char *
unfit_of(const struct template *t)
{
    struct str unfit = json_get_text(t->shape, "unfit");

    if (t->gone_at_us != 0)
        return "template_gone";
    for (size_t i = 0; i < sizeof unsendable / sizeof unsendable[0]; i++)
        if (str_eq(t->status, str_of(unsendable[i].status)))
            return unsendable[i].slug;
    if (!str_eq(t->status, STR("approved")))
        return "template_not_approved";
    if (str_eq(unfit, STR("code")))
        return "template_of_codes";
    return unfit.len > 0 ? "template_unfit" : NULL;
}

static struct err
from_row(struct cx *cx, const struct db_row *row, struct template *out)
{
    *out = (struct template){
        .id = { db_i64(row, 0) },
        .waba_id = db_str(row, 1),
        .name = db_str(row, 2),
        .language = db_str(row, 3),
        .category = db_str(row, 4),
        .status = db_str(row, 5),
        .quality = db_str(row, 6),
        .shape_text = db_str(row, 7),
        .changed_at_us = db_time(row, 8),
        .gone_at_us = db_time(row, 9),
        .flow_count = db_i64(row, 10),
        .channels = db_str(row, 11),
    };
    TRY(json_parse(cx->arena, out->shape_text, &out->shape));
    out->unfit = unfit_of(out);
    return OK;
}

static struct err
from_rows(struct cx *cx, const struct db_rows *rows, struct template_list *out)
{
    *out = (struct template_list){
        .v = arena_array(cx->arena, struct template, (size_t)rows->count + 1),
        .n = (size_t)rows->count,
    };
    for (int i = 0; i < rows->count; i++) {
        struct db_row row = db_row_at(rows, i);

        TRY(from_row(cx, &row, &out->v[i]));
    }
    return OK;
}

struct err
templates_list(struct cx *cx, const struct template_filter *filter, int64_t limit,
               struct template_list *out)
{
    struct db_rows rows;

    TRY(db_many(cx, &SQL_template_list, &rows, P_ID(cx->account), P_ID(filter->channel),
                P_STR(filter->status), P_STR(filter->words), db_p_id(filter->after),
                P_I64(limit + 1)));
    TRY(from_rows(cx, &rows, out));
    out->has_more = out->n > (size_t)limit;
    if (out->has_more)
        out->n = (size_t)limit;
    return OK;
}

struct err
templates_get(struct cx *cx, struct template_id id, struct template *out)
{
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_template_get, &found, &row, P_ID(cx->account), P_ID(id)));
    return found ? from_row(cx, &row, out) : FAIL(ERR_NOT_FOUND, "not_found");
}

struct err
templates_of(struct cx *cx, const int64_t *ids, size_t n, struct template_list *out)
{
    struct db_rows rows;

    *out = (struct template_list){ 0 };
    if (n == 0)
        return OK;
    TRY(db_many(cx, &SQL_templates_of, &rows, P_ID(cx->account), db_p_i64s(cx->arena, ids, n)));
    return from_rows(cx, &rows, out);
}

struct err
templates_users(struct cx *cx, struct template_id id, struct db_rows *out)
{
    return db_many(cx, &SQL_template_users, out, P_ID(cx->account), P_ID(id));
}

/* --- books ---------------------------------------------------------------------------- */

static struct template_book
book_from_row(const struct db_row *row)
{
    return (struct template_book){
        .waba_id = db_str(row, 0),
        .wanted_at_us = db_time(row, 1),
        .read_at_us = db_time(row, 2),
        .failed_at_us = db_time(row, 3),
        .why = db_str(row, 4),
    };
}

struct err
templates_books(struct cx *cx, struct channel_id channel, struct template_book **out, size_t *n)
{
    struct db_rows rows;

    TRY(db_many(cx, &SQL_template_books, &rows, P_ID(cx->account), P_ID(channel)));
    *n = (size_t)rows.count;
    *out = arena_array(cx->arena, struct template_book, *n + 1);
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        (*out)[i] = book_from_row(&row);
    }
    return OK;
}

struct err
templates_account(struct cx *cx, const struct channel *channel, struct str *waba)
{
    const struct json *settings;

    if (!channel->is_active)
        return FAIL(ERR_CONFLICT, "channel_inactive");
    if (channel->driver == NULL || channel->driver->list_templates == NULL)
        return FAIL(ERR_CONFLICT, "templates_unsupported");
    TRY(json_parse(cx->arena, channel->settings, &settings));
    *waba = json_get_text(settings, "waba_id");
    return waba->len > 0 ? OK : FAIL(ERR_CONFLICT, "settings_incomplete");
}

/* The first reading of a book begins the daily ones. */
struct err
templates_want(struct cx *cx, struct channel_id id, struct template_book *out)
{
    struct channel channel;
    struct db_row row;
    struct str waba;
    bool found;

    TRY(channels_get(cx, id, &channel));
    TRY(templates_account(cx, &channel, &waba));
    TRY(db_opt(cx, &SQL_template_book_want, &found, &row, P_ID(cx->account), P_STR(waba),
               P_TIME(cx->now_us)));
    if (found) {
        templates_queue(cx, waba, 0);
        if (db_bool(&row, 0))
            templates_queue(cx, waba, cx->now_us + TEMPLATES_DAILY_US);
    }
    TRY(db_opt(cx, &SQL_template_book_get, &found, &row, P_ID(cx->account), P_STR(waba)));
    *out = book_from_row(&row);
    return OK;
}
