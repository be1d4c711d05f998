#include "domain/audit/audit.h"
#include "domain/org/org.h"
#include "members.h"
#include "people.h"
#include "people_json.h"
#include "resets.h"

#include "people_members.sql.h"

struct shown {
    const struct person *person;
    bool is_above_you;
};

static void
person_write_json(struct json_out *o, const void *value)
{
    const struct shown *shown = value;
    const struct person *p = shown->person;

    json_open(o, '{');
    json_kv_i64(o, "id", p->id.v);
    json_kv_i64(o, "user_id", p->user.v);
    json_kv_str(o, "email", p->email);
    json_kv_str(o, "name", p->name);
    json_kv_str(o, "display_name", p->display_name);
    json_kv_str(o, "signature", p->signature);
    json_kv_id(o, "photo_id", p->photo_id);
    json_kv_i64(o, "group_id", p->group.v);
    people_write_ids(o, "department_ids", p->departments);
    people_write_ids(o, "branch_ids", p->branches);
    people_write_ids(o, "channel_ids", p->channels);
    json_kv_bool(o, "is_agent", p->is_agent);
    json_kv_bool(o, "is_active", p->is_active);
    json_kv_bool(o, "has_password", p->has_password);
    json_kv_bool(o, "has_factor", p->has_factor);
    json_kv_time(o, "last_seen_at", p->last_seen_at_us);
    json_kv_time(o, "created_at", p->created_at_us);
    json_kv_bool(o, "is_above_you", shown->is_above_you);
    json_close(o, '}');
}

/* By group, as the list does not ask for each person: a hint for screens, the act decides. */
static bool
is_above(struct cx *cx, const struct db_rows *groups, const struct person *person)
{
    for (int i = 0; i < groups->count; i++) {
        struct group group = group_at(groups, i);
        struct reach reach;

        if (group.id.v != person->group.v)
            continue;
        reach = members_reach(cx, &group, person->departments, person->branches, person->channels);
        return person->user.v != cx->user.v && auth_may_grant(cx, &reach, NULL).code != ERR_NONE;
    }
    return true;
}

static struct err
get_members(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows rows, groups;
    struct json_out o;

    (void)req;
    TRY(members_list(cx, &rows));
    TRY(groups_list(cx, &groups));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct person person = person_at(&rows, i);

        person_write_json(&o, &(struct shown){ &person, is_above(cx, &groups, &person) });
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
answer_member(struct cx *cx, struct res *res, struct member_id id)
{
    struct person person;
    struct err above;

    TRY(members_get(cx, id, &person));
    above = auth_may_act_on(cx, person.user);
    return res_json(res, 200, person_write_json,
                    &(struct shown){ &person, above.code != ERR_NONE });
}

static struct err
get_member(struct cx *cx, struct req *req, struct res *res)
{
    struct member_id id;

    TRY(req_path_id(req, "id", &id.v));
    return answer_member(cx, res, id);
}

struct member_body {
    struct str display_name, signature;
    int64_t group_id;
    bool is_agent;
    const struct json *department_ids, *branch_ids, *channel_ids;
};

static const struct json_field member_fields[] = {
    { "branch_ids", JSON_ANY, false, offsetof(struct member_body, branch_ids), 0 },
    { "channel_ids", JSON_ANY, false, offsetof(struct member_body, channel_ids), 0 },
    { "department_ids", JSON_ANY, false, offsetof(struct member_body, department_ids), 0 },
    { "display_name", JSON_STR, false, offsetof(struct member_body, display_name), 80 },
    { "group_id", JSON_ID, false, offsetof(struct member_body, group_id), 0 },
    { "is_agent", JSON_FLAG, false, offsetof(struct member_body, is_agent), 0 },
    { "signature", JSON_STR, false, offsetof(struct member_body, signature), 300 },
    { 0 },
};

/* A list that must be one: null means nothing here. */
static struct err
read_list(struct cx *cx, const struct json *v, const char *field, struct str *out)
{
    if (v == NULL)
        return OK;
    TRY(people_read_ids(cx, v, field, out));
    return out->p == NULL ? FAIL_FIELD(ERR_INVALID, "required", field) : OK;
}

static struct err
patch_member(struct cx *cx, struct req *req, struct res *res)
{
    struct member_body body = { 0 };
    const struct json *document;
    struct person before, after;
    struct member_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, member_fields, &body));
    TRY(json_parse(cx->arena, req->body, &document));
    TRY(members_lock(cx, id, &before));
    after = before;
    if (body.display_name.p != NULL)
        after.display_name = str_trim(body.display_name);
    if (after.display_name.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "display_name");
    if (body.signature.p != NULL)
        after.signature = body.signature;
    if (body.group_id != 0)
        after.group.v = body.group_id;
    if (json_get(document, "is_agent") != NULL)
        after.is_agent = body.is_agent;
    TRY(read_list(cx, body.department_ids, "department_ids", &after.departments));
    TRY(read_list(cx, body.branch_ids, "branch_ids", &after.branches));
    if (body.channel_ids != NULL)
        TRY(people_read_ids(cx, body.channel_ids, "channel_ids", &after.channels));
    TRY(members_save(cx, &before, &after));
    return answer_member(cx, res, id);
}

static struct err
set_active(struct cx *cx, struct req *req, struct res *res, bool is_active)
{
    struct member_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(members_set_active(cx, id, is_active));
    return answer_member(cx, res, id);
}

static struct err
post_deactivate(struct cx *cx, struct req *req, struct res *res)
{
    return set_active(cx, req, res, false);
}

static struct err
post_reactivate(struct cx *cx, struct req *req, struct res *res)
{
    return set_active(cx, req, res, true);
}

/* An account never sets a password: it starts what the person finishes. */
static struct err
post_reset_password(struct cx *cx, struct req *req, struct res *res)
{
    struct person person;
    struct member_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(members_lock(cx, id, &person));
    TRY(auth_may_act_on(cx, person.user));
    TRY(resets_start(cx, person.email));
    audit_add(cx, "password.reset_asked", "member", id.v, (struct str){ 0 });
    return res_empty(res, 204);
}

const struct route members_routes[] = {
    { GET, "/api/v1/members", "users.view", TX_READ, get_members, ACCESS_MEMBER, BODY_NONE, NULL },
    { GET, "/api/v1/members/:id", "users.view", TX_READ, get_member, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { PATCH, "/api/v1/members/:id", "users.edit", TX_WRITE, patch_member, ACCESS_MEMBER, BODY_JSON,
      "member.edited" },
    { POST, "/api/v1/members/:id/deactivate", "users.deactivate", TX_WRITE, post_deactivate,
      ACCESS_MEMBER, BODY_JSON, "member.deactivated" },
    { POST, "/api/v1/members/:id/reactivate", "users.deactivate", TX_WRITE, post_reactivate,
      ACCESS_MEMBER, BODY_JSON, "member.reactivated" },
    { POST, "/api/v1/members/:id/reset-password", "users.reset_password", TX_WRITE,
      post_reset_password, ACCESS_MEMBER, BODY_JSON, "password.reset_asked" },
    { 0 },
};
