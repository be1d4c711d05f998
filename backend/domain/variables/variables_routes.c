#include "variables.h"

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

const struct route variables_routes[] = {
    { GET, "/api/v1/variables", "departments.view", TX_READ, get_variables, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { 0 },
};
