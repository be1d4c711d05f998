#include "base/clock.h"
#include "groups.h"
#include "people.h"
#include "people_json.h"

/* "tickets.view" is in the section "tickets". */
static void
write_permission(struct json_out *o, const struct permission *p)
{
    json_open(o, '{');
    json_kv_str(o, "name", str_of(p->name));
    json_kv_str(o, "section", (struct str){ p->name, (size_t)str_find(str_of(p->name), '.') });
    json_kv_bool(o, "is_scoped", (p->flags & PERMISSION_SCOPED) != 0);
    json_kv_bool(o, "needs_step_up", (p->flags & PERMISSION_STEP_UP) != 0);
    json_kv_bool(o, "is_read_audited", (p->flags & PERMISSION_READ_AUDITED) != 0);
    json_kv_bool(o, "is_for_tokens", (p->flags & PERMISSION_NO_TOKEN) == 0);
    json_close(o, '}');
}

static struct err
get_permissions(struct cx *cx, struct req *req, struct res *res)
{
    struct json_out o = res_json_begin(res, 200);

    (void)cx;
    (void)req;
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (const struct permission *p = permissions; p->name != NULL; p++)
        write_permission(&o, p);
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

static void
group_write_json(struct json_out *o, const void *value)
{
    const struct group *g = value;

    json_open(o, '{');
    json_kv_i64(o, "id", g->id.v);
    json_kv_str(o, "name", g->name);
    json_kv_str(o, "builtin", g->builtin);
    json_kv_str(o, "description", g->description);
    json_key(o, "permissions");
    permissions_write(o, &g->permissions);
    json_kv_str(o, "scope", str_of(access_scope_names[g->scope]));
    people_write_ids(o, "channel_ids", g->channels);
    json_kv_i64(o, "masks", g->masks);
    json_kv_time(o, "factor_from", g->factor_from_us);
    json_kv_i64(o, "member_count", g->member_count);
    json_close(o, '}');
}

static struct err
get_groups(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows rows;
    struct json_out o;

    (void)req;
    TRY(groups_list(cx, &rows));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct group group = group_at(&rows, i);

        group_write_json(&o, &group);
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

/* The group that the path names: one that is not there is no field's fault. */
static struct err
require_named(struct cx *cx, struct group_id id, struct group *out)
{
    struct err e = groups_require(cx, id, out);

    return e.code == ERR_NOT_FOUND ? FAIL(ERR_NOT_FOUND, "not_found") : e;
}

static struct err
get_group(struct cx *cx, struct req *req, struct res *res)
{
    struct group_id id;
    struct group group;

    TRY(req_path_id(req, "id", &id.v));
    TRY(require_named(cx, id, &group));
    return res_json(res, 200, group_write_json, &group);
}

struct group_body {
    struct str name, description, scope, factor_from;
    struct json_strs permissions;
    const struct json *channel_ids; /* null: all */
    int64_t masks;
};

static const struct json_field group_fields[] = {
    { "channel_ids", JSON_ANY, false, offsetof(struct group_body, channel_ids), 0 },
    { "description", JSON_STR, false, offsetof(struct group_body, description), 300 },
    { "factor_from", JSON_STR, false, offsetof(struct group_body, factor_from), 40 },
    { "masks", JSON_I64, false, offsetof(struct group_body, masks), 0 },
    { "name", JSON_STR, false, offsetof(struct group_body, name), 60 },
    { "permissions", JSON_STRS, false, offsetof(struct group_body, permissions), 256 },
    { "scope", JSON_STR, false, offsetof(struct group_body, scope), 20 },
    { 0 },
};

static struct err
read_scope(struct str name, enum access_scope *out)
{
    for (int s = 0; access_scope_names[s] != NULL; s++)
        if (str_eq(name, str_of(access_scope_names[s]))) {
            *out = (enum access_scope)s;
            return OK;
        }
    return FAIL_FIELD(ERR_INVALID, "unknown_value", "scope");
}

static struct err
read_permissions(struct json_strs names, struct permission_set *out)
{
    *out = (struct permission_set){ 0 };
    for (size_t i = 0; i < names.n; i++) {
        const struct permission *p = permissions_find(names.v[i]);

        if (p == NULL)
            return FAIL_FIELD(ERR_INVALID, "permission_unknown", "permissions");
        permissions_add(out, p);
    }
    return OK;
}

/* What the body says, on top of what is there. */
static struct err
read_group(struct cx *cx, struct req *req, struct group *group)
{
    struct group_body body = { .masks = -1 };
    const struct json *document;

    TRY(req_body(req, group_fields, &body));
    TRY(json_parse(cx->arena, req->body, &document));
    if (body.name.p != NULL)
        group->name = str_trim(body.name);
    if (group->name.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "name");
    for (int i = 0; builtin_groups[i] != NULL; i++)
        if (str_eq(group->name, str_of(builtin_groups[i])))
            return FAIL_FIELD(ERR_CONFLICT, "group_name_is_taken", "name");
    if (body.description.p != NULL)
        group->description = body.description;
    if (body.scope.p != NULL)
        TRY(read_scope(body.scope, &group->scope));
    if (json_get(document, "permissions") != NULL)
        TRY(read_permissions(body.permissions, &group->permissions));
    if (json_get(document, "channel_ids") != NULL)
        TRY(people_read_ids(cx, body.channel_ids, "channel_ids", &group->channels));
    if (body.masks > 31 || (body.masks < 0 && json_get(document, "masks") != NULL))
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "masks");
    if (body.masks >= 0)
        group->masks = (unsigned)body.masks;
    if (json_kind(json_get(document, "factor_from")) == JSON_NULL)
        group->factor_from_us = 0;
    else if (body.factor_from.p != NULL && !clock_parse(body.factor_from, &group->factor_from_us))
        return FAIL_FIELD(ERR_INVALID, "time_invalid", "factor_from");
    return OK;
}

static struct err
post_group(struct cx *cx, struct req *req, struct res *res)
{
    struct group wanted = { .description = STR(""), .scope = SCOPE_OWN }, group;

    TRY(read_group(cx, req, &wanted));
    TRY(groups_add(cx, &wanted, &group));
    return res_json(res, 201, group_write_json, &group);
}

/* What is the same in every account does not change; whether it takes a second factor is each one's. */
static struct err
patch_builtin(struct cx *cx, struct req *req, const struct group *before, struct group *out)
{
    static const struct json_field fields[] = {
        { "factor_from", JSON_STR, false, offsetof(struct group_body, factor_from), 40 },
        { 0 },
    };
    struct group_body body = { 0 };
    int64_t factor_from_us = 0;
    struct err e = req_body(req, fields, &body);

    if (err_is(e, "unknown_field"))
        return FAIL(ERR_CONFLICT, "group_builtin");
    TRY(e);
    if (body.factor_from.p != NULL && !clock_parse(body.factor_from, &factor_from_us))
        return FAIL_FIELD(ERR_INVALID, "time_invalid", "factor_from");
    return groups_demand_factor(cx, before, factor_from_us, out);
}

static struct err
patch_group(struct cx *cx, struct req *req, struct res *res)
{
    struct group before, after, group;
    struct group_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(groups_lock(cx, id, &before));
    after = before;
    if (before.builtin.p != NULL) {
        TRY(patch_builtin(cx, req, &before, &group));
    } else {
        TRY(read_group(cx, req, &after));
        TRY(groups_save(cx, &before, &after, &group));
    }
    return res_json(res, 200, group_write_json, &group);
}

static struct err
delete_group(struct cx *cx, struct req *req, struct res *res)
{
    struct group_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(groups_remove(cx, id));
    return res_empty(res, 204);
}

const struct route groups_routes[] = {
    { GET, "/api/v1/permissions", "groups.view", TX_READ, get_permissions, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { GET, "/api/v1/groups", "groups.view", TX_READ, get_groups, ACCESS_MEMBER, BODY_NONE, NULL },
    { POST, "/api/v1/groups", "groups.manage", TX_WRITE, post_group, ACCESS_MEMBER, BODY_JSON,
      "group.created" },
    { GET, "/api/v1/groups/:id", "groups.view", TX_READ, get_group, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { PATCH, "/api/v1/groups/:id", "groups.manage", TX_WRITE, patch_group, ACCESS_MEMBER, BODY_JSON,
      "group.edited" },
    { DELETE, "/api/v1/groups/:id", "groups.manage", TX_WRITE, delete_group, ACCESS_MEMBER,
      BODY_NONE, "group.deleted" },
    { 0 },
};
