/* The ways in that a contact has: phones, and what an outside system calls them. */
#include "contacts_private.h"
#include "trail.h"

#include "domain/auth/auth.h"

#include "contacts.sql.h"
#include "contacts_edit.sql.h"

/* Says whose it is to those who may know. */
static struct err
refuse_taken(struct cx *cx, struct res *res, struct str kind, struct str key, const char *field)
{
    struct db_row row;
    struct json_out o;
    bool found;

    TRY(db_opt(cx, &SQL_identity_taken, &found, &row, P_ID(cx->account), P_STR(kind), P_STR(key)));
    if (!found)
        return OK;
    o = res_more(res);
    json_kv_id(&o, "contact_id", db_bool(&row, 1) ? db_i64(&row, 0) : 0);
    return FAIL_FIELD(ERR_CONFLICT, "identity_taken", field);
}

struct err
contact_add_identity(struct cx *cx, struct res *res, struct contact_id id, const char *kind,
                     struct str address, const char *field, struct db_row *out)
{
    struct str key = contacts_identity_key(cx->arena, kind, address);

    if (key.len == 0)
        return FAIL_FIELD(ERR_INVALID,
                          strcmp(kind, "phone") == 0 ? "phone_invalid" : "address_missing", field);
    TRY(refuse_taken(cx, res, str_of(kind), key, field));
    /* What was typed is kept as its normal form: a network that knows better says so later. */
    return db_one(cx, &SQL_identity_add, out, P_ID(cx->account), P_ID(id), P_NULL,
                  P_STR(str_of(kind)), P_STR(key),
                  P_STR(strcmp(kind, "phone") == 0 ? key : str_trim(address)), P_BOOL(false),
                  P_TIME(cx->now_us));
}

struct identity_body {
    struct str kind, address;
    bool is_verified;
};

static const char *
kind_of(struct str word)
{
    static const char *const kinds[] = { "phone", "external" };

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_eq(word, str_of(kinds[i])))
            return kinds[i];
    return NULL;
}

static struct err
leave_trail(struct cx *cx, struct contact_id id, struct str before, struct str after)
{
    struct audit_change change = { 0 };

    TRY(contacts_note_field(cx, id, &change, "address", before, after));
    audit_changed(cx, "contact.edited", "contact", id.v, &change);
    contact_tell(cx, id);
    return OK;
}

static struct err
post_identity(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "kind", JSON_STR, true, offsetof(struct identity_body, kind), 20 },
        { "address", JSON_STR, true, offsetof(struct identity_body, address), 120 },
        { 0 },
    };
    struct identity_body body = { 0 };
    struct contact_id id;
    struct db_row row;
    const char *kind;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, fields, &body));
    kind = kind_of(body.kind);
    if (kind == NULL)
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "kind");
    TRY(contact_lock(cx, id));
    TRY(contact_add_identity(cx, res, id, kind, body.address, "address", &row));
    TRY(leave_trail(cx, id, STR(""), body.address));
    return contact_answer(cx, res, 201, id);
}

static struct err
patch_identity(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "is_verified", JSON_FLAG, true, offsetof(struct identity_body, is_verified), 0 },
        { 0 },
    };
    struct identity_body body = { 0 };
    struct audit_change change = { 0 };
    struct contact_id id;
    struct db_row row;
    int64_t identity;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_path_id(req, "identity", &identity));
    TRY(req_body(req, fields, &body));
    TRY(contact_lock(cx, id));
    TRY(db_one(cx, &SQL_identity_verify, &row, P_ID(cx->account), P_ID(id), P_I64(identity),
               P_BOOL(body.is_verified)));
    audit_flag(&change, "is_verified", !body.is_verified, body.is_verified);
    audit_changed(cx, "contact.edited", "contact", id.v, &change);
    contact_tell(cx, id);
    return contact_answer(cx, res, 200, id);
}

/* One that conversations hang on stays: whom would their next answer go to? */
static struct err
delete_identity(struct cx *cx, struct req *req, struct res *res)
{
    struct contact_id id;
    struct db_row row;
    int64_t identity;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_path_id(req, "identity", &identity));
    TRY(contact_lock(cx, id));
    TRY(db_one(cx, &SQL_identity_find_one, &row, P_ID(cx->account), P_ID(id), P_I64(identity)));
    if (db_bool(&row, 1))
        return FAIL(ERR_CONFLICT, "identity_in_use");
    TRY(db_exec(cx, &SQL_identity_remove, NULL, P_ID(cx->account), P_I64(identity)));
    TRY(leave_trail(cx, id, db_str(&row, 0), STR("")));
    return contact_answer(cx, res, 200, id);
}

const struct route identities_routes[] = {
    { POST, "/api/v1/contacts/:id/identities", "contacts.edit", TX_WRITE, post_identity,
      ACCESS_MEMBER, BODY_JSON, "contact.edited" },
    { PATCH, "/api/v1/contacts/:id/identities/:identity", "contacts.edit", TX_WRITE, patch_identity,
      ACCESS_MEMBER, BODY_JSON, "contact.edited" },
    { DELETE, "/api/v1/contacts/:id/identities/:identity", "contacts.edit", TX_WRITE,
      delete_identity, ACCESS_MEMBER, BODY_NONE, "contact.edited" },
    { 0 },
};
