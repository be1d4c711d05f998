#include "flow_return.h"

struct return_body {
    struct str mode;
    int64_t flow_id;
};

static const struct json_field fields[] = {
    { "mode", JSON_STR, true, offsetof(struct return_body, mode), 20 },
    { "flow_id", JSON_ID, false, offsetof(struct return_body, flow_id), 0 },
    { 0 },
};

static struct err
post_return(struct cx *cx, struct req *req, struct res *res)
{
    struct return_body body = { 0 };
    struct flow_return wish = { 0 };
    struct ticket_id id;
    struct ticket ticket;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, fields, &body));
    while (flow_return_mode_names[wish.mode] != NULL &&
           !str_eq(body.mode, str_of(flow_return_mode_names[wish.mode])))
        wish.mode++;
    if (flow_return_mode_names[wish.mode] == NULL)
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "mode");
    wish.flow.v = body.flow_id;
    TRY(flows_return(cx, id, &wish, &ticket));
    return res_json(res, 200, ticket_write_json, &ticket);
}

static struct err
get_return(struct cx *cx, struct req *req, struct res *res)
{
    struct flow_return_ways ways;
    struct ticket_id id;
    struct json_out o;

    TRY(req_path_id(req, "id", &id.v));
    TRY(flows_return_ways(cx, id, &ways));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_bool(&o, "is_opted_out", ways.is_opted_out);
    json_kv_bool(&o, "can_resume", ways.can_resume);
    json_kv_bool(&o, "can_restart", ways.can_restart);
    json_key(&o, "flows");
    json_open(&o, '[');
    for (int i = 0; i < ways.flows.count; i++) {
        struct db_row row = db_row_at(&ways.flows, i);

        json_open(&o, '{');
        json_kv_i64(&o, "id", db_i64(&row, 0));
        json_kv_str(&o, "name", db_str(&row, 1));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

const struct route flow_return_routes[] = {
    { GET, "/api/v1/tickets/:id/return", "tickets.transfer", TX_READ, get_return, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { POST, "/api/v1/tickets/:id/return", "tickets.transfer", TX_WRITE, post_return, ACCESS_MEMBER,
      BODY_JSON, "ticket.returned" },
    { 0 },
};
