#include "flow_secrets.h"

#include <stddef.h>

static struct err
get_secrets(struct cx *cx, struct req *req, struct res *res)
{
    struct flow_secret *secrets;
    struct json_out o;
    size_t n;

    (void)req;
    TRY(flow_secrets_list(cx, &secrets, &n));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (size_t i = 0; i < n; i++) {
        json_open(&o, '{');
        json_kv_str(&o, "name", secrets[i].name);
        json_kv_id(&o, "set_by", secrets[i].set_by);
        json_kv_time(&o, "set_at", secrets[i].set_at_us);
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

struct secret_body {
    struct str name, value;
};

static struct err
post_secret(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "name", JSON_STR, true, offsetof(struct secret_body, name), 40 },
        { "value", JSON_STR, true, offsetof(struct secret_body, value), FLOW_SECRET_VALUE_MAX },
        { 0 },
    };
    struct secret_body body = { 0 };

    TRY(req_body(req, fields, &body));
    TRY(flow_secrets_add(cx, body.name, body.value));
    return get_secrets(cx, req, res);
}

static struct err
put_secret(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "value", JSON_STR, true, offsetof(struct secret_body, value), FLOW_SECRET_VALUE_MAX },
        { 0 },
    };
    struct secret_body body = { 0 };

    TRY(req_body(req, fields, &body));
    TRY(flow_secrets_replace(cx, req_path(req, "name"), body.value));
    return get_secrets(cx, req, res);
}

static struct err
delete_secret(struct cx *cx, struct req *req, struct res *res)
{
    TRY(flow_secrets_remove(cx, req_path(req, "name")));
    return get_secrets(cx, req, res);
}

const struct route flow_secrets_routes[] = {
    { GET, "/api/v1/flow-secrets", "flows.view", TX_READ, get_secrets, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { POST, "/api/v1/flow-secrets", "flows.secrets", TX_WRITE, post_secret, ACCESS_MEMBER,
      BODY_JSON, "flow_secret.set" },
    { PUT, "/api/v1/flow-secrets/:name", "flows.secrets", TX_WRITE, put_secret, ACCESS_MEMBER,
      BODY_JSON, "flow_secret.set" },
    { DELETE, "/api/v1/flow-secrets/:name", "flows.secrets", TX_WRITE, delete_secret, ACCESS_MEMBER,
      BODY_NONE, "flow_secret.removed" },
    { 0 },
};
