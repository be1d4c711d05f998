#include "flows_private.h"

/* --- what there is ---------------------------------------------------------------- */

static void
write_flow_of(struct json_out *o, const struct json *document)
{
    json_open(o, '{');
    json_kv_str(o, "key", json_get_text(document, "key"));
    json_kv_str(o, "name", json_get_text(document, "name"));
    json_kv_str(o, "description", json_get_text(document, "description"));
    json_kv_i64(o, "cards", (int64_t)json_len(json_get(document, "cards")));
    json_close(o, '}');
}

/* In the language of who asks; what the flows themselves say stays as it is. */
static void
write_model(struct json_out *o, enum language language, const struct flow_model *model,
            const struct json *flows)
{
    const struct json *first = json_at(flows, 0), *channels = json_get(first, "channels");
    bool is_english = language == LANGUAGE_EN;

    json_kv_str(o, "key", str_of(model->key));
    json_kv_str(o, "name",
                is_english ? str_of(model->in_english.name) : json_get_text(first, "name"));
    json_kv_str(o, "description",
                is_english ? str_of(model->in_english.description)
                           : json_get_text(first, "description"));
    json_key(o, "channels");
    json_open(o, '[');
    for (size_t i = 0; i < json_len(channels); i++)
        json_put_str(o, json_text(json_at(channels, i)));
    json_close(o, ']');
    json_key(o, "flows");
    json_open(o, '[');
    for (size_t i = 0; i < json_len(flows); i++)
        write_flow_of(o, json_at(flows, i));
    json_close(o, ']');
}

static struct err
find(struct str key, const char *field, const struct flow_model **out)
{
    *out = flow_model_find(key);
    return *out == NULL ? FAIL_FIELD(ERR_INVALID, "unknown_value", field) : OK;
}

static void
write_documents(struct json_out *o, const struct flow_model *model)
{
    json_key(o, "documents");
    json_open(o, '[');
    for (size_t i = 0; flow_model_text(model, i).len > 0; i++)
        json_put_raw(o, flow_model_text(model, i));
    json_close(o, ']');
}

/* All of them, or one (key) with its documents. */
static struct err
get_models(struct cx *cx, struct req *req, struct res *res)
{
    struct str key = req_query(req, "key");
    const struct flow_model *only = NULL;
    struct json_out o;

    if (key.p != NULL)
        TRY(find(key, "key", &only));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (const struct flow_model *model = flow_models; model->key != NULL; model++) {
        const struct json *bundle;

        if (only != NULL && model != only)
            continue;
        TRY(flow_model_bundle(cx->arena, model, &bundle));
        json_open(&o, '{');
        write_model(&o, cx->language, model, json_get(bundle, "flows"));
        if (only != NULL)
            write_documents(&o, model);
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

/* --- making one --------------------------------------------------------------------- */

struct model_body {
    const struct json *mapping;
    struct str model, name;
    bool creates_missing;
};

static const struct json_field model_fields[] = {
    { "model", JSON_STR, true, offsetof(struct model_body, model), 40 },
    { "name", JSON_STR, false, offsetof(struct model_body, name), FLOW_NAME_MAX },
    { "creates_missing", JSON_FLAG, false, offsetof(struct model_body, creates_missing), 0 },
    { "mapping", JSON_ANY, false, offsetof(struct model_body, mapping), 0 },
    { 0 },
};

static struct err
make(struct cx *cx, struct req *req, struct res *res, bool is_dry)
{
    struct model_body body = { 0 };
    struct flow_import wish;
    const struct flow_model *model;
    struct str report;
    struct json_out o;

    TRY(req_body(req, model_fields, &body));
    TRY(find(body.model, "model", &model));
    wish = (struct flow_import){ .name = str_trim(body.name),
                                 .creates_missing = body.creates_missing,
                                 .mapping = body.mapping };
    TRY(flow_model_bundle(cx->arena, model, &wish.bundle));
    TRY(flow_import(cx, &wish, is_dry, &report));
    o = res_json_begin(res, is_dry ? 200 : 201);
    json_put_raw(&o, report);
    return res_json_end(res);
}

static struct err
post_check(struct cx *cx, struct req *req, struct res *res)
{
    return make(cx, req, res, /* is_dry= */ true);
}

static struct err
post_model(struct cx *cx, struct req *req, struct res *res)
{
    return make(cx, req, res, /* is_dry= */ false);
}

const struct route flow_models_routes[] = {
    { GET, "/api/v1/flow-models", "flows.view", TX_READ, get_models, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { POST, "/api/v1/flow-models/check", "flows.edit", TX_READ, post_check, ACCESS_MEMBER,
      BODY_JSON, NULL },
    { POST, "/api/v1/flow-models", "flows.edit", TX_WRITE, post_model, ACCESS_MEMBER, BODY_JSON,
      "flow.imported" },
    { 0 },
};
