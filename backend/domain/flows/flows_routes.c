#include "flows_private.h"

enum { WORDS_MAX = 100 };

static void
flow_write_json(struct json_out *o, const void *value)
{
    const struct flow *f = value;

    json_open(o, '{');
    json_kv_i64(o, "id", f->id.v);
    json_kv_str(o, "key", f->key);
    json_kv_str(o, "name", f->name);
    json_key(o, "channels");
    json_put_raw(o, f->channels);
    json_kv_bool(o, "is_enabled", f->is_enabled);
    json_key(o, "live");
    if (f->live_number == 0) {
        json_put_null(o);
    } else {
        json_open(o, '{');
        json_kv_i64(o, "number", f->live_number);
        json_kv_time(o, "published_at", f->published_at_us);
        json_kv_id(o, "published_by", f->published_by.v);
        json_close(o, '}');
    }
    json_key(o, "draft");
    json_open(o, '{');
    json_kv_i64(o, "revision", f->draft.revision);
    json_kv_bool(o, "is_changed", f->draft.is_changed);
    json_kv_i64(o, "error_count", f->draft.error_count);
    json_kv_i64(o, "warning_count", f->draft.warning_count);
    json_kv_time(o, "saved_at", f->draft.saved_at_us);
    json_kv_id(o, "saved_by", f->draft.saved_by.v);
    json_close(o, '}');
    json_kv_i64(o, "start_count", f->start_count);
    json_kv_i64(o, "run_count", f->run_count);
    json_close(o, '}');
}

static struct err
answer(struct cx *cx, struct res *res, int status, struct flow_id id)
{
    struct flow flow;

    TRY(flows_get(cx, id, &flow));
    return res_json(res, status, flow_write_json, &flow);
}

static struct err
get_flows(struct cx *cx, struct req *req, struct res *res)
{
    struct str words = str_trim(req_query(req, "q"));
    struct flow_list list;
    struct json_out o;
    int64_t after = 0, limit = 50;

    TRY(req_query_i64(req, "after", 1, INT64_MAX, &after));
    TRY(req_query_i64(req, "limit", 1, 200, &limit));
    if (str_code_points(words) > WORDS_MAX)
        return FAIL_FIELD(ERR_INVALID, "too_long", "q");
    TRY(flows_list(cx, words.len == 0 ? (struct str){ 0 } : words, after, limit, &list));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (size_t i = 0; i < list.n; i++)
        flow_write_json(&o, &list.v[i]);
    json_close(&o, ']');
    json_key(&o, "next");
    json_put_id(&o, list.has_more ? list.v[list.n - 1].id.v : 0);
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
get_flow(struct cx *cx, struct req *req, struct res *res)
{
    struct flow_id id;

    TRY(req_path_id(req, "id", &id.v));
    return answer(cx, res, 200, id);
}

struct flow_body {
    struct str name, key;
    const struct json *document;
};

static const struct json_field flow_fields[] = {
    { "name", JSON_STR, false, offsetof(struct flow_body, name), FLOW_NAME_MAX },
    { "key", JSON_STR, false, offsetof(struct flow_body, key), 40 },
    { "document", JSON_ANY, false, offsetof(struct flow_body, document), 0 },
    { 0 },
};

static struct err
read_document(struct cx *cx, const struct json *v, struct str *out)
{
    if (json_kind(v) != JSON_OBJECT)
        return FAIL_FIELD(ERR_INVALID, "wrong_type", "document");
    *out = json_print(cx->arena, v);
    return OK;
}

static struct err
post_flow(struct cx *cx, struct req *req, struct res *res)
{
    struct flow_body body = { 0 };
    struct str document = { 0 };
    struct flow_id id;

    TRY(req_body(req, flow_fields, &body));
    if (body.document != NULL && json_kind(body.document) != JSON_NULL)
        TRY(read_document(cx, body.document, &document));
    TRY(flows_create(cx, str_trim(body.name), body.key, document, &id));
    return answer(cx, res, 201, id);
}

struct switch_body {
    bool is_enabled;
};

static const struct json_field switch_fields[] = {
    { "is_enabled", JSON_FLAG, true, offsetof(struct switch_body, is_enabled), 0 },
    { 0 },
};

static struct err
patch_flow(struct cx *cx, struct req *req, struct res *res)
{
    struct switch_body body = { 0 };
    struct flow_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, switch_fields, &body));
    TRY(flows_enable(cx, id, body.is_enabled));
    return answer(cx, res, 200, id);
}

/* Which flows name it, so that the screen can lead there. */
static void
say_users(struct res *res, const struct db_rows *users)
{
    struct json_out o = res_more(res);

    json_key(&o, "flows");
    json_open(&o, '[');
    for (int i = 0; i < users->count; i++) {
        struct db_row row = db_row_at(users, i);

        json_open(&o, '{');
        json_kv_i64(&o, "id", db_i64(&row, 0));
        json_kv_str(&o, "key", db_str(&row, 1));
        json_kv_str(&o, "name", db_str(&row, 2));
        json_close(&o, '}');
    }
    json_close(&o, ']');
}

static struct err
delete_flow(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows users = { 0 };
    struct flow_id id;
    struct err e;

    TRY(req_path_id(req, "id", &id.v));
    e = flows_remove(cx, id, &users);
    if (err_is(e, "flow_is_used"))
        say_users(res, &users);
    TRY(e);
    return res_empty(res, 204);
}

/* --- the draft ------------------------------------------------------------------------- */

static void
write_draft(struct json_out *o, const struct flow_draft *draft)
{
    json_kv_i64(o, "revision", draft->revision);
    json_kv_time(o, "saved_at", draft->saved_at_us);
    json_kv_id(o, "saved_by", draft->saved_by.v);
    json_kv_str(o, "content_hash", draft->content_hash);
}

static void
draft_write_json(struct json_out *o, const void *value)
{
    const struct flow_draft *draft = value;

    json_open(o, '{');
    write_draft(o, draft);
    json_key(o, "document");
    json_put_raw(o, draft->document);
    json_close(o, '}');
}

static struct err
get_draft(struct cx *cx, struct req *req, struct res *res)
{
    struct flow_draft draft;
    struct flow_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(flow_draft_get(cx, id, &draft));
    return res_json(res, 200, draft_write_json, &draft);
}

struct draft_body {
    int64_t revision;
    const struct json *document;
};

static const struct json_field draft_fields[] = {
    { "revision", JSON_ID, true, offsetof(struct draft_body, revision), 0 },
    { "document", JSON_ANY, true, offsetof(struct draft_body, document), 0 },
    { 0 },
};

static struct err
put_draft(struct cx *cx, struct req *req, struct res *res)
{
    struct draft_body body = { 0 };
    struct findings findings;
    struct flow_draft draft;
    struct str document;
    struct flow_id id;
    struct json_out o;
    struct err e;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, draft_fields, &body));
    TRY(read_document(cx, body.document, &document));
    e = flow_draft_save(cx, id, body.revision, document, &draft, &findings);
    if (err_is(e, "flow_moved_on")) {
        o = res_more(res);
        json_key(&o, "draft");
        draft_write_json(&o, &draft);
    }
    TRY(e);
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    write_draft(&o, &draft);
    flow_findings_write(&o, cx->arena, &findings);
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
get_findings(struct cx *cx, struct req *req, struct res *res)
{
    struct findings findings;
    struct flow_id id;
    struct json_out o;
    int64_t revision;

    TRY(req_path_id(req, "id", &id.v));
    TRY(flow_draft_findings(cx, id, &revision, &findings));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_i64(&o, "revision", revision);
    flow_findings_write(&o, cx->arena, &findings);
    json_close(&o, '}');
    return res_json_end(res);
}

/* Every type of card that there is, as the builder draws it. */
static struct err
get_cards(struct cx *cx, struct req *req, struct res *res)
{
    struct json_out o;

    (void)req;
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    cards_write(&o, cx->language);
    json_close(&o, '}');
    return res_json_end(res);
}

const struct route flows_routes[] = {
    { GET, "/api/v1/flows", "flows.view", TX_READ, get_flows, ACCESS_MEMBER, BODY_NONE, NULL },
    { POST, "/api/v1/flows", "flows.edit", TX_WRITE, post_flow, ACCESS_MEMBER, BODY_JSON,
      "flow.created" },
    { GET, "/api/v1/flows/:id", "flows.view", TX_READ, get_flow, ACCESS_MEMBER, BODY_NONE, NULL },
    { PATCH, "/api/v1/flows/:id", "flows.publish", TX_WRITE, patch_flow, ACCESS_MEMBER, BODY_JSON,
      "flow.edited" },
    { DELETE, "/api/v1/flows/:id", "flows.publish", TX_WRITE, delete_flow, ACCESS_MEMBER, BODY_NONE,
      "flow.removed" },
    { GET, "/api/v1/flows/:id/draft", "flows.view", TX_READ, get_draft, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { PUT, "/api/v1/flows/:id/draft", "flows.edit", TX_WRITE, put_draft, ACCESS_MEMBER, BODY_JSON,
      "flow.drafted" },
    { GET, "/api/v1/flows/:id/findings", "flows.view", TX_READ, get_findings, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { GET, "/api/v1/flow-cards", "flows.view", TX_READ, get_cards, ACCESS_MEMBER, BODY_NONE, NULL },
    { 0 },
};
