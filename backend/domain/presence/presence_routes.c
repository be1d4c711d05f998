#include "presence_private.h"

#include "domain/audit/audit.h"

static void
write_presence(struct json_out *o, const struct presence *p)
{
    json_kv_i64(o, "member_id", p->member.v);
    json_kv_str(o, "state", p->state);
    json_kv_time(o, "since", p->since_us);
}

static void
write_break(struct json_out *o, const struct a_break *now)
{
    json_key(o, "break");
    if (now->id.v == 0)
        json_put_null(o);
    else
        break_write_json(o, now);
}

static struct err
get_presence(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows rows;
    struct json_out o;

    (void)req;
    TRY(presence_list(cx, &rows));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct presence presence = presence_at(&rows, i);

        json_open(&o, '{');
        write_presence(&o, &presence);
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

struct err
presence_answer_mine(struct cx *cx, struct res *res, int status)
{
    struct presence presence;
    struct a_break now;
    struct json_out o;
    bool found;

    TRY(presence_get(cx, cx->member, &presence));
    TRY(breaks_current(cx, cx->member, &found, &now));
    o = res_json_begin(res, status);
    json_open(&o, '{');
    write_presence(&o, &presence);
    json_kv_str(&o, "chosen", presence.chosen);
    write_break(&o, &now);
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
get_mine(struct cx *cx, struct req *req, struct res *res)
{
    (void)req;
    return presence_answer_mine(cx, res, 200);
}

struct chosen_body {
    struct str chosen;
};

static struct err
read_chosen(struct req *req, struct chosen_body *body)
{
    static const struct json_field fields[] = {
        { "chosen", JSON_STR, true, offsetof(struct chosen_body, chosen), 20 },
        { 0 },
    };

    *body = (struct chosen_body){ 0 };
    return req_body(req, fields, body);
}

static struct err
put_mine(struct cx *cx, struct req *req, struct res *res)
{
    struct chosen_body body;

    TRY(read_chosen(req, &body));
    TRY(presence_choose(cx, cx->member, body.chosen));
    return presence_answer_mine(cx, res, 200);
}

struct activity_body {
    bool is_idle;
};

static struct err
post_activity(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "is_idle", JSON_FLAG, true, offsetof(struct activity_body, is_idle), 0 },
        { 0 },
    };
    struct activity_body body = { 0 };

    TRY(req_body(req, fields, &body));
    TRY(presence_idle(cx, body.is_idle));
    return res_empty(res, 204);
}

/* --- other people's --- */

static void
write_teammate(struct json_out *o, const struct teammate *mate)
{
    json_open(o, '{');
    write_presence(o, &mate->presence);
    json_kv_str(o, "chosen", mate->presence.chosen);
    json_kv_bool(o, "is_connected", mate->is_connected);
    json_kv_i64(o, "serving", mate->serving);
    write_break(o, &mate->now);
    json_close(o, '}');
}

static struct err
get_team(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows rows;
    struct json_out o;

    (void)req;
    TRY(team_list(cx, &rows));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct teammate mate = team_at(&rows, i);

        write_teammate(&o, &mate);
    }
    json_close(&o, ']');
    json_kv_time(&o, "as_of", cx->now_us);
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
put_presence_of(struct cx *cx, struct req *req, struct res *res)
{
    struct audit_change change = { 0 };
    struct presence before;
    struct chosen_body body;
    struct member_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(read_chosen(req, &body));
    TRY(presence_require(cx, id));
    TRY(presence_get(cx, id, &before));
    TRY(presence_choose(cx, id, body.chosen));
    audit_text(&change, "chosen", before.chosen, body.chosen);
    audit_changed(cx, "presence.set", "member", id.v, &change);
    return res_empty(res, 204);
}

const struct route presence_routes[] = {
    { GET, "/api/v1/presence", "departments.view", TX_READ, get_presence, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { GET, "/api/v1/me/presence", ROUTE_ANY_MEMBER, TX_READ, get_mine, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { PUT, "/api/v1/me/presence", ROUTE_ANY_MEMBER, TX_WRITE, put_mine, ACCESS_MEMBER, BODY_JSON,
      NULL },
    { POST, "/api/v1/me/activity", ROUTE_ANY_MEMBER, TX_WRITE, post_activity, ACCESS_MEMBER,
      BODY_JSON, NULL },
    { GET, "/api/v1/team", "breaks.supervise", TX_READ, get_team, ACCESS_MEMBER, BODY_NONE, NULL },
    { PUT, "/api/v1/team/:id/presence", "presence.set", TX_WRITE, put_presence_of, ACCESS_MEMBER,
      BODY_JSON, "presence.set" },
    { 0 },
};
