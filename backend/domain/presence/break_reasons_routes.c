#include "breaks.h"

enum { NAME_MAX_CHARS = 60 };

/* Reasons are shown to whoever takes a break, so every member reads them. */

static void
reason_write_json(struct json_out *o, const void *value)
{
    const struct break_reason *r = value;

    json_open(o, '{');
    json_kv_i64(o, "id", r->id.v);
    json_kv_str(o, "name", r->name);
    json_kv_i64(o, "planned_min", r->planned_min);
    json_kv_str(o, "color", r->color);
    json_kv_bool(o, "is_active", r->is_active);
    json_close(o, '}');
}

static struct err
get_reasons(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows rows;
    struct json_out o;

    (void)req;
    TRY(break_reasons_list(cx, &rows));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct break_reason reason = break_reasons_at(&rows, i);

        reason_write_json(&o, &reason);
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

/* What the body says, on top of what is there. */
static struct err
read_reason(struct req *req, struct break_reason *reason)
{
    static const struct json_field fields[] = {
        { "color", JSON_STR, false, offsetof(struct break_reason, color), 20 },
        { "is_active", JSON_FLAG, false, offsetof(struct break_reason, is_active), 0 },
        { "name", JSON_STR, false, offsetof(struct break_reason, name), NAME_MAX_CHARS },
        { "planned_min", JSON_I64, false, offsetof(struct break_reason, planned_min), 0 },
        { 0 },
    };

    TRY(req_body(req, fields, reason));
    reason->name = str_trim(reason->name);
    return OK;
}

static struct err
post_reason(struct cx *cx, struct req *req, struct res *res)
{
    struct break_reason wanted = {
        .name = STR(""), .planned_min = 15, .color = STR("sand"), .is_active = true
    };
    struct break_reason reason;

    TRY(read_reason(req, &wanted));
    TRY(break_reasons_save(cx, NULL, &wanted, &reason));
    return res_json(res, 201, reason_write_json, &reason);
}

static struct err
patch_reason(struct cx *cx, struct req *req, struct res *res)
{
    struct break_reason before, after, reason;
    struct break_reason_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(break_reasons_lock(cx, id, &before));
    after = before;
    TRY(read_reason(req, &after));
    TRY(break_reasons_save(cx, &before, &after, &reason));
    return res_json(res, 200, reason_write_json, &reason);
}

static struct err
delete_reason(struct cx *cx, struct req *req, struct res *res)
{
    struct break_reason_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(break_reasons_remove(cx, id));
    return res_empty(res, 204);
}

struct order_body {
    struct json_ids ids;
};

static struct err
put_order(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "reason_ids", JSON_IDS, true, offsetof(struct order_body, ids), 200 },
        { 0 },
    };
    struct order_body body = { 0 };

    TRY(req_body(req, fields, &body));
    TRY(break_reasons_order(cx, body.ids));
    return get_reasons(cx, req, res);
}

/* --- limits --- */

static struct err
get_limits(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows rows;
    struct json_out o;

    (void)req;
    TRY(break_limits_list(cx, &rows));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        json_open(&o, '{');
        json_kv_id(&o, "department_id", db_i64(&row, 0));
        json_kv_i64(&o, "max_people", db_i64(&row, 1));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

struct limit_body {
    struct department_id department;
    int64_t max_people;
};

static struct err
put_limit(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "department_id", JSON_ID, false, offsetof(struct limit_body, department), 0 },
        { "max_people", JSON_I64, true, offsetof(struct limit_body, max_people), 0 },
        { 0 },
    };
    struct limit_body body = { 0 };

    TRY(req_body(req, fields, &body));
    TRY(break_limits_set(cx, body.department, body.max_people));
    return get_limits(cx, req, res);
}

const struct route break_reasons_routes[] = {
    { GET, "/api/v1/break-reasons", ROUTE_ANY_MEMBER, TX_READ, get_reasons, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { POST, "/api/v1/break-reasons", "breaks.manage", TX_WRITE, post_reason, ACCESS_MEMBER,
      BODY_JSON, "break_reason.created" },
    { PUT, "/api/v1/break-reasons", "breaks.manage", TX_WRITE, put_order, ACCESS_MEMBER, BODY_JSON,
      "break_reasons.ordered" },
    { PATCH, "/api/v1/break-reasons/:id", "breaks.manage", TX_WRITE, patch_reason, ACCESS_MEMBER,
      BODY_JSON, "break_reason.edited" },
    { DELETE, "/api/v1/break-reasons/:id", "breaks.manage", TX_WRITE, delete_reason, ACCESS_MEMBER,
      BODY_NONE, "break_reason.deleted" },
    { GET, "/api/v1/break-limits", "breaks.manage", TX_READ, get_limits, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { PUT, "/api/v1/break-limits", "breaks.manage", TX_WRITE, put_limit, ACCESS_MEMBER, BODY_JSON,
      "break_limit.set" },
    { 0 },
};
