#include "contacts_private.h"
#include "fields.h"
#include "trail.h"

#include "domain/audit/audit.h"
#include "domain/auth/auth.h"

#include "contacts.sql.h"
#include "contacts_edit.sql.h"
#include "contacts_trail.sql.h"

static struct err
get_contact(struct cx *cx, struct req *req, struct res *res)
{
    struct contact_id id;

    TRY(req_path_id(req, "id", &id.v));
    return contact_answer(cx, res, 200, id);
}

struct contact_body {
    struct str name, email, notes;
    const struct json *fields; /* the account's own */
    struct str phone;          /* of a new one */
};

static const struct json_field contact_fields[] = {
    { "name", JSON_STR, false, offsetof(struct contact_body, name), 120 },
    { "email", JSON_STR, false, offsetof(struct contact_body, email), 254 },
    { "notes", JSON_STR, false, offsetof(struct contact_body, notes), 4000 },
    { "fields", JSON_ANY, false, offsetof(struct contact_body, fields), 0 },
    { 0 },
};

/* row: contact_before. What is absent in the body stayed as it was. */
static struct err
leave_trail(struct cx *cx, struct contact_id id, const struct db_row *row,
            const struct contact_body *body)
{
    const struct {
        const char *name;
        struct str before, after;
    } fields[] = {
        { "name", db_str(row, 0), body->name },
        { "email", db_str(row, 1), body->email },
        { "notes", db_str(row, 2), body->notes },
    };
    struct audit_change change = { 0 };

    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (fields[i].after.p != NULL)
            TRY(contacts_note_field(cx, id, &change, fields[i].name, fields[i].before,
                                    fields[i].after));
    audit_changed(cx, "contact.edited", "contact", id.v, &change);
    return OK;
}

static struct err
patch_contact(struct cx *cx, struct req *req, struct res *res)
{
    struct contact_body body = { 0 };
    struct contact_id id;
    struct db_row before;

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
    TRY(db_one(cx, &SQL_contact_before, &before, P_ID(cx->account), P_ID(id)));
    TRY(db_exec(cx, &SQL_contact_edit, NULL, P_ID(cx->account), P_ID(id), P_STR(body.name),
                P_STR(body.email), P_STR(body.notes)));
    TRY(fields_save(cx, id, body.fields, /* is_new= */ false));
    TRY(leave_trail(cx, id, &before, &body));
    contact_tell(cx, id);
    return contact_answer(cx, res, 200, id);
}

static const struct json_field new_contact_fields[] = {
    { "name", JSON_STR, true, offsetof(struct contact_body, name), 120 },
    { "email", JSON_STR, false, offsetof(struct contact_body, email), 254 },
    { "notes", JSON_STR, false, offsetof(struct contact_body, notes), 4000 },
    { "phone", JSON_STR, false, offsetof(struct contact_body, phone), 40 },
    { "fields", JSON_ANY, false, offsetof(struct contact_body, fields), 0 },
    { 0 },
};

static struct err
post_contact(struct cx *cx, struct req *req, struct res *res)
{
    struct contact_body body = { 0 };
    struct contact_id id;
    struct db_row row;

    TRY(req_body(req, new_contact_fields, &body));
    body.name = str_trim(body.name);
    body.email = str_trim(body.email);
    if (body.name.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "name");
    if (body.email.len > 0)
        TRY(contacts_check_email(body.email));
    TRY(db_one(cx, &SQL_contact_create, &row, P_ID(cx->account), P_STR(body.name),
               P_STR(body.email), P_STR(body.notes), P_ID(cx->member), P_TIME(cx->now_us)));
    id.v = db_i64(&row, 0);
    if (str_trim(body.phone).len > 0)
        TRY(contact_add_identity(cx, res, id, "phone", body.phone, "phone", &row));
    TRY(fields_save(cx, id, body.fields, /* is_new= */ true));
    audit_add(cx, "contact.created", "contact", id.v, STR(""));
    contact_tell(cx, id);
    return contact_answer(cx, res, 201, id);
}

enum { REVEALS_AN_HOUR = 30 };

struct err
contacts_count_reveal(struct cx *cx, struct res *res, struct contact_id id, struct str field)
{
    struct db_row count;

    TRY(db_one(cx, &SQL_reveal_add, &count, P_ID(cx->account), P_ID(cx->member), P_ID(id),
               P_STR(field), P_TIME(cx->now_us)));
    if (db_i64(&count, 0) <= REVEALS_AN_HOUR)
        return OK;
    res->retry_after_s = 3600;
    return FAIL(ERR_TOO_MANY, "too_many_reveals");
}

struct reveal_body {
    struct str field;
};

static bool
is_revealable(struct str field)
{
    return str_eq(field, STR("phone")) || str_eq(field, STR("email")) || str_eq(field, STR("name"));
}

/* One field of one contact in full: on the trail by its name, and thirty an hour. */
static struct err
post_reveal(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "field", JSON_STR, true, offsetof(struct reveal_body, field), 20 },
        { 0 },
    };
    struct reveal_body body = { 0 };
    struct contact_id id;
    struct db_row row;
    struct json_out o;
    bool found;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, fields, &body));
    if (!is_revealable(body.field))
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "field");
    TRY(db_opt(cx, &SQL_contact_reveal, &found, &row, P_ID(cx->account), P_ID(id),
               P_STR(body.field)));
    if (!found)
        return FAIL(ERR_NOT_FOUND, "not_found");
    TRY(contacts_count_reveal(cx, res, id, body.field));
    audit_add(cx, "contact.revealed", "contact", id.v,
              str_fmt(cx->arena, "{\"after\":{\"field\":\"%.*s\"}}", STR_ARG(body.field)));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_str(&o, "field", body.field);
    json_kv_str(&o, "value", db_str(&row, 0));
    json_close(&o, '}');
    return res_json_end(res);
}

const struct route contacts_routes[] = {
    { POST, "/api/v1/contacts", "contacts.create", TX_WRITE, post_contact, ACCESS_MEMBER, BODY_JSON,
      "contact.created" },
    { GET, "/api/v1/contacts/:id", "contacts.view", TX_READ, get_contact, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { PATCH, "/api/v1/contacts/:id", "contacts.edit", TX_WRITE, patch_contact, ACCESS_MEMBER,
      BODY_JSON, "contact.edited" },
    { POST, "/api/v1/contacts/:id/reveal", "contacts.unmask", TX_WRITE, post_reveal, ACCESS_MEMBER,
      BODY_JSON, "contact.revealed" },
    { 0 },
};
