/*
 * The tabs of the inbox: what narrows them, and which statement serves each way of asking.
 */
#include "tickets_private.h"

#include "domain/auth/auth.h"

#include "tickets.sql.h"

static struct db_param
ids_param(struct cx *cx, struct json_ids ids)
{
    return ids.n == 0 ? P_NULL : db_p_i64s(cx->arena, ids.v, ids.n);
}

static struct err
read_assignee(const struct cx *cx, const struct req *req, int64_t *out)
{
    struct str assignee = req_query(req, "assignee");

    *out = 0;
    if (assignee.len == 0)
        return OK;
    if (str_eq(assignee, STR("me"))) {
        *out = cx->member.v;
        return OK;
    }
    if (!str_i64(assignee, out) || *out <= 0)
        return FAIL_FIELD(ERR_INVALID, "wrong_type", "assignee");
    return OK;
}

struct err
tickets_filter_read(const struct cx *cx, const struct req *req, struct ticket_filter *out)
{
    static const struct {
        const char *name;
        size_t offset;
    } flags[] = {
        { "unread", offsetof(struct ticket_filter, unread) },
        { "snoozed", offsetof(struct ticket_filter, asleep) },
        { "favourite", offsetof(struct ticket_filter, favourite) },
        { "out_of_hours", offsetof(struct ticket_filter, away) },
    };
    static const char *const tabs[] = { "serving", "waiting", "bot", "closed", NULL };
    struct str order = req_query(req, "order"), tab = req_query(req, "tab"),
               promise = req_query(req, "sla");
    bool is_tab = false;

    for (const char *const *t = tabs; *t != NULL; t++)
        is_tab = is_tab || str_eq(tab, str_of(*t));
    if (!is_tab)
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "tab");

    if (order.len > 0 && !str_eq(order, STR("newest")) && !str_eq(order, STR("oldest")) &&
        !str_eq(order, STR("due")))
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "order");
    if (promise.len > 0 && !str_eq(promise, STR("short")) && !str_eq(promise, STR("late")))
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "sla");
    *out = (struct ticket_filter){
        .state = tab,
        .oldest_first = str_eq(order, STR("oldest")),
        .promised = promise.len > 0 || str_eq(order, STR("due")),
        .promise = promise,
    };
    TRY(req_query_ids(req, "departments", 100, &out->departments));
    TRY(req_query_ids(req, "channels", 100, &out->channels));
    TRY(read_assignee(cx, req, &out->assignee));
    TRY(req_query_i64(req, "type", 1, INT64_MAX, &out->type));
    TRY(req_query_i64(req, "reason", 1, INT64_MAX, &out->reason));
    TRY(req_query_i64(req, "tag", 1, INT64_MAX, &out->tag));
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        *(bool *)((char *)out + flags[i].offset) =
            str_eq(req_query(req, flags[i].name), STR("true"));
    return OK;
}

/* By something that the ticket carries: then that leads to it, and the statement is told one thing more. */
static bool
is_marked(const struct ticket_filter *f)
{
    return f->away || f->favourite || f->tag != 0 || f->asleep;
}

/* Each way of asking has a statement that starts from the index which serves it. */
static const struct db_stmt *
list_statement(const struct cx *cx, const struct ticket_filter *f)
{
    bool oldest_first = f->oldest_first;

    if (f->promised)
        return &SQL_ticket_list_promised;
    if (f->away)
        return oldest_first ? &SQL_ticket_list_away_oldest : &SQL_ticket_list_away;
    if (is_marked(f))
        return oldest_first ? &SQL_ticket_list_marked_oldest : &SQL_ticket_list_marked;
    if (!cx->access->sees_account)
        return oldest_first ? &SQL_ticket_list_mine_oldest : &SQL_ticket_list_mine;
    if (oldest_first)
        return &SQL_ticket_list_oldest;
    if (f->assignee != 0)
        return &SQL_ticket_list_assignee;
    if (f->departments.n > 0)
        return &SQL_ticket_list_departments;
    return &SQL_ticket_list_newest;
}

struct err
tickets_list(struct cx *cx, const struct ticket_filter *f, const struct ticket_place *after,
             int64_t limit, struct db_rows *rows)
{
    const struct db_param params[] = {
        P_ID(cx->account),
        P_STR(f->state),
        ids_param(cx, f->departments),
        ids_param(cx, f->channels),
        db_p_id(f->assignee),
        P_BOOL(f->unread),
        db_p_id(f->type),
        db_p_id(f->reason),
        db_p_id(f->tag),
        P_BOOL(f->asleep),
        P_TIME(after->us),
        db_p_id(after->id),
        P_I64(limit),
        P_BOOL(f->favourite),
        f->promise.len > 0 ? P_STR(f->promise) : P_NULL,
        P_TIME(cx->now_us),
    };
    int n = sizeof params / sizeof params[0];

    return db_many_(cx, list_statement(cx, f), rows, params,
                    f->promised    ? n
                    : is_marked(f) ? n - 2
                                   : n - 3);
}

struct ticket
tickets_at(const struct db_rows *rows, int index)
{
    struct db_row row = db_row_at(rows, index);

    return ticket_from_row(&row);
}
