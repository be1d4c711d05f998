#include "exports_private.h"

#include "exports.sql.h"

void
export_write_json(struct json_out *o, const void *value)
{
    const struct export *x = value;

    json_open(o, '{');
    json_kv_i64(o, "id", x->id.v);
    json_kv_str(o, "state", x->state);
    json_kv_str(o, "why", x->why);
    json_kv_str(o, "format", x->format);
    json_kv_str(o, "filter", x->filter);
    json_kv_i64(o, "done_count", x->done_count);
    json_key(o, "total_count");
    if (x->total_count < 0)
        json_put_null(o);
    else
        json_put_i64(o, x->total_count);
    json_kv_i64(o, "size_bytes", x->size_bytes);
    json_kv_time(o, "created_at", x->created_at_us);
    json_kv_time(o, "expires_at", x->expires_at_us);
    json_close(o, '}');
}

static struct err
get_exports(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows rows;
    struct json_out o;

    (void)req;
    TRY(db_many(cx, &SQL_export_list, &rows, P_ID(cx->account), P_ID(cx->member),
                P_I64(EXPORT_LISTED)));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);
        struct export x = export_from_row(&row);

        export_write_json(&o, &x);
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
post_export(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "format", JSON_STR, true, offsetof(struct export_wish, format), 10 },
        { "locale", JSON_STR, true, offsetof(struct export_wish, locale), 10 },
        { "filter", JSON_STR, false, offsetof(struct export_wish, filter), 1000 },
        { 0 },
    };
    struct export_wish wish = { .filter = STR("") };
    struct export x;

    TRY(req_body(req, fields, &wish));
    TRY(exports_start(cx, res, &wish, &x));
    return res_json(res, 201, export_write_json, &x);
}

static struct err
get_export(struct cx *cx, struct req *req, struct res *res)
{
    struct export_id id;
    struct export x;

    TRY(req_path_id(req, "id", &id.v));
    TRY(exports_get(cx, id, &x));
    return res_json(res, 200, export_write_json, &x);
}

static struct err
post_cancel(struct cx *cx, struct req *req, struct res *res)
{
    struct export_id id;
    struct export x;

    TRY(req_path_id(req, "id", &id.v));
    TRY(exports_cancel(cx, id, &x));
    return res_json(res, 200, export_write_json, &x);
}

/* Having it is on the trail, so it is no GET. */
static struct err
post_download(struct cx *cx, struct req *req, struct res *res)
{
    struct export_id id;

    TRY(req_path_id(req, "id", &id.v));
    return exports_download(cx, res, id);
}

const struct route exports_routes[] = {
    { GET, "/api/v1/contact-exports", "contacts.export", TX_READ, get_exports, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { POST, "/api/v1/contact-exports", "contacts.export", TX_WRITE, post_export, ACCESS_MEMBER,
      BODY_JSON, "contact_export.started" },
    { GET, "/api/v1/contact-exports/:id", "contacts.export", TX_READ, get_export, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { POST, "/api/v1/contact-exports/:id/cancel", "contacts.export", TX_WRITE, post_cancel,
      ACCESS_MEMBER, BODY_NONE, "contact_export.canceled" },
    { POST, "/api/v1/contact-exports/:id/download", "contacts.export", TX_WRITE, post_download,
      ACCESS_MEMBER, BODY_NONE, "contact_export.downloaded" },
    { 0 },
};
