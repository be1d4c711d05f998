#include "flow_moves.h"

/* Those that stay, by reason; of those that go there is a figure of its own. */
static void
write_stays(struct json_out *o, const int64_t *stays)
{
    json_key(o, "staying");
    json_open(o, '[');
    for (int i = STAY_NOT + 1; i < STAY__COUNT; i++) {
        if (stays[i] == 0)
            continue;
        json_open(o, '{');
        json_kv_str(o, "reason", str_of(flow_stay_names[i]));
        json_kv_i64(o, "count", stays[i]);
        json_close(o, '}');
    }
    json_close(o, ']');
}

static void
preview_write_json(struct json_out *o, const void *value)
{
    const struct flow_move_preview *p = value;

    json_open(o, '{');
    json_kv_i64(o, "number", p->number);
    json_kv_i64(o, "moving", p->stays[STAY_NOT]);
    write_stays(o, p->stays);
    json_kv_bool(o, "has_more", p->has_more);
    json_kv_id(o, "running_id", p->running.v);
    json_close(o, '}');
}

static void
move_write_json(struct json_out *o, const void *value)
{
    const struct flow_move *m = value;

    json_open(o, '{');
    json_kv_i64(o, "id", m->id.v);
    json_kv_i64(o, "flow_id", m->flow.v);
    json_kv_i64(o, "number", m->number);
    json_kv_str(o, "state", m->state);
    json_kv_i64(o, "pending", m->pending);
    json_kv_i64(o, "moved", m->moved);
    write_stays(o, m->stays);
    json_kv_id(o, "member_id", m->member.v);
    json_kv_time(o, "started_at", m->started_at_us);
    json_kv_time(o, "finished_at", m->finished_at_us);
    json_close(o, '}');
}

static struct err
get_preview(struct cx *cx, struct req *req, struct res *res)
{
    struct flow_move_preview preview;
    struct flow_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(flow_moves_preview(cx, id, &preview));
    return res_json(res, 200, preview_write_json, &preview);
}

struct move_body {
    int64_t number;
};

static const struct json_field fields[] = {
    { "number", JSON_ID, true, offsetof(struct move_body, number), 0 },
    { 0 },
};

static struct err
post_move(struct cx *cx, struct req *req, struct res *res)
{
    struct move_body body = { 0 };
    struct flow_move move;
    struct flow_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, fields, &body));
    TRY(flow_moves_start(cx, id, body.number, &move));
    return res_json(res, 201, move_write_json, &move);
}

static struct err
get_move(struct cx *cx, struct req *req, struct res *res)
{
    struct flow_move_id id;
    struct flow_move move;
    struct flow_id flow;

    TRY(req_path_id(req, "id", &flow.v));
    TRY(req_path_id(req, "move", &id.v));
    TRY(flow_moves_get(cx, flow, id, &move));
    return res_json(res, 200, move_write_json, &move);
}

static struct err
post_cancel(struct cx *cx, struct req *req, struct res *res)
{
    struct flow_move_id id;
    struct flow_move move;
    struct flow_id flow;

    TRY(req_path_id(req, "id", &flow.v));
    TRY(req_path_id(req, "move", &id.v));
    TRY(flow_moves_cancel(cx, flow, id, &move));
    return res_json(res, 200, move_write_json, &move);
}

const struct route flow_moves_routes[] = {
    { GET, "/api/v1/flows/:id/move-preview", "flows.publish", TX_READ, get_preview, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { POST, "/api/v1/flows/:id/moves", "flows.publish", TX_WRITE, post_move, ACCESS_MEMBER,
      BODY_JSON, "flow.conversations_moved" },
    { GET, "/api/v1/flows/:id/moves/:move", "flows.publish", TX_READ, get_move, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { POST, "/api/v1/flows/:id/moves/:move/cancel", "flows.publish", TX_WRITE, post_cancel,
      ACCESS_MEMBER, BODY_JSON, "flow.move_cancelled" },
    { 0 },
};
