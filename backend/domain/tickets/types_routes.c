/* Kinds of service, by which tickets are classified: a list that people keep, next to the closing reasons. */
#include "tickets_private.h"

#include "domain/audit/audit.h"

#include "tickets_acts.sql.h"

struct type_body {
    struct str name;
    bool is_active;
};

static void
tell_changed(struct cx *cx)
{
    events_tell_members(cx, "catalogue.changed", STR("{}"));
}

static struct err
write_type(struct res *res, int status, const struct db_row *row)
{
    struct json_out o = res_json_begin(res, status);

    json_open(&o, '{');
    json_kv_i64(&o, "id", db_i64(row, 0));
    json_kv_str(&o, "name", db_str(row, 1));
    json_kv_bool(&o, "is_active", db_bool(row, 2));
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
post_type(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "name", JSON_STR, true, offsetof(struct type_body, name), 60 },
        { 0 },
    };
    struct type_body body = { 0 };
    struct audit_change change = { 0 };
    struct db_row row;

    TRY(req_body(req, fields, &body));
    body.name = str_trim(body.name);
    if (body.name.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "name");
    TRY(db_one(cx, &SQL_type_add, &row, P_ID(cx->account), P_STR(body.name)));
    audit_text(&change, "name", (struct str){ 0 }, body.name);
    audit_changed(cx, "ticket_type.created", "ticket_type", db_i64(&row, 0), &change);
    tell_changed(cx);
    return write_type(res, 201, &row);
}

static struct err
patch_type(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "name", JSON_STR, false, offsetof(struct type_body, name), 60 },
        { "is_active", JSON_FLAG, false, offsetof(struct type_body, is_active), 0 },
        { 0 },
    };
    struct audit_change change = { 0 };
    struct type_body before, body;
    struct db_row row;
    int64_t id;

    TRY(req_path_id(req, "id", &id));
    TRY(db_one(cx, &SQL_type_lock, &row, P_ID(cx->account), P_I64(id)));
    before = body = (struct type_body){ db_str(&row, 0), db_bool(&row, 1) };
    TRY(req_body(req, fields, &body));
    body.name = str_trim(body.name);
    if (body.name.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "name");
    TRY(db_one(cx, &SQL_type_save, &row, P_ID(cx->account), P_I64(id), P_STR(body.name),
               P_BOOL(body.is_active)));
    audit_text(&change, "name", before.name, body.name);
    audit_flag(&change, "is_active", before.is_active, body.is_active);
    audit_changed(cx, "ticket_type.edited", "ticket_type", id, &change);
    tell_changed(cx);
    return write_type(res, 200, &row);
}

const struct route ticket_types_routes[] = {
    { POST, "/api/v1/ticket-types", "reasons.manage", TX_WRITE, post_type, ACCESS_MEMBER, BODY_JSON,
      "ticket_type.created" },
    { PATCH, "/api/v1/ticket-types/:id", "reasons.manage", TX_WRITE, patch_type, ACCESS_MEMBER,
      BODY_JSON, "ticket_type.edited" },
    { 0 },
};
