#include "settings.h"

#include "domain/uses/uses.h"
#include "domain/variables/variables.h"

enum { NAME_MAX_CHARS = 60, MESSAGE_MAX_CHARS = 1000 };

static void
close_reason_write_json(struct json_out *o, const void *value)
{
    const struct close_reason *r = value;

    json_open(o, '{');
    json_kv_i64(o, "id", r->id.v);
    json_kv_str(o, "name", r->name);
    json_kv_str(o, "message", r->message);
    json_kv_bool(o, "forces_message", r->forces_message);
    json_kv_bool(o, "is_active", r->is_active);
    json_close(o, '}');
}

static struct err
get_reasons(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows rows;
    struct json_out o;

    (void)req;
    TRY(close_reasons_list(cx, &rows));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct close_reason reason = close_reasons_at(&rows, i);

        close_reason_write_json(&o, &reason);
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

static const struct json_field reason_fields[] = {
    { "forces_message", JSON_FLAG, false, offsetof(struct close_reason, forces_message), 0 },
    { "is_active", JSON_FLAG, false, offsetof(struct close_reason, is_active), 0 },
    { "message", JSON_STR, false, offsetof(struct close_reason, message), MESSAGE_MAX_CHARS },
    { "name", JSON_STR, false, offsetof(struct close_reason, name), NAME_MAX_CHARS },
    { 0 },
};

/* What the body says, on top of what is there. */
static struct err
read_reason(struct cx *cx, struct req *req, struct close_reason *reason)
{
    TRY(req_body(req, reason_fields, reason));
    reason->name = str_trim(reason->name);
    reason->message = str_trim(reason->message);
    TRY(variables_require(cx, reason->message, "message"));
    return reason->name.len == 0 ? FAIL_FIELD(ERR_INVALID, "required", "name") : OK;
}

static struct err
post_reason(struct cx *cx, struct req *req, struct res *res)
{
    struct close_reason wanted = { .name = STR(""), .message = STR(""), .is_active = true }, reason;

    TRY(read_reason(cx, req, &wanted));
    TRY(close_reasons_save(cx, NULL, &wanted, &reason));
    return res_json(res, 201, close_reason_write_json, &reason);
}

static struct err
patch_reason(struct cx *cx, struct req *req, struct res *res)
{
    struct close_reason before, after, reason;
    struct close_reason_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(close_reasons_lock(cx, id, &before));
    after = before;
    TRY(read_reason(cx, req, &after));
    if (before.is_active && !after.is_active)
        TRY(uses_require_none(cx, res, "reason", id.v));
    TRY(close_reasons_save(cx, &before, &after, &reason));
    return res_json(res, 200, close_reason_write_json, &reason);
}

static struct err
delete_reason(struct cx *cx, struct req *req, struct res *res)
{
    struct close_reason_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(uses_require_none(cx, res, "reason", id.v));
    TRY(close_reasons_remove(cx, id));
    return res_empty(res, 204);
}

struct order_body {
    struct json_ids ids;
};

static struct err
put_order(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "reason_ids", JSON_IDS, true, offsetof(struct order_body, ids), 500 },
        { 0 },
    };
    struct order_body body = { 0 };

    TRY(req_body(req, fields, &body));
    TRY(close_reasons_order(cx, body.ids));
    return get_reasons(cx, req, res);
}

const struct route close_reasons_routes[] = {
    { GET, "/api/v1/close-reasons", "reasons.manage", TX_READ, get_reasons, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { POST, "/api/v1/close-reasons", "reasons.manage", TX_WRITE, post_reason, ACCESS_MEMBER,
      BODY_JSON, "close_reason.created" },
    { PUT, "/api/v1/close-reasons", "reasons.manage", TX_WRITE, put_order, ACCESS_MEMBER, BODY_JSON,
      "close_reasons.ordered" },
    { PATCH, "/api/v1/close-reasons/:id", "reasons.manage", TX_WRITE, patch_reason, ACCESS_MEMBER,
      BODY_JSON, "close_reason.edited" },
    { DELETE, "/api/v1/close-reasons/:id", "reasons.manage", TX_WRITE, delete_reason, ACCESS_MEMBER,
      BODY_NONE, "close_reason.deleted" },
    { 0 },
};
