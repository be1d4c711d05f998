#include "variables.h"

void
variables_write_blanks(struct json_out *o, const struct variables_filled *filled)
{
    json_key(o, "blanks");
    json_open(o, '[');
    for (size_t i = 0; i < filled->blank_count; i++) {
        json_open(o, '{');
        json_kv_str(o, "name", filled->blanks[i].name);
        json_kv_i64(o, "position", filled->blanks[i].position);
        json_close(o, '}');
    }
    json_close(o, ']');
}

static struct err
get_variables(struct cx *cx, struct req *req, struct res *res)
{
    struct json_out o = res_json_begin(res, 200);

    (void)cx;
    (void)req;
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (const struct variable *v = variables; v->name != NULL; v++) {
        json_open(&o, '{');
        json_kv_str(&o, "name", str_of(v->name));
        json_kv_str(&o, "type", str_of(variable_type_names[v->type]));
        json_kv_str(&o, "fallback", str_of(v->fallback));
        json_kv_str(&o, "example", str_of(v->example));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

struct preview_body {
    struct str text;
};

/* What a text would say, with examples, and what is wrong with it: for whoever writes one. */
static struct err
post_preview(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "text", JSON_STR, true, offsetof(struct preview_body, text), 10000 },
        { 0 },
    };
    struct preview_body body = { 0 };
    struct variables_problems problems;
    struct variables_filled filled;
    struct json_out o;

    TRY(req_body(req, fields, &body));
    filled = variables_fill_sample(cx, body.text);
    problems = variables_check(cx->arena, body.text, variables_is_known);
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_str(&o, "text", filled.text);
    json_key(&o, "problems");
    json_open(&o, '[');
    for (size_t i = 0; i < problems.n; i++) {
        json_open(&o, '{');
        json_kv_str(&o, "slug", str_of(problems.v[i].slug));
        json_kv_i64(&o, "position", problems.v[i].position);
        json_kv_i64(&o, "length", problems.v[i].length);
        json_kv_str(&o, "words", problems.v[i].words);
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

const struct route variables_routes[] = {
    { GET, "/api/v1/variables", "departments.view", TX_READ, get_variables, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { POST, "/api/v1/variables/preview", "departments.view", TX_READ, post_preview, ACCESS_MEMBER,
      BODY_JSON, NULL },
    { 0 },
};
