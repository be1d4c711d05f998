#include "flows_private.h"

static struct err
read_flag(struct req *req, const char *name, bool *out)
{
    struct str word = req_query(req, name);

    if (word.p == NULL)
        return OK;
    *out = str_eq(word, STR("true"));
    return *out || str_eq(word, STR("false")) ? OK : FAIL_FIELD(ERR_INVALID, "unknown_value", name);
}

static struct err
get_export(struct cx *cx, struct req *req, struct res *res)
{
    struct flow_exporting how = { .with_subflows = true };
    struct str bundle;
    struct flow_id id;
    struct flow flow;
    struct json_out o;

    TRY(req_path_id(req, "id", &id.v));
    TRY(read_flag(req, "live", &how.is_live));
    TRY(read_flag(req, "subflows", &how.with_subflows));
    TRY(read_flag(req, "tests", &how.with_tests));
    TRY(flows_get(cx, id, &flow));
    TRY(flow_export(cx, id, &how, &bundle));
    res_header(res, "Content-Disposition",
               str_fmt(cx->arena, "attachment; filename=\"%.*s.json\"", STR_ARG(flow.key)));
    o = res_json_begin(res, 200);
    json_put_raw(&o, bundle);
    return res_json_end(res);
}

struct import_body {
    const struct json *bundle, *mapping;
    struct str name;
    bool creates_missing;
};

static const struct json_field import_fields[] = {
    { "bundle", JSON_ANY, true, offsetof(struct import_body, bundle), 0 },
    { "name", JSON_STR, false, offsetof(struct import_body, name), FLOW_NAME_MAX },
    { "creates_missing", JSON_FLAG, false, offsetof(struct import_body, creates_missing), 0 },
    { "mapping", JSON_ANY, false, offsetof(struct import_body, mapping), 0 },
    { 0 },
};

static struct err
import(struct cx *cx, struct req *req, struct res *res, bool is_dry)
{
    struct import_body body = { 0 };
    struct str report;
    struct json_out o;

    TRY(req_body(req, import_fields, &body));
    if (json_kind(body.bundle) != JSON_OBJECT)
        return FAIL_FIELD(ERR_INVALID, "flow_foreign", "bundle");
    TRY(flow_import(cx,
                    &(struct flow_import){ .bundle = body.bundle,
                                           .name = str_trim(body.name),
                                           .creates_missing = body.creates_missing,
                                           .mapping = body.mapping },
                    is_dry, &report));
    o = res_json_begin(res, is_dry ? 200 : 201);
    json_put_raw(&o, report);
    return res_json_end(res);
}

static struct err
post_check(struct cx *cx, struct req *req, struct res *res)
{
    return import(cx, req, res, /* is_dry= */ true);
}

static struct err
post_import(struct cx *cx, struct req *req, struct res *res)
{
    return import(cx, req, res, /* is_dry= */ false);
}

const struct route flow_files_routes[] = {
    { GET, "/api/v1/flows/:id/export", "flows.import", TX_READ, get_export, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { POST, "/api/v1/flow-imports/check", "flows.import", TX_READ, post_check, ACCESS_MEMBER,
      BODY_JSON, NULL },
    { POST, "/api/v1/flow-imports", "flows.import", TX_WRITE, post_import, ACCESS_MEMBER, BODY_JSON,
      "flow.imported" },
    { 0 },
};
