#include "fields.h"

#include "contacts_private.h"
#include "domain/audit/audit.h"
#include "domain/auth/auth.h"

#include "contacts_fields.sql.h"

static struct err
get_fields(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows rows;
    struct json_out o;

    (void)req;
    TRY(db_many(cx, &SQL_field_list, &rows, P_ID(cx->account)));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        json_open(&o, '{');
        json_kv_i64(&o, "id", db_i64(&row, 0));
        json_kv_str(&o, "name", db_str(&row, 1));
        json_kv_str(&o, "kind", db_str(&row, 2));
        json_key(&o, "choices");
        json_put_raw(&o, db_str(&row, 3));
        json_kv_bool(&o, "is_required", db_bool(&row, 5));
        json_kv_i64(&o, "position", db_i64(&row, 6));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

struct field_body {
    struct str name, kind;
    struct json_strs choices;
    bool is_required;
    int64_t position;
};

static const struct json_field new_field_fields[] = {
    { "name", JSON_STR, true, offsetof(struct field_body, name), 60 },
    { "kind", JSON_STR, true, offsetof(struct field_body, kind), 20 },
    { "choices", JSON_STRS, false, offsetof(struct field_body, choices), 50 },
    { "is_required", JSON_FLAG, false, offsetof(struct field_body, is_required), 0 },
    { 0 },
};

/* The kind is not among them: what is kept would no longer be what it says. */
static const struct json_field field_fields[] = {
    { "name", JSON_STR, false, offsetof(struct field_body, name), 60 },
    { "choices", JSON_STRS, false, offsetof(struct field_body, choices), 50 },
    { "is_required", JSON_FLAG, false, offsetof(struct field_body, is_required), 0 },
    { "position", JSON_I64, false, offsetof(struct field_body, position), 0 },
    { 0 },
};

static bool
is_kind(struct str word)
{
    static const char *const kinds[] = { "text", "number", "date", "flag", "choice" };

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_eq(word, str_of(kinds[i])))
            return true;
    return false;
}

/* A choice has some, other kinds have none; none twice, none empty. */
static struct err
check_choices(struct str kind, struct json_strs choices)
{
    bool is_choice = str_eq(kind, STR("choice"));

    if (is_choice != (choices.n > 0))
        return FAIL_FIELD(ERR_INVALID, is_choice ? "required" : "unknown_value", "choices");
    for (size_t i = 0; i < choices.n; i++) {
        if (str_trim(choices.v[i]).len == 0 || str_code_points(choices.v[i]) > 120)
            return FAIL_FIELD(ERR_INVALID, "unknown_value", "choices");
        for (size_t j = 0; j < i; j++)
            if (str_eq_nocase(choices.v[i], choices.v[j]))
                return FAIL_FIELD(ERR_INVALID, "unknown_value", "choices");
    }
    return OK;
}

static struct err
post_field(struct cx *cx, struct req *req, struct res *res)
{
    struct field_body body = { 0 };
    struct db_row row;
    struct json_out o;

    TRY(req_body(req, new_field_fields, &body));
    body.name = str_trim(body.name);
    if (body.name.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "name");
    if (!is_kind(body.kind))
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "kind");
    TRY(check_choices(body.kind, body.choices));
    TRY(db_one(cx, &SQL_field_add, &row, P_ID(cx->account), P_STR(body.name), P_STR(body.kind),
               db_p_strs(cx->arena, body.choices.v, body.choices.n), P_BOOL(body.is_required),
               P_TIME(cx->now_us)));
    audit_add(cx, "contact_field.created", "contact_field", db_i64(&row, 0), STR(""));
    o = res_json_begin(res, 201);
    json_open(&o, '{');
    json_kv_i64(&o, "id", db_i64(&row, 0));
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
patch_field(struct cx *cx, struct req *req, struct res *res)
{
    struct audit_change change = { 0 };
    struct field_body body = { 0 };
    struct db_row row;
    struct str name, kind;
    int64_t id;

    TRY(req_path_id(req, "id", &id));
    TRY(db_one(cx, &SQL_field_lock, &row, P_ID(cx->account), P_I64(id)));
    name = db_str(&row, 0);
    kind = db_str(&row, 1);
    body.is_required = db_bool(&row, 3);
    body.position = db_i64(&row, 4);
    TRY(req_body(req, field_fields, &body));
    if (body.name.p != NULL && str_trim(body.name).len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "name");
    if (body.choices.n > 0)
        TRY(check_choices(kind, body.choices));
    if (body.position < 0 || body.position > 10000)
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "position");
    TRY(db_exec(cx, &SQL_field_save, NULL, P_ID(cx->account), P_I64(id),
                P_STR(body.name.p != NULL ? str_trim(body.name) : name),
                body.choices.n > 0 ? db_p_strs(cx->arena, body.choices.v, body.choices.n)
                                   : P_STR(db_str(&row, 2)),
                P_BOOL(body.is_required), P_I64(body.position)));
    audit_text(&change, "name", name, body.name.p != NULL ? str_trim(body.name) : name);
    audit_flag(&change, "is_required", db_bool(&row, 3), body.is_required);
    audit_changed(cx, "contact_field.edited", "contact_field", id, &change);
    return res_empty(res, 204);
}

/* With every value of it. */
static struct err
delete_field(struct cx *cx, struct req *req, struct res *res)
{
    struct audit_change change = { 0 };
    struct db_row row;
    int64_t id;

    TRY(req_path_id(req, "id", &id));
    TRY(db_one(cx, &SQL_field_lock, &row, P_ID(cx->account), P_I64(id)));
    TRY(db_exec(cx, &SQL_field_remove, NULL, P_ID(cx->account), P_I64(id)));
    audit_text(&change, "name", db_str(&row, 0), (struct str){ 0 });
    audit_changed(cx, "contact_field.deleted", "contact_field", id, &change);
    return res_empty(res, 204);
}

const struct route contact_field_routes[] = {
    { GET, "/api/v1/contact-fields", "contacts.view", TX_READ, get_fields, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { POST, "/api/v1/contact-fields", "contact_fields.manage", TX_WRITE, post_field, ACCESS_MEMBER,
      BODY_JSON, "contact_field.created" },
    { PATCH, "/api/v1/contact-fields/:id", "contact_fields.manage", TX_WRITE, patch_field,
      ACCESS_MEMBER, BODY_JSON, "contact_field.edited" },
    { DELETE, "/api/v1/contact-fields/:id", "contact_fields.manage", TX_WRITE, delete_field,
      ACCESS_MEMBER, BODY_NONE, "contact_field.deleted" },
    { 0 },
};
