#include "flow_media.h"

static void
media_write_json(struct json_out *o, const void *value)
{
    const struct flow_media *m = value;

    json_open(o, '{');
    json_kv_str(o, "sha256", m->sha256);
    json_kv_str(o, "name", m->name);
    json_kv_str(o, "mime", m->mime);
    json_kv_str(o, "kind", m->kind);
    json_kv_i64(o, "size_bytes", m->size_bytes);
    json_kv_str(o, "sound", m->sound);
    json_key(o, "duration_s");
    if (str_eq(m->sound, STR("ready")))
        json_put_i64(o, m->duration_s);
    else
        json_put_null(o);
    json_kv_time(o, "added_at", m->added_at_us);
    json_close(o, '}');
}

static struct err
put_media(struct cx *cx, struct req *req, struct res *res)
{
    struct flow_media media;

    TRY(flow_media_add(cx,
                       &(struct upload){ .file = req->body_file,
                                         .content_length = req->content_length,
                                         .content_type = req->content_type,
                                         .filename = req_query(req, "filename"),
                                         .max_bytes = FLOW_MEDIA_MAX },
                       &media));
    return res_json(res, 201, media_write_json, &media);
}

static struct err
get_media(struct cx *cx, struct req *req, struct res *res)
{
    struct flow_media *list;
    struct json_out o;
    size_t n;

    (void)req;
    TRY(flow_media_list(cx, &list, &n));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (size_t i = 0; i < n; i++)
        media_write_json(&o, &list[i]);
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

const struct route flow_media_routes[] = {
    { GET, "/api/v1/flow-media", "flows.view", TX_READ, get_media, ACCESS_MEMBER, BODY_NONE, NULL },
    { PUT, "/api/v1/flow-media/uploads", "flows.edit", TX_WRITE, put_media, ACCESS_MEMBER,
      BODY_FILE, "flow_file.added" },
    { 0 },
};
