#include "companies.h"

enum { NAME_MAX_CHARS = 80, LEGAL_NAME_MAX_CHARS = 160, PHONE_MAX_CHARS = 30 };

static void
company_write_json(struct json_out *o, const void *value)
{
    const struct company *c = value;

    json_open(o, '{');
    json_kv_i64(o, "id", c->id.v);
    json_kv_str(o, "name", c->name);
    json_kv_str(o, "legal_name", c->legal_name);
    json_kv_str(o, "document", c->document);
    json_kv_str(o, "phone", c->phone);
    json_close(o, '}');
}

static void
branch_write_json(struct json_out *o, const void *value)
{
    const struct branch *b = value;

    json_open(o, '{');
    json_kv_i64(o, "id", b->id.v);
    json_kv_i64(o, "company_id", b->company.v);
    json_kv_str(o, "name", b->name);
    json_kv_str(o, "city", b->city);
    json_close(o, '}');
}

/* Empty is as good as not said. */
static struct str
or_nothing(struct str s)
{
    s = str_trim(s);
    return s.len > 0 ? s : (struct str){ 0 };
}

static struct err
get_companies(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows rows;
    struct json_out o;

    (void)req;
    TRY(companies_list(cx, &rows));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct company company = companies_at(&rows, i);

        company_write_json(&o, &company);
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
save_company(struct cx *cx, struct req *req, struct res *res, int64_t id)
{
    static const struct json_field fields[] = {
        { "document", JSON_STR, false, offsetof(struct company, document), 20 },
        { "legal_name", JSON_STR, false, offsetof(struct company, legal_name),
          LEGAL_NAME_MAX_CHARS },
        { "name", JSON_STR, true, offsetof(struct company, name), NAME_MAX_CHARS },
        { "phone", JSON_STR, false, offsetof(struct company, phone), PHONE_MAX_CHARS },
        { 0 },
    };
    struct company wanted = { .id = { id }, .phone = STR("") }, company;

    TRY(req_body(req, fields, &wanted));
    wanted.name = str_trim(wanted.name);
    if (wanted.name.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "name");
    wanted.legal_name = or_nothing(wanted.legal_name);
    wanted.document = or_nothing(wanted.document);
    wanted.phone = str_trim(wanted.phone);
    TRY(companies_save(cx, &wanted, &company));
    return res_json(res, id == 0 ? 201 : 200, company_write_json, &company);
}

static struct err
post_company(struct cx *cx, struct req *req, struct res *res)
{
    return save_company(cx, req, res, 0);
}

static struct err
put_company(struct cx *cx, struct req *req, struct res *res)
{
    int64_t id;

    TRY(req_path_id(req, "id", &id));
    return save_company(cx, req, res, id);
}

static struct err
delete_company(struct cx *cx, struct req *req, struct res *res)
{
    struct company_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(companies_remove(cx, id));
    return res_empty(res, 204);
}

static struct err
get_branches(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows rows;
    struct json_out o;

    (void)req;
    TRY(branches_list(cx, &rows));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct branch branch = branches_at(&rows, i);

        branch_write_json(&o, &branch);
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
save_branch(struct cx *cx, struct req *req, struct res *res, int64_t id)
{
    static const struct json_field fields[] = {
        { "city", JSON_STR, false, offsetof(struct branch, city), NAME_MAX_CHARS },
        { "company_id", JSON_ID, true, offsetof(struct branch, company), 0 },
        { "name", JSON_STR, true, offsetof(struct branch, name), NAME_MAX_CHARS },
        { 0 },
    };
    struct branch wanted = { .id = { id } }, branch;

    TRY(req_body(req, fields, &wanted));
    wanted.name = str_trim(wanted.name);
    if (wanted.name.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "name");
    wanted.city = or_nothing(wanted.city);
    TRY(branches_save(cx, &wanted, &branch));
    return res_json(res, id == 0 ? 201 : 200, branch_write_json, &branch);
}

static struct err
post_branch(struct cx *cx, struct req *req, struct res *res)
{
    return save_branch(cx, req, res, 0);
}

static struct err
put_branch(struct cx *cx, struct req *req, struct res *res)
{
    int64_t id;

    TRY(req_path_id(req, "id", &id));
    return save_branch(cx, req, res, id);
}

static struct err
delete_branch(struct cx *cx, struct req *req, struct res *res)
{
    struct branch_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(branches_remove(cx, id));
    return res_empty(res, 204);
}

const struct route companies_routes[] = {
    { GET, "/api/v1/companies", "departments.view", TX_READ, get_companies, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { POST, "/api/v1/companies", "companies.manage", TX_WRITE, post_company, ACCESS_MEMBER,
      BODY_JSON, "company.created" },
    { PUT, "/api/v1/companies/:id", "companies.manage", TX_WRITE, put_company, ACCESS_MEMBER,
      BODY_JSON, "company.edited" },
    { DELETE, "/api/v1/companies/:id", "companies.manage", TX_WRITE, delete_company, ACCESS_MEMBER,
      BODY_NONE, "company.deleted" },
    { GET, "/api/v1/branches", "departments.view", TX_READ, get_branches, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { POST, "/api/v1/branches", "companies.manage", TX_WRITE, post_branch, ACCESS_MEMBER, BODY_JSON,
      "branch.created" },
    { PUT, "/api/v1/branches/:id", "companies.manage", TX_WRITE, put_branch, ACCESS_MEMBER,
      BODY_JSON, "branch.edited" },
    { DELETE, "/api/v1/branches/:id", "companies.manage", TX_WRITE, delete_branch, ACCESS_MEMBER,
      BODY_NONE, "branch.deleted" },
    { 0 },
};
