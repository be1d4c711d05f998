#include "contacts.h"

#include "domain/audit/audit.h"
#include "domain/auth/auth.h"

#include "contacts.sql.h"

static struct err
write_contact(struct cx *cx, struct res *res, const struct db_row *row)
{
    struct db_rows identities;
    struct json_out o;

    TRY(db_many(cx, &SQL_contact_identities_list, &identities, P_ID(cx->account),
                P_I64(db_i64(row, 0))));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_i64(&o, "id", db_i64(row, 0));
    json_kv_str(&o, "name", db_str(row, 1));
    json_kv_str(&o, "email", db_str(row, 2));
    json_kv_str(&o, "notes", db_str(row, 3));
    json_kv_time(&o, "created_at", db_time(row, 4));
    json_key(&o, "identities");
    json_open(&o, '[');
    for (int i = 0; i < identities.count; i++) {
        struct db_row identity = db_row_at(&identities, i);

        json_open(&o, '{');
        json_kv_i64(&o, "id", db_i64(&identity, 0));
        json_kv_str(&o, "kind", db_str(&identity, 1));
        json_kv_str(&o, "address", db_str(&identity, 2));
        json_kv_bool(&o, "is_verified", db_bool(&identity, 3));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return OK;
}

static struct err
get_contact(struct cx *cx, struct req *req, struct res *res)
{
    struct contact_id id;
    struct db_row row;

    TRY(req_path_id(req, "id", &id.v));
    TRY(db_one(cx, &SQL_contact_get, &row, P_ID(cx->account), P_ID(id)));
    return write_contact(cx, res, &row);
}

struct contact_body {
    struct str name, email, notes;
};

static const struct json_field contact_fields[] = {
    { "name", JSON_STR, false, offsetof(struct contact_body, name), 120 },
    { "email", JSON_STR, false, offsetof(struct contact_body, email), 254 },
    { "notes", JSON_STR, false, offsetof(struct contact_body, notes), 4000 },
    { 0 },
};

/* Names of the fields that were asked for, never their values: the trail outlives the person. */
static struct str
edited_fields(struct cx *cx, const struct contact_body *body)
{
    struct buf buf = { .arena = cx->arena };
    struct json_out o = { .buf = &buf };

    json_open(&o, '{');
    json_key(&o, "fields");
    json_open(&o, '[');
    if (body->email.p != NULL)
        json_put_str(&o, STR("email"));
    if (body->name.p != NULL)
        json_put_str(&o, STR("name"));
    if (body->notes.p != NULL)
        json_put_str(&o, STR("notes"));
    json_close(&o, ']');
    json_close(&o, '}');
    return buf_str(&buf);
}

static struct err
patch_contact(struct cx *cx, struct req *req, struct res *res)
{
    struct contact_body body = { 0 };
    struct contact_id id;
    struct db_row row;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, contact_fields, &body));
    if (body.name.p != NULL && str_trim(body.name).len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "name");
    /* What is shown with a mask would come back with it. */
    if (body.email.p != NULL && (cx->access->masks & MASK_EMAIL) != 0)
        return FAIL_FIELD(ERR_FORBIDDEN, "field_masked", "email");
    body.email = str_trim(body.email);
    if (body.email.len > 0)
        TRY(contacts_check_email(body.email));
    TRY(db_one(cx, &SQL_contact_edit, &row, P_ID(cx->account), P_ID(id), P_STR(body.name),
               P_STR(body.email), P_STR(body.notes)));
    audit_add(cx, "contact.edited", "contact", id.v, edited_fields(cx, &body));
    return write_contact(cx, res, &row);
}

const struct route contacts_routes[] = {
    { GET, "/api/v1/contacts/:id", "contacts.view", TX_READ, get_contact, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { PATCH, "/api/v1/contacts/:id", "contacts.edit", TX_WRITE, patch_contact, ACCESS_MEMBER,
      BODY_JSON, "contact.edited" },
    { 0 },
};
