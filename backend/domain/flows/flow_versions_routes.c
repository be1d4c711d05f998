#include "flow_diff.h"
#include "flows_private.h"

static void
write_version(struct json_out *o, const struct flow_version *v)
{
    json_kv_i64(o, "number", v->number);
    json_kv_str(o, "note", v->note);
    json_kv_id(o, "published_by", v->published_by.v);
    json_kv_time(o, "published_at", v->published_at_us);
    json_kv_str(o, "content_hash", v->content_hash);
    json_kv_str(o, "logic_hash", v->logic_hash);
    json_kv_id(o, "draft_revision", v->draft_revision);
    json_kv_id(o, "reverts_to", v->reverts_to);
    json_kv_bool(o, "is_live", v->is_live);
    json_kv_bool(o, "is_same_logic", v->is_same_logic);
}

static void
version_write_json(struct json_out *o, const void *value)
{
    json_open(o, '{');
    write_version(o, value);
    json_close(o, '}');
}

static void
version_write_whole(struct json_out *o, const void *value)
{
    const struct flow_version *v = value;

    json_open(o, '{');
    write_version(o, v);
    json_key(o, "document");
    json_put_raw(o, v->document);
    json_close(o, '}');
}

/* As ids: whatever is no number of a version is one that does not exist. */
static struct err
path_number(const struct req *req, int64_t *out)
{
    TRY(req_path_id(req, "number", out));
    return *out <= INT32_MAX ? OK : FAIL(ERR_NOT_FOUND, "not_found");
}

static struct err
get_versions(struct cx *cx, struct req *req, struct res *res)
{
    struct flow_version_list list;
    int64_t after = 0, limit = 50;
    struct flow_id id;
    struct json_out o;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_query_i64(req, "after", 1, INT32_MAX, &after));
    TRY(req_query_i64(req, "limit", 1, 200, &limit));
    TRY(flow_versions_list(cx, id, after, limit, &list));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (size_t i = 0; i < list.n; i++)
        version_write_json(&o, &list.v[i]);
    json_close(&o, ']');
    json_key(&o, "next");
    json_put_id(&o, list.has_more ? list.v[list.n - 1].number : 0);
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
get_version(struct cx *cx, struct req *req, struct res *res)
{
    struct flow_version version;
    struct flow_id id;
    int64_t number;

    TRY(req_path_id(req, "id", &id.v));
    TRY(path_number(req, &number));
    TRY(flow_versions_get(cx, id, number, &version));
    return res_json(res, 200, version_write_whole, &version);
}

/* --- publishing ------------------------------------------------------------------------ */

struct publish_body {
    int64_t revision, live_number;
    struct str note;
    bool overrides_tests;
};

static const struct json_field publish_fields[] = {
    { "revision", JSON_ID, true, offsetof(struct publish_body, revision), 0 },
    { "note", JSON_STR, false, offsetof(struct publish_body, note), FLOW_NOTE_MAX },
    { "overrides_tests", JSON_FLAG, false, offsetof(struct publish_body, overrides_tests), 0 },
    { 0 },
};

static const struct json_field revert_fields[] = {
    { "live_number", JSON_ID, true, offsetof(struct publish_body, live_number), 0 },
    { "note", JSON_STR, false, offsetof(struct publish_body, note), FLOW_NOTE_MAX },
    { 0 },
};

static struct str
note_of(const struct publish_body *body)
{
    return body->note.p == NULL ? STR("") : str_trim(body->note);
}

static struct err
answer(struct cx *cx, struct res *res, struct err e, const struct flow_version *version,
       const struct findings *findings)
{
    if (e.code != ERR_NONE && findings->n > 0)
        flow_findings_refused(res, cx->arena, findings);
    TRY(e);
    return res_json(res, 200, version_write_json, version);
}

static struct err
post_publish(struct cx *cx, struct req *req, struct res *res)
{
    struct findings findings = { 0 };
    struct publish_body body = { 0 };
    struct flow_publication how;
    struct flow_version version;
    struct flow_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, publish_fields, &body));
    how = (struct flow_publication){ body.revision, note_of(&body), body.overrides_tests };
    return answer(cx, res, flow_versions_publish(cx, id, &how, &version, &findings), &version,
                  &findings);
}

static struct err
post_revert(struct cx *cx, struct req *req, struct res *res)
{
    struct findings findings = { 0 };
    struct publish_body body = { 0 };
    struct flow_version version;
    struct flow_id id;
    int64_t number;

    TRY(req_path_id(req, "id", &id.v));
    TRY(path_number(req, &number));
    TRY(req_body(req, revert_fields, &body));
    return answer(
        cx, res,
        flow_versions_revert(cx, id, number, body.live_number, note_of(&body), &version, &findings),
        &version, &findings);
}

/* --- what is different -------------------------------------------------------------------- */

/* One side: "draft", "live" or a number. */
struct side {
    const char *name; /* of the query */
    struct str word;
    struct str document;
    const struct json *json;
};

static struct err
read_side(struct cx *cx, struct req *req, struct flow_id id, struct side *side)
{
    struct str asked = req_query(req, side->name);
    struct flow_version version;
    struct flow_draft draft;
    struct flow flow;
    int64_t number;

    if (asked.p != NULL)
        side->word = asked;
    if (str_eq(side->word, STR("draft"))) {
        TRY(flow_draft_get(cx, id, &draft));
        side->document = draft.document;
        return json_parse(cx->arena, side->document, &side->json);
    }
    TRY(flows_get(cx, id, &flow));
    number = flow.live_number;
    if (!str_eq(side->word, STR("live")) && !str_i64(side->word, &number))
        return FAIL_FIELD(ERR_INVALID, "unknown_value", side->name);
    if (number < 1 || number > INT32_MAX)
        return FAIL(ERR_NOT_FOUND, "not_found");
    TRY(flow_versions_get(cx, id, number, &version));
    side->document = version.document;
    return json_parse(cx->arena, side->document, &side->json);
}

static struct err
get_diff(struct cx *cx, struct req *req, struct res *res)
{
    struct side before = { .name = "from", .word = STR("live") };
    struct side after = { .name = "to", .word = STR("draft") };
    struct flow_id id;
    struct json_out o;

    TRY(req_path_id(req, "id", &id.v));
    TRY(read_side(cx, req, id, &before));
    TRY(read_side(cx, req, id, &after));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_bool(&o, "is_same_logic",
                 str_eq(canonical_hash(cx->arena, before.json, CANONICAL_LOGIC),
                        canonical_hash(cx->arena, after.json, CANONICAL_LOGIC)));
    flow_diff_write(&o, cx->arena, before.json, after.json);
    json_close(&o, '}');
    return res_json_end(res);
}

const struct route flow_versions_routes[] = {
    { POST, "/api/v1/flows/:id/publish", "flows.publish", TX_WRITE, post_publish, ACCESS_MEMBER,
      BODY_JSON, "flow.published" },
    { GET, "/api/v1/flows/:id/versions", "flows.view", TX_READ, get_versions, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { GET, "/api/v1/flows/:id/versions/:number", "flows.view", TX_READ, get_version, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { POST, "/api/v1/flows/:id/versions/:number/revert", "flows.publish", TX_WRITE, post_revert,
      ACCESS_MEMBER, BODY_JSON, "flow.reverted" },
    { GET, "/api/v1/flows/:id/diff", "flows.view", TX_READ, get_diff, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { 0 },
};
