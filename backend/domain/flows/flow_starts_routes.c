#include "flows_private.h"

struct start_body {
    struct str kind, first_text, ad_id, ref;
    int64_t flow_id, channel_id, department_id;
};

static const struct json_field start_fields[] = {
    { "kind", JSON_STR, true, offsetof(struct start_body, kind), 20 },
    { "flow_id", JSON_ID, true, offsetof(struct start_body, flow_id), 0 },
    { "channel_id", JSON_ID, false, offsetof(struct start_body, channel_id), 0 },
    { "department_id", JSON_ID, false, offsetof(struct start_body, department_id), 0 },
    { "first_text", JSON_STR, false, offsetof(struct start_body, first_text), FLOW_FIRST_TEXT_MAX },
    { "ad_id", JSON_STR, false, offsetof(struct start_body, ad_id), FLOW_AD_MAX },
    { "ref", JSON_STR, false, offsetof(struct start_body, ref), FLOW_REF_MAX },
    { 0 },
};

struct starts_body {
    const struct json *starts;
};

static const struct json_field body_fields[] = {
    { "starts", JSON_ANY, true, offsetof(struct starts_body, starts), 0 },
    { 0 },
};

static struct str
or_null(struct str s)
{
    return s.len == 0 ? (struct str){ 0 } : s;
}

static void
write_start(struct json_out *o, const struct flow_start *s)
{
    json_open(o, '{');
    json_kv_str(o, "kind", str_of(flow_start_kind_names[s->kind]));
    json_kv_i64(o, "flow_id", s->flow_id);
    json_kv_id(o, "channel_id", s->channel_id);
    json_kv_id(o, "department_id", s->department_id);
    json_kv_str(o, "first_text", or_null(s->first_text));
    json_kv_str(o, "ad_id", or_null(s->ad_id));
    json_kv_str(o, "ref", or_null(s->ref));
    json_close(o, '}');
}

static struct err
get_starts(struct cx *cx, struct req *req, struct res *res)
{
    struct flow_start *starts;
    struct json_out o;
    size_t n;

    (void)req;
    TRY(flow_starts_list(cx, &starts, &n));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "starts");
    json_open(&o, '[');
    for (size_t i = 0; i < n; i++)
        write_start(&o, &starts[i]);
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
read_start(struct cx *cx, const struct json *item, struct flow_start *out)
{
    struct start_body body = { 0 };

    TRY(json_read(cx->arena, item, start_fields, &body));
    while (flow_start_kind_names[out->kind] != NULL &&
           !str_eq(body.kind, str_of(flow_start_kind_names[out->kind])))
        out->kind++;
    if (flow_start_kind_names[out->kind] == NULL)
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "kind");
    out->flow_id = body.flow_id;
    out->channel_id = body.channel_id;
    out->department_id = body.department_id;
    out->first_text = body.first_text;
    out->ad_id = body.ad_id;
    out->ref = body.ref;
    return OK;
}

static struct err
put_starts(struct cx *cx, struct req *req, struct res *res)
{
    struct findings findings = { 0 };
    struct starts_body body = { 0 };
    struct flow_start *starts;
    struct flow_id unfit;
    struct err e;
    size_t n;

    TRY(req_body(req, body_fields, &body));
    if (json_kind(body.starts) != JSON_ARRAY)
        return FAIL_FIELD(ERR_INVALID, "wrong_type", "starts");
    n = json_len(body.starts);
    if (n > FLOW_STARTS_MAX)
        return FAIL_FIELD(ERR_INVALID, "too_many", "starts");
    starts = arena_array(cx->arena, struct flow_start, n + 1);
    for (size_t i = 0; i < n; i++) {
        e = read_start(cx, json_at(body.starts, i), &starts[i]);
        if (e.code != ERR_NONE)
            return FAIL_FIELD(e.code, e.slug,
                              str_cstr(cx->arena, str_fmt(cx->arena, "starts[%zu].%s", i,
                                                          e.field == NULL ? "" : e.field)));
    }
    e = flow_starts_save(cx, starts, n, &unfit, &findings);
    if (err_is(e, "flow_does_not_fit"))
        flow_findings_refused(res, cx->arena, &findings);
    TRY(e);
    return get_starts(cx, req, res);
}

const struct route flow_starts_routes[] = {
    { GET, "/api/v1/flow-starts", "flows.view", TX_READ, get_starts, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { PUT, "/api/v1/flow-starts", "flows.publish", TX_WRITE, put_starts, ACCESS_MEMBER, BODY_JSON,
      "flow_starts.edited" },
    { 0 },
};
