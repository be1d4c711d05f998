#include "presence_private.h"

#include "base/clock.h"

enum { PAGE_MAX = 100 };

#define CURSOR_MAX_US INT64_C(4102444800000000) /* the year 2100 */

void
break_write_json(struct json_out *o, const void *value)
{
    const struct a_break *b = value;

    json_open(o, '{');
    json_kv_i64(o, "id", b->id.v);
    json_kv_i64(o, "member_id", b->member.v);
    json_kv_i64(o, "reason_id", b->reason.v);
    json_kv_i64(o, "planned_min", b->planned_min);
    json_kv_time(o, "started_at", b->started_at_us);
    json_kv_time(o, "ended_at", b->ended_at_us);
    json_kv_id(o, "ended_by", b->ended_by.v);
    json_close(o, '}');
}

struct start_body {
    struct break_reason_id reason;
};

static struct err
post_mine(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "reason_id", JSON_ID, true, offsetof(struct start_body, reason), 0 },
        { 0 },
    };
    struct start_body body = { 0 };
    struct a_break started;

    TRY(req_body(req, fields, &body));
    TRY(breaks_start(cx, body.reason, &started));
    return presence_answer_mine(cx, res, 201);
}

static struct err
delete_mine(struct cx *cx, struct req *req, struct res *res)
{
    (void)req;
    TRY(breaks_end(cx));
    return presence_answer_mine(cx, res, 200);
}

static struct err
post_end(struct cx *cx, struct req *req, struct res *res)
{
    struct a_break ended;
    struct break_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(breaks_end_of(cx, id, &ended));
    return res_json(res, 200, break_write_json, &ended);
}

/* --- history --- */

static struct err
read_cursor(struct str after, struct break_query *query)
{
    struct str us;

    if (after.len == 0)
        return OK;
    if (!str_cut(&after, '.', &us) || !str_i64(us, &query->after_us) ||
        !str_i64(after, &query->after_id) || query->after_us <= 0 ||
        query->after_us > CURSOR_MAX_US || query->after_id <= 0)
        return FAIL_FIELD(ERR_INVALID, "cursor_invalid", "after");
    return OK;
}

static struct err
read_query(const struct req *req, struct break_query *out)
{
    struct str from = req_query(req, "from"), to = req_query(req, "to");

    *out = (struct break_query){ .limit = 40 };
    TRY(req_query_i64(req, "member_id", 1, INT64_MAX, &out->member.v));
    TRY(req_query_i64(req, "reason_id", 1, INT64_MAX, &out->reason.v));
    TRY(req_query_i64(req, "department_id", 1, INT64_MAX, &out->department.v));
    if (from.len > 0 && !clock_parse(from, &out->from_us))
        return FAIL_FIELD(ERR_INVALID, "time_invalid", "from");
    if (to.len > 0 && !clock_parse(to, &out->to_us))
        return FAIL_FIELD(ERR_INVALID, "time_invalid", "to");
    return OK;
}

static struct err
get_breaks(struct cx *cx, struct req *req, struct res *res)
{
    struct break_query query;
    struct db_rows rows;
    struct a_break last = { 0 };
    struct json_out o;
    int shown;

    TRY(read_query(req, &query));
    TRY(req_query_i64(req, "limit", 1, PAGE_MAX, &query.limit));
    TRY(read_cursor(req_query(req, "after"), &query));
    query.limit++; /* one more tells whether there is a next page */
    TRY(breaks_find(cx, &query, &rows));
    shown = rows.count < query.limit ? rows.count : (int)query.limit - 1;
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < shown; i++) {
        last = breaks_at(&rows, i);
        break_write_json(&o, &last);
    }
    json_close(&o, ']');
    json_kv_str(&o, "next",
                shown < rows.count ? str_fmt(cx->arena, "%lld.%lld", (long long)last.started_at_us,
                                             (long long)last.id.v)
                                   : (struct str){ 0 });
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
get_totals(struct cx *cx, struct req *req, struct res *res)
{
    struct break_query query;
    struct db_rows rows;
    struct json_out o;

    TRY(read_query(req, &query));
    TRY(breaks_total(cx, &query, &rows));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        json_open(&o, '{');
        json_kv_i64(&o, "reason_id", db_i64(&row, 0));
        json_kv_i64(&o, "breaks", db_i64(&row, 1));
        json_kv_i64(&o, "seconds", db_i64(&row, 2));
        json_kv_i64(&o, "over_breaks", db_i64(&row, 3));
        json_kv_i64(&o, "over_seconds", db_i64(&row, 4));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_kv_time(&o, "as_of", cx->now_us);
    json_close(&o, '}');
    return res_json_end(res);
}

const struct route breaks_routes[] = {
    { POST, "/api/v1/me/break", ROUTE_ANY_MEMBER, TX_WRITE, post_mine, ACCESS_MEMBER, BODY_JSON,
      "break.started" },
    { DELETE, "/api/v1/me/break", ROUTE_ANY_MEMBER, TX_WRITE, delete_mine, ACCESS_MEMBER, BODY_NONE,
      "break.ended" },
    { GET, "/api/v1/breaks", "breaks.supervise", TX_READ, get_breaks, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { GET, "/api/v1/breaks/totals", "breaks.supervise", TX_READ, get_totals, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { POST, "/api/v1/breaks/:id/end", "breaks.supervise", TX_WRITE, post_end, ACCESS_MEMBER,
      BODY_NONE, "break.ended" },
    { 0 },
};
