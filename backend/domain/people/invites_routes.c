#include "domain/auth/auth.h"
#include "invites.h"
#include "people.h"
#include "people_json.h"

static void
invite_write_json(struct json_out *o, const void *value)
{
    const struct invite *i = value;

    json_open(o, '{');
    json_kv_i64(o, "id", i->id);
    json_kv_str(o, "email", i->email);
    json_kv_str(o, "display_name", i->display_name);
    json_kv_i64(o, "group_id", i->group.v);
    people_write_ids(o, "department_ids", i->departments);
    people_write_ids(o, "branch_ids", i->branches);
    people_write_ids(o, "channel_ids", i->channels);
    json_kv_bool(o, "is_agent", i->is_agent);
    json_kv_i64(o, "invited_by", i->invited_by.v);
    json_kv_time(o, "sent_at", i->sent_at_us);
    json_kv_time(o, "expires_at", i->expires_at_us);
    json_close(o, '}');
}

static struct err
get_invites(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows rows;
    struct json_out o;

    (void)req;
    TRY(invites_list(cx, &rows));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct invite invite = invite_at(&rows, i);

        invite_write_json(&o, &invite);
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

struct invite_body {
    struct str email, display_name;
    int64_t group_id;
    bool is_agent;
    struct json_ids department_ids, branch_ids;
    const struct json *channel_ids;
};

static struct err
post_invite(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "branch_ids", JSON_IDS, false, offsetof(struct invite_body, branch_ids), 200 },
        { "channel_ids", JSON_ANY, false, offsetof(struct invite_body, channel_ids), 0 },
        { "department_ids", JSON_IDS, false, offsetof(struct invite_body, department_ids), 200 },
        { "display_name", JSON_STR, false, offsetof(struct invite_body, display_name), 80 },
        { "email", JSON_STR, true, offsetof(struct invite_body, email), 254 },
        { "group_id", JSON_ID, true, offsetof(struct invite_body, group_id), 0 },
        { "is_agent", JSON_FLAG, false, offsetof(struct invite_body, is_agent), 0 },
        { 0 },
    };
    struct invite_body body = { .is_agent = true, .display_name = STR("") };
    struct invite wanted, invite;

    TRY(req_body(req, fields, &body));
    wanted = (struct invite){
        .email = str_lower(cx->arena, str_trim(body.email)),
        .display_name = str_trim(body.display_name),
        .group = { body.group_id },
        .is_agent = body.is_agent,
        .departments = people_print_ids(cx, body.department_ids),
        .branches = people_print_ids(cx, body.branch_ids),
    };
    TRY(people_read_ids(cx, body.channel_ids, "channel_ids", &wanted.channels));
    TRY(invites_send(cx, &wanted, &invite));
    return res_json(res, 201, invite_write_json, &invite);
}

static struct err
post_resend(struct cx *cx, struct req *req, struct res *res)
{
    struct invite invite;
    int64_t id;

    TRY(req_path_id(req, "id", &id));
    TRY(invites_resend(cx, id, &invite));
    return res_json(res, 200, invite_write_json, &invite);
}

static struct err
delete_invite(struct cx *cx, struct req *req, struct res *res)
{
    int64_t id;

    TRY(req_path_id(req, "id", &id));
    TRY(invites_end(cx, id));
    return res_empty(res, 204);
}

/* --- for whoever holds the link --------------------------------------------------- */

struct token_body {
    struct str token, name, password, locale;
};

static struct err
post_look(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "token", JSON_STR, true, offsetof(struct token_body, token), 100 },
        { 0 },
    };
    struct token_body body = { 0 };
    struct invite_seen seen;
    struct json_out o;

    TRY(auth_our_page(cx, req));
    TRY(req_body(req, fields, &body));
    TRY(invites_look(cx, body.token, &seen));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_str(&o, "account_name", seen.account_name);
    json_kv_str(&o, "inviter_name", seen.inviter_name);
    json_kv_str(&o, "email", seen.invite.email);
    json_kv_str(&o, "group_name", seen.group_name);
    json_kv_str(&o, "group_builtin", seen.group_builtin);
    json_kv_time(&o, "expires_at", seen.invite.expires_at_us);
    json_kv_bool(&o, "is_known", seen.person.v != 0);
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
post_accept(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "locale", JSON_STR, false, offsetof(struct token_body, locale), 10 },
        { "name", JSON_STR, false, offsetof(struct token_body, name), 80 },
        { "password", JSON_STR, false, offsetof(struct token_body, password), 512 },
        { "token", JSON_STR, true, offsetof(struct token_body, token), 100 },
        { 0 },
    };
    struct token_body body = { 0 };
    struct invite_seen seen;
    struct json_out o;

    TRY(auth_our_page(cx, req));
    TRY(req_body(req, fields, &body));
    if (!str_eq(body.locale, STR("en")))
        body.locale = STR("pt-BR");
    TRY(auth_somebody(cx, req));
    TRY(invites_accept(cx, body.token, body.name, body.password, body.locale, &seen));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_i64(&o, "account_id", seen.account.v);
    json_kv_str(&o, "email", seen.invite.email);
    json_close(&o, '}');
    return res_json_end(res);
}

const struct route invites_routes[] = {
    { GET, "/api/v1/invites", "users.view", TX_READ, get_invites, ACCESS_MEMBER, BODY_NONE, NULL },
    { POST, "/api/v1/invites", "users.invite", TX_WRITE, post_invite, ACCESS_MEMBER, BODY_JSON,
      "member.invited" },
    { DELETE, "/api/v1/invites/:id", "users.invite", TX_WRITE, delete_invite, ACCESS_MEMBER,
      BODY_NONE, "member.invite_ended" },
    { POST, "/api/v1/invites/:id/resend", "users.invite", TX_WRITE, post_resend, ACCESS_MEMBER,
      BODY_JSON, "member.invited" },
    { POST, "/api/v1/invites/look", NULL, TX_READ, post_look, ACCESS_PUBLIC, BODY_JSON, NULL },
    { POST, "/api/v1/invites/accept", NULL, TX_WRITE, post_accept, ACCESS_PUBLIC, BODY_JSON,
      "member.accepted" },
    { 0 },
};
