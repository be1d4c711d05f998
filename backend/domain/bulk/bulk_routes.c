#include "bulk.h"

#include "bulk.sql.h"

void
bulk_write_json(struct json_out *o, const void *value)
{
    const struct bulk *b = value;

    json_open(o, '{');
    json_kv_i64(o, "id", b->id.v);
    json_kv_str(o, "act", b->act);
    json_kv_str(o, "state", b->state);
    json_kv_i64(o, "pending", b->pending);
    json_kv_i64(o, "done", b->done);
    json_kv_i64(o, "refused", b->refused);
    json_kv_i64(o, "undone", b->undone);
    json_kv_i64(o, "kept", b->kept);
    json_kv_time(o, "started_at", b->started_at_us);
    json_kv_time(o, "finished_at", b->finished_at_us);
    json_close(o, '}');
}

struct start_body {
    struct bulk_wish wish;
    struct json_ids ticket_ids;
    struct str filter;
};

static struct err
post_bulk(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "act", JSON_STR, true, offsetof(struct start_body, wish.act), 20 },
        { "department_id", JSON_ID, false, offsetof(struct start_body, wish.department_id), 0 },
        { "assignee_id", JSON_ID, false, offsetof(struct start_body, wish.assignee_id), 0 },
        { "tag_id", JSON_ID, false, offsetof(struct start_body, wish.tag_id), 0 },
        { "reason_id", JSON_ID, false, offsetof(struct start_body, wish.reason_id), 0 },
        { "until", JSON_STR, false, offsetof(struct start_body, wish.until), 40 },
        { "ticket_ids", JSON_IDS, false, offsetof(struct start_body, ticket_ids), BULK_NAMED_MAX },
        { "filter", JSON_STR, false, offsetof(struct start_body, filter), 1000 },
        { 0 },
    };
    struct start_body body = { 0 };
    struct bulk bulk;

    TRY(req_body(req, fields, &body));
    TRY(bulk_start(cx, &body.wish, body.ticket_ids, body.filter, &bulk));
    return res_json(res, 201, bulk_write_json, &bulk);
}

static struct err
get_bulk(struct cx *cx, struct req *req, struct res *res)
{
    struct bulk_id id;
    struct bulk bulk;

    TRY(req_path_id(req, "id", &id.v));
    TRY(bulk_get(cx, id, &bulk));
    return res_json(res, 200, bulk_write_json, &bulk);
}

static struct err
get_refusals(struct cx *cx, struct req *req, struct res *res)
{
    struct bulk_id id;
    struct bulk bulk;
    struct db_rows rows;
    struct json_out o;

    TRY(req_path_id(req, "id", &id.v));
    TRY(bulk_get(cx, id, &bulk));
    TRY(db_many(cx, &SQL_bulk_refusals, &rows, P_ID(cx->account), P_ID(id)));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        json_open(&o, '{');
        json_kv_i64(&o, "ticket_id", db_i64(&row, 0));
        json_kv_str(&o, "slug", db_str(&row, 1));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
post_cancel(struct cx *cx, struct req *req, struct res *res)
{
    struct bulk_id id;
    struct bulk bulk;

    TRY(req_path_id(req, "id", &id.v));
    TRY(bulk_cancel(cx, id, &bulk));
    return res_json(res, 200, bulk_write_json, &bulk);
}

static struct err
post_undo(struct cx *cx, struct req *req, struct res *res)
{
    struct bulk_id id;
    struct bulk bulk;

    TRY(req_path_id(req, "id", &id.v));
    TRY(bulk_undo(cx, id, &bulk));
    return res_json(res, 200, bulk_write_json, &bulk);
}

const struct route bulk_routes[] = {
    { POST, "/api/v1/bulks", "tickets.bulk", TX_WRITE, post_bulk, ACCESS_MEMBER, BODY_JSON,
      "bulk.started" },
    { GET, "/api/v1/bulks/:id", "tickets.bulk", TX_READ, get_bulk, ACCESS_MEMBER, BODY_NONE, NULL },
    { GET, "/api/v1/bulks/:id/refusals", "tickets.bulk", TX_READ, get_refusals, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { POST, "/api/v1/bulks/:id/cancel", "tickets.bulk", TX_WRITE, post_cancel, ACCESS_MEMBER,
      BODY_JSON, "bulk.cancelled" },
    { POST, "/api/v1/bulks/:id/undo", "tickets.bulk", TX_WRITE, post_undo, ACCESS_MEMBER, BODY_JSON,
      "bulk.undone" },
    { 0 },
};
