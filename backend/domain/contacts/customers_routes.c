/*
 * Registrations: who somebody is on paper, one for each CPF or CNPJ, and which contacts speak for them
 * (zero or more each way). The trail says that a field was set, never what it holds.
 */
#include "contacts_private.h"
#include "documents.h"
#include "fields.h"

#include "domain/audit/audit.h"
#include "domain/auth/auth.h"

#include "contacts_customers.sql.h"

static void
write_customer(struct cx *cx, struct json_out *o, const struct db_row *row)
{
    json_open(o, '{');
    json_kv_i64(o, "id", db_i64(row, 0));
    json_kv_str(o, "kind", db_str(row, 1));
    json_kv_str(o, "document", document_print(cx->arena, db_str(row, 2)));
    json_kv_str(o, "name", db_str(row, 3));
    json_kv_str(o, "email", db_str(row, 4));
    json_kv_str(o, "phone", db_str(row, 5));
    json_kv_str(o, "birth_on", db_str(row, 6));
    json_kv_str(o, "street", db_str(row, 7));
    json_kv_str(o, "city", db_str(row, 8));
    json_kv_str(o, "state", db_str(row, 9));
    json_kv_time(o, "created_at", db_time(row, 10));
    json_close(o, '}');
}

static struct err
answer_all(struct cx *cx, struct res *res, int status, struct contact_id id)
{
    struct db_rows rows;
    struct json_out o;

    TRY(db_many(cx, &SQL_customers_of_contact, &rows, P_ID(cx->account), P_ID(id)));
    if (rows.count == 0)
        TRY(contacts_require(cx, id));
    o = res_json_begin(res, status);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        write_customer(cx, &o, &row);
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
get_of_contact(struct cx *cx, struct req *req, struct res *res)
{
    struct contact_id id;

    TRY(req_path_id(req, "id", &id.v));
    return answer_all(cx, res, 200, id);
}

struct link_body {
    struct str document, name;
};

/* The registration of this document, made when it is not there. */
static struct err
find_or_add(struct cx *cx, struct str document, struct str name, int64_t *id)
{
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_customer_find, &found, &row, P_ID(cx->account), P_STR(document)));
    if (!found) {
        if (name.len == 0)
            return FAIL_FIELD(ERR_INVALID, "required", "name");
        TRY(db_one(cx, &SQL_customer_add, &row, P_ID(cx->account),
                   P_STR(document.len == CPF_LENGTH ? STR("person") : STR("company")),
                   P_STR(document), P_STR(name), P_ID(cx->member), P_TIME(cx->now_us)));
        audit_add(cx, "customer.created", "customer", db_i64(&row, 0), STR(""));
    }
    *id = db_i64(&row, 0);
    return OK;
}

static struct err
post_link(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "document", JSON_STR, true, offsetof(struct link_body, document), 30 },
        { "name", JSON_STR, false, offsetof(struct link_body, name), 120 },
        { 0 },
    };
    struct audit_change change = { 0 };
    struct link_body body = { 0 };
    struct contact_id id;
    struct str document;
    int64_t customer;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, fields, &body));
    if (!document_normalise(cx->arena, body.document, &document))
        return FAIL_FIELD(ERR_INVALID, "document_invalid", "document");
    TRY(contact_lock(cx, id));
    TRY(find_or_add(cx, document, str_trim(body.name), &customer));
    TRY(db_exec(cx, &SQL_customer_link, NULL, P_ID(cx->account), P_ID(id), P_I64(customer),
                P_TIME(cx->now_us)));
    audit_id(&change, "customer_id", 0, customer);
    audit_changed(cx, "contact.linked", "contact", id.v, &change);
    contact_tell(cx, id);
    return answer_all(cx, res, 201, id);
}

static struct err
delete_link(struct cx *cx, struct req *req, struct res *res)
{
    struct audit_change change = { 0 };
    struct contact_id id;
    int64_t customer, changed;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_path_id(req, "customer", &customer));
    TRY(contact_lock(cx, id));
    TRY(db_exec(cx, &SQL_customer_unlink, &changed, P_ID(cx->account), P_ID(id), P_I64(customer)));
    if (changed == 0)
        return FAIL(ERR_NOT_FOUND, "not_found");
    audit_id(&change, "customer_id", customer, 0);
    audit_changed(cx, "contact.unlinked", "contact", id.v, &change);
    contact_tell(cx, id);
    return answer_all(cx, res, 200, id);
}

static struct err
answer_one(struct cx *cx, struct res *res, int64_t id)
{
    struct db_row row;
    struct json_out o;

    TRY(db_one(cx, &SQL_customer_get, &row, P_ID(cx->account), P_I64(id)));
    o = res_json_begin(res, 200);
    write_customer(cx, &o, &row);
    return res_json_end(res);
}

static struct err
get_customer(struct cx *cx, struct req *req, struct res *res)
{
    int64_t id;

    TRY(req_path_id(req, "id", &id));
    return answer_one(cx, res, id);
}

struct customer_body {
    struct str name, email, phone, birth_on, street, city, state;
};

static const struct json_field customer_fields[] = {
    { "name", JSON_STR, false, offsetof(struct customer_body, name), 120 },
    { "email", JSON_STR, false, offsetof(struct customer_body, email), 254 },
    { "phone", JSON_STR, false, offsetof(struct customer_body, phone), 40 },
    { "birth_on", JSON_STR, false, offsetof(struct customer_body, birth_on), 10 },
    { "street", JSON_STR, false, offsetof(struct customer_body, street), 200 },
    { "city", JSON_STR, false, offsetof(struct customer_body, city), 100 },
    { "state", JSON_STR, false, offsetof(struct customer_body, state), 2 },
    { 0 },
};

/* What is shown with a mask would come back with it. */
static struct err
check_masks(const struct cx *cx, const struct customer_body *body)
{
    const struct {
        struct str value;
        enum mask mask;
        const char *field;
    } masked[] = {
        { body->email, MASK_EMAIL, "email" },
        { body->phone, MASK_PHONE, "phone" },
        { body->birth_on, MASK_BIRTH, "birth_on" },
        { body->street, MASK_ADDRESS, "street" },
    };

    for (size_t i = 0; i < sizeof masked / sizeof masked[0]; i++)
        if (masked[i].value.p != NULL && (cx->access->masks & masked[i].mask) != 0)
            return FAIL_FIELD(ERR_FORBIDDEN, "field_masked", masked[i].field);
    return OK;
}

static struct err
check_customer(struct cx *cx, struct customer_body *body)
{
    static const struct field_def date = { .kind = STR_INIT("date") };
    struct str phone;

    TRY(check_masks(cx, body));
    if (body->name.p != NULL && str_trim(body->name).len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "name");
    if (body->email.len > 0)
        TRY(contacts_check_email(body->email));
    if (body->phone.len > 0) {
        phone = contacts_identity_key(cx->arena, "phone", body->phone);
        if (phone.len == 0)
            return FAIL_FIELD(ERR_INVALID, "phone_invalid", "phone");
        body->phone = phone;
    }
    if (body->birth_on.len > 0 &&
        field_normalise(cx->arena, &date, body->birth_on, &body->birth_on).code != ERR_NONE)
        return FAIL_FIELD(ERR_INVALID, "date_invalid", "birth_on");
    return OK;
}

static void
note(struct audit_change *change, const char *name, struct str before, struct str after)
{
    if (after.p != NULL && !str_eq(before, after))
        audit_secret(change, name);
}

static struct err
patch_customer(struct cx *cx, struct req *req, struct res *res)
{
    struct audit_change change = { 0 };
    struct customer_body body = { 0 };
    struct db_row before;
    int64_t id;

    TRY(req_path_id(req, "id", &id));
    TRY(req_body(req, customer_fields, &body));
    TRY(check_customer(cx, &body));
    TRY(db_one(cx, &SQL_customer_lock, &before, P_ID(cx->account), P_I64(id)));
    TRY(db_exec(cx, &SQL_customer_save, NULL, P_ID(cx->account), P_I64(id), P_STR(body.name),
                P_STR(body.email), P_STR(body.phone), P_STR(body.birth_on), P_STR(body.street),
                P_STR(body.city), P_STR(body.state)));
    note(&change, "name", db_str(&before, 3), body.name);
    note(&change, "email", db_str(&before, 4), body.email);
    note(&change, "phone", db_str(&before, 5), body.phone);
    note(&change, "birth_on", db_str(&before, 6), body.birth_on);
    note(&change, "street", db_str(&before, 7), body.street);
    note(&change, "city", db_str(&before, 8), body.city);
    note(&change, "state", db_str(&before, 9), body.state);
    audit_changed(cx, "customer.edited", "customer", id, &change);
    return answer_one(cx, res, id);
}

const struct route customers_routes[] = {
    { GET, "/api/v1/contacts/:id/customers", "customers.view", TX_READ, get_of_contact,
      ACCESS_MEMBER, BODY_NONE, NULL },
    { POST, "/api/v1/contacts/:id/customers", "customers.edit", TX_WRITE, post_link, ACCESS_MEMBER,
      BODY_JSON, "contact.linked" },
    { DELETE, "/api/v1/contacts/:id/customers/:customer", "customers.edit", TX_WRITE, delete_link,
      ACCESS_MEMBER, BODY_NONE, "contact.unlinked" },
    { GET, "/api/v1/customers/:id", "customers.view", TX_READ, get_customer, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { PATCH, "/api/v1/customers/:id", "customers.edit", TX_WRITE, patch_customer, ACCESS_MEMBER,
      BODY_JSON, "customer.edited" },
    { 0 },
};
