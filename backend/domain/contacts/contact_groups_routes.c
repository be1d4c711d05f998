/* Groups of contacts: whom a campaign goes to, or whoever belongs together. */
#include "contacts_private.h"

#include "domain/audit/audit.h"
#include "domain/auth/auth.h"

#include "contacts_groups.sql.h"

enum { CONTACTS_AT_ONCE = 100 };

static void
write_group(struct json_out *o, const struct db_row *row)
{
    json_open(o, '{');
    json_kv_i64(o, "id", db_i64(row, 0));
    json_kv_str(o, "name", db_str(row, 1));
    json_kv_str(o, "description", db_str(row, 2));
    json_kv_i64(o, "member_count", db_i64(row, 3));
    json_kv_time(o, "created_at", db_time(row, 4));
    json_close(o, '}');
}

static struct err
get_groups(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows rows;
    struct json_out o;

    (void)req;
    TRY(db_many(cx, &SQL_contact_group_list, &rows, P_ID(cx->account)));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        write_group(&o, &row);
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

struct group_body {
    struct str name, description;
    struct json_ids contact_ids;
};

static const struct json_field group_fields[] = {
    { "name", JSON_STR, false, offsetof(struct group_body, name), 60 },
    { "description", JSON_STR, false, offsetof(struct group_body, description), 300 },
    { 0 },
};

static const struct json_field member_fields[] = {
    { "contact_ids", JSON_IDS, true, offsetof(struct group_body, contact_ids), CONTACTS_AT_ONCE },
    { 0 },
};

static struct err
post_group(struct cx *cx, struct req *req, struct res *res)
{
    struct group_body body = { 0 };
    struct json_out o;
    struct db_row row;

    TRY(req_body(req, group_fields, &body));
    if (str_trim(body.name).len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "name");
    TRY(db_one(cx, &SQL_contact_group_add, &row, P_ID(cx->account), P_STR(str_trim(body.name)),
               P_STR(body.description), P_TIME(cx->now_us)));
    audit_add(cx, "contact_group.created", "contact_group", db_i64(&row, 0), STR(""));
    o = res_json_begin(res, 201);
    write_group(&o, &row);
    return res_json_end(res);
}

static struct err
patch_group(struct cx *cx, struct req *req, struct res *res)
{
    struct audit_change change = { 0 };
    struct group_body body = { 0 };
    struct db_row before, row;
    struct json_out o;
    int64_t id;

    TRY(req_path_id(req, "id", &id));
    TRY(req_body(req, group_fields, &body));
    if (body.name.p != NULL && str_trim(body.name).len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "name");
    TRY(db_one(cx, &SQL_contact_group_lock, &before, P_ID(cx->account), P_I64(id)));
    TRY(db_one(cx, &SQL_contact_group_save, &row, P_ID(cx->account), P_I64(id),
               P_STR(str_trim(body.name)), P_STR(body.description)));
    audit_text(&change, "name", db_str(&before, 1), db_str(&row, 1));
    audit_text(&change, "description", db_str(&before, 2), db_str(&row, 2));
    audit_changed(cx, "contact_group.edited", "contact_group", id, &change);
    o = res_json_begin(res, 200);
    write_group(&o, &row);
    return res_json_end(res);
}

static struct err
delete_group(struct cx *cx, struct req *req, struct res *res)
{
    struct audit_change change = { 0 };
    struct db_row row;
    int64_t id;

    TRY(req_path_id(req, "id", &id));
    TRY(db_one(cx, &SQL_contact_group_lock, &row, P_ID(cx->account), P_I64(id)));
    TRY(db_exec(cx, &SQL_contact_group_remove, NULL, P_ID(cx->account), P_I64(id)));
    audit_text(&change, "name", db_str(&row, 1), (struct str){ 0 });
    audit_number(&change, "members", db_i64(&row, 3), 0);
    audit_changed(cx, "contact_group.deleted", "contact_group", id, &change);
    return res_empty(res, 204);
}

/* Only those whom the member sees, into it or out of it. */
static struct err
change_members(struct cx *cx, struct req *req, struct res *res, const struct db_stmt *stmt)
{
    struct db_param params[4];
    struct audit_change change = { 0 };
    struct group_body body = { 0 };
    struct db_row before, row;
    struct json_out o;
    int64_t id;

    TRY(req_path_id(req, "id", &id));
    TRY(req_body(req, member_fields, &body));
    TRY(db_one(cx, &SQL_contact_group_lock, &before, P_ID(cx->account), P_I64(id)));
    TRY(contacts_require_all(cx, body.contact_ids));
    params[0] = P_ID(cx->account);
    params[1] = P_I64(id);
    params[2] = db_p_i64s(cx->arena, body.contact_ids.v, body.contact_ids.n);
    params[3] = P_TIME(cx->now_us);
    TRY(db_exec_(cx, stmt, NULL, params, stmt->params));
    TRY(db_one(cx, &SQL_contact_group_lock, &row, P_ID(cx->account), P_I64(id)));
    audit_number(&change, "members", db_i64(&before, 3), db_i64(&row, 3));
    audit_changed(cx, "contact_group.edited", "contact_group", id, &change);
    for (size_t i = 0; i < body.contact_ids.n; i++)
        contact_tell(cx, (struct contact_id){ body.contact_ids.v[i] });
    o = res_json_begin(res, 200);
    write_group(&o, &row);
    return res_json_end(res);
}

static struct err
post_join(struct cx *cx, struct req *req, struct res *res)
{
    return change_members(cx, req, res, &SQL_contact_group_join);
}

static struct err
post_part(struct cx *cx, struct req *req, struct res *res)
{
    return change_members(cx, req, res, &SQL_contact_group_part);
}

const struct route contact_group_routes[] = {
    { GET, "/api/v1/contact-groups", "contacts.view", TX_READ, get_groups, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { POST, "/api/v1/contact-groups", "contact_groups.manage", TX_WRITE, post_group, ACCESS_MEMBER,
      BODY_JSON, "contact_group.created" },
    { PATCH, "/api/v1/contact-groups/:id", "contact_groups.manage", TX_WRITE, patch_group,
      ACCESS_MEMBER, BODY_JSON, "contact_group.edited" },
    { DELETE, "/api/v1/contact-groups/:id", "contact_groups.manage", TX_WRITE, delete_group,
      ACCESS_MEMBER, BODY_NONE, "contact_group.deleted" },
    { POST, "/api/v1/contact-groups/:id/add", "contact_groups.manage", TX_WRITE, post_join,
      ACCESS_MEMBER, BODY_JSON, "contact_group.edited" },
    { POST, "/api/v1/contact-groups/:id/remove", "contact_groups.manage", TX_WRITE, post_part,
      ACCESS_MEMBER, BODY_JSON, "contact_group.edited" },
    { 0 },
};
