#include "departments.h"
#include "domain/uses/uses.h"
#include "domain/variables/variables.h"

enum { NAME_MAX_CHARS = 60, DESCRIPTION_MAX_CHARS = 300, TEXT_MAX_CHARS = 1000, PEOPLE_MAX = 500 };

static void
department_write_json(struct json_out *o, const void *value)
{
    const struct department *d = value;

    json_open(o, '{');
    json_kv_i64(o, "id", d->id.v);
    json_kv_i64(o, "company_id", d->company.v);
    json_kv_str(o, "name", d->name);
    json_kv_str(o, "description", d->description);
    json_kv_str(o, "color", d->color);
    json_kv_bool(o, "is_active", d->is_active);
    json_kv_bool(o, "serves", d->serves);
    json_kv_bool(o, "is_confidential", d->is_confidential);
    json_kv_bool(o, "notifies_transfer", d->notifies_transfer);
    json_kv_str(o, "welcome_text", d->welcome_text);
    json_kv_str(o, "away_text", d->away_text);
    json_kv_i64(o, "member_count", d->member_count);
    json_close(o, '}');
}

static struct err
get_departments(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows rows;
    struct json_out o;

    (void)req;
    TRY(org_list_departments(cx, &rows));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct department department = org_department_at(&rows, i);

        department_write_json(&o, &department);
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
get_department(struct cx *cx, struct req *req, struct res *res)
{
    struct department department;
    struct department_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(departments_get(cx, id, &department));
    return res_json(res, 200, department_write_json, &department);
}

static const struct json_field department_fields[] = {
    { "away_text", JSON_STR, false, offsetof(struct department, away_text), TEXT_MAX_CHARS },
    { "color", JSON_STR, false, offsetof(struct department, color), 0 },
    { "company_id", JSON_ID, false, offsetof(struct department, company), 0 },
    { "description", JSON_STR, false, offsetof(struct department, description),
      DESCRIPTION_MAX_CHARS },
    { "is_active", JSON_FLAG, false, offsetof(struct department, is_active), 0 },
    { "is_confidential", JSON_FLAG, false, offsetof(struct department, is_confidential), 0 },
    { "name", JSON_STR, false, offsetof(struct department, name), NAME_MAX_CHARS },
    { "notifies_transfer", JSON_FLAG, false, offsetof(struct department, notifies_transfer), 0 },
    { "serves", JSON_FLAG, false, offsetof(struct department, serves), 0 },
    { "welcome_text", JSON_STR, false, offsetof(struct department, welcome_text), TEXT_MAX_CHARS },
    { 0 },
};

/* What the body says, on top of what is there. */
static struct err
read_department(struct cx *cx, struct req *req, struct department *department)
{
    TRY(req_body(req, department_fields, department));
    department->name = str_trim(department->name);
    department->description = str_trim(department->description);
    department->welcome_text = str_trim(department->welcome_text);
    department->away_text = str_trim(department->away_text);
    if (department->name.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "name");
    TRY(variables_require(cx, department->welcome_text, "welcome_text"));
    TRY(variables_require(cx, department->away_text, "away_text"));
    return department->company.v == 0 ? FAIL_FIELD(ERR_INVALID, "required", "company_id") : OK;
}

static struct err
post_department(struct cx *cx, struct req *req, struct res *res)
{
    struct department wanted = { .name = STR(""),
                                 .description = STR(""),
                                 .color = STR("sand"),
                                 .welcome_text = STR(""),
                                 .away_text = STR(""),
                                 .is_active = true,
                                 .serves = true,
                                 .notifies_transfer = true };
    struct department department;

    TRY(read_department(cx, req, &wanted));
    TRY(departments_add(cx, &wanted, &department));
    return res_json(res, 201, department_write_json, &department);
}

static struct err
patch_department(struct cx *cx, struct req *req, struct res *res)
{
    struct department before, after;
    struct department_id id;
    int64_t held;
    struct err e;

    TRY(req_path_id(req, "id", &id.v));
    TRY(departments_lock(cx, id, &before));
    after = before;
    TRY(read_department(cx, req, &after));
    if (before.is_active && !after.is_active)
        TRY(uses_require_none(cx, res, "department", id.v));
    e = departments_save(cx, &before, &after, &held);
    if (err_is(e, "department_has_tickets")) {
        struct json_out more = res_more(res);

        json_kv_i64(&more, "tickets", held);
    }
    TRY(e);
    return res_json(res, 200, department_write_json, &after);
}

static struct err
delete_department(struct cx *cx, struct req *req, struct res *res)
{
    struct department_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(uses_require_none(cx, res, "department", id.v));
    TRY(departments_remove(cx, id));
    return res_empty(res, 204);
}

struct order_body {
    struct json_ids ids;
};

static struct err
put_order(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "department_ids", JSON_IDS, true, offsetof(struct order_body, ids), 500 },
        { 0 },
    };
    struct order_body body = { 0 };

    TRY(req_body(req, fields, &body));
    TRY(departments_order(cx, body.ids));
    return get_departments(cx, req, res);
}

static struct err
answer_people(struct cx *cx, struct res *res, struct department_id id)
{
    struct department_people people;
    struct json_out o;

    TRY(departments_people(cx, id, &people));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "members");
    json_open(&o, '[');
    for (size_t i = 0; i < people.n; i++) {
        const struct department_member *m = &people.v[i];

        json_open(&o, '{');
        json_kv_i64(&o, "member_id", m->id.v);
        json_kv_bool(&o, "is_responsible", m->is_responsible);
        json_key(&o, "notifies_transfer");
        if (m->notifies_transfer == NOTICE_DEFAULT)
            json_put_null(&o);
        else
            json_put_bool(&o, m->notifies_transfer == NOTICE_YES);
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
get_people(struct cx *cx, struct req *req, struct res *res)
{
    struct department_id id;

    TRY(req_path_id(req, "id", &id.v));
    return answer_people(cx, res, id);
}

struct person_body {
    int64_t member_id;
    bool is_responsible;
    bool notifies_transfer;
};

static struct err
read_person(struct cx *cx, const struct json *v, struct department_member *out)
{
    static const struct json_field fields[] = {
        { "is_responsible", JSON_FLAG, false, offsetof(struct person_body, is_responsible), 0 },
        { "member_id", JSON_ID, true, offsetof(struct person_body, member_id), 0 },
        { "notifies_transfer", JSON_FLAG, false, offsetof(struct person_body, notifies_transfer),
          0 },
        { 0 },
    };
    struct person_body body = { 0 };
    bool has_chosen = json_kind(json_get(v, "notifies_transfer")) == JSON_BOOL;

    TRY(json_read(cx->arena, v, fields, &body));
    *out = (struct department_member){
        .id = { body.member_id },
        .is_responsible = body.is_responsible,
        .notifies_transfer = !has_chosen              ? NOTICE_DEFAULT
                             : body.notifies_transfer ? NOTICE_YES
                                                      : NOTICE_NO,
    };
    return OK;
}

struct people_body {
    const struct json *members;
};

static struct err
put_people(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "members", JSON_ANY, true, offsetof(struct people_body, members), 0 },
        { 0 },
    };
    struct people_body body = { 0 };
    struct department_people wanted = { 0 };
    struct department_member *v;
    struct department_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, fields, &body));
    if (json_kind(body.members) != JSON_ARRAY)
        return FAIL_FIELD(ERR_INVALID, "wrong_type", "members");
    if (json_len(body.members) > PEOPLE_MAX)
        return FAIL_FIELD(ERR_INVALID, "too_many", "members");
    wanted.v = v = arena_array(cx->arena, struct department_member, json_len(body.members) + 1);
    for (; wanted.n < json_len(body.members); wanted.n++) {
        struct err e = read_person(cx, json_at(body.members, wanted.n), &v[wanted.n]);

        if (e.code != ERR_NONE)
            return FAIL_FIELD(e.code, e.slug, "members");
    }
    TRY(departments_set_people(cx, id, &wanted));
    return answer_people(cx, res, id);
}

const struct route departments_routes[] = {
    { GET, "/api/v1/departments", "departments.view", TX_READ, get_departments, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { POST, "/api/v1/departments", "departments.manage", TX_WRITE, post_department, ACCESS_MEMBER,
      BODY_JSON, "department.created" },
    { PUT, "/api/v1/departments", "departments.manage", TX_WRITE, put_order, ACCESS_MEMBER,
      BODY_JSON, "departments.ordered" },
    { GET, "/api/v1/departments/:id", "departments.view", TX_READ, get_department, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { PATCH, "/api/v1/departments/:id", "departments.manage", TX_WRITE, patch_department,
      ACCESS_MEMBER, BODY_JSON, "department.edited" },
    { DELETE, "/api/v1/departments/:id", "departments.manage", TX_WRITE, delete_department,
      ACCESS_MEMBER, BODY_NONE, "department.deleted" },
    { GET, "/api/v1/departments/:id/members", "departments.view", TX_READ, get_people,
      ACCESS_MEMBER, BODY_NONE, NULL },
    { PUT, "/api/v1/departments/:id/members", "departments.members", TX_WRITE, put_people,
      ACCESS_MEMBER, BODY_JSON, "department.members_set" },
    { 0 },
};
