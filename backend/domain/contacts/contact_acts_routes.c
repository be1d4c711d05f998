/* What is done to a contact as a whole: marked as deleted and taken back, blocked and let in again. */
#include "contacts_private.h"

#include "domain/audit/audit.h"
#include "domain/auth/auth.h"

#include "contacts.sql.h"
#include "contacts_edit.sql.h"
#include "contacts_said.sql.h"

struct reason_body {
    struct str reason;
};

static const struct json_field reason_fields[] = {
    { "reason", JSON_STR, false, offsetof(struct reason_body, reason), 300 },
    { 0 },
};

/* Held, and why. */
static struct err
begin(struct cx *cx, struct req *req, struct contact_id *id, struct reason_body *body)
{
    TRY(req_path_id(req, "id", &id->v));
    TRY(req_body(req, reason_fields, body));
    TRY(contact_lock(cx, *id));
    body->reason = str_trim(body->reason);
    if (body->reason.p == NULL)
        body->reason = STR("");
    return OK;
}

static struct err
finish(struct cx *cx, struct res *res, struct contact_id id, const char *action, struct str reason)
{
    struct audit_change change = { .reason = reason };

    audit_changed(cx, action, "contact", id.v, &change);
    contact_tell(cx, id);
    return contact_answer(cx, res, 200, id);
}

static struct err
post_delete(struct cx *cx, struct req *req, struct res *res)
{
    struct reason_body body = { 0 };
    struct contact_id id;
    struct db_row row;

    TRY(begin(cx, req, &id, &body));
    TRY(db_one(cx, &SQL_contact_has_live_ticket, &row, P_ID(cx->account), P_ID(id)));
    if (db_bool(&row, 0))
        return FAIL(ERR_CONFLICT, "contact_has_live_ticket");
    TRY(db_exec(cx, &SQL_contact_delete, NULL, P_ID(cx->account), P_ID(id), P_ID(cx->member),
                P_STR(body.reason), P_TIME(cx->now_us)));
    return finish(cx, res, id, "contact.deleted", body.reason);
}

static struct err
post_restore(struct cx *cx, struct req *req, struct res *res)
{
    struct contact_id id;
    int64_t changed;

    TRY(req_path_id(req, "id", &id.v));
    TRY(contact_lock(cx, id));
    TRY(db_exec(cx, &SQL_contact_revive, &changed, P_ID(cx->account), P_ID(id)));
    if (changed == 0)
        return FAIL(ERR_CONFLICT, "contact_not_deleted");
    return finish(cx, res, id, "contact.restored", STR(""));
}

/* Into the address book. Saving twice saves once. */
static struct err
post_save(struct cx *cx, struct req *req, struct res *res)
{
    struct contact_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(contact_lock(cx, id));
    TRY(db_exec(cx, &SQL_contact_save, NULL, P_ID(cx->account), P_ID(id)));
    return finish(cx, res, id, "contact.saved", STR(""));
}

static struct err
post_block(struct cx *cx, struct req *req, struct res *res)
{
    struct reason_body body = { 0 };
    struct contact_id id;

    TRY(begin(cx, req, &id, &body));
    TRY(db_exec(cx, &SQL_contact_block, NULL, P_ID(cx->account), P_ID(id), P_ID(cx->member),
                P_STR(body.reason), P_TIME(cx->now_us)));
    return finish(cx, res, id, "contact.blocked", body.reason);
}

static struct err
post_unblock(struct cx *cx, struct req *req, struct res *res)
{
    struct contact_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(contact_lock(cx, id));
    TRY(db_exec(cx, &SQL_contact_unblock, NULL, P_ID(cx->account), P_ID(id)));
    return finish(cx, res, id, "contact.unblocked", STR(""));
}

void
contacts_keep_blocked(struct cx *cx, struct contact_id id, int64_t channel_id,
                      struct str provider_id, struct str kind, struct str text)
{
    db_queue(cx, &SQL_blocked_message_add, P_ID(cx->account), P_ID(id), P_I64(channel_id),
             P_STR(provider_id), P_STR(kind), P_STR(text.p == NULL ? STR("") : text),
             P_TIME(cx->now_us));
}

static struct err
get_blocked_messages(struct cx *cx, struct req *req, struct res *res)
{
    struct contact_id id;
    struct db_rows rows;
    struct json_out o;

    TRY(req_path_id(req, "id", &id.v));
    TRY(db_many(cx, &SQL_blocked_message_list, &rows, P_ID(cx->account), P_ID(id)));
    if (rows.count == 0)
        TRY(contacts_require(cx, id));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        json_open(&o, '{');
        json_kv_i64(&o, "id", db_i64(&row, 0));
        json_kv_i64(&o, "channel_id", db_i64(&row, 1));
        json_kv_str(&o, "kind", db_str(&row, 2));
        json_kv_str(&o, "text", db_str(&row, 3));
        json_kv_time(&o, "received_at", db_time(&row, 4));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

const struct route contact_acts_routes[] = {
    { POST, "/api/v1/contacts/:id/delete", "contacts.delete", TX_WRITE, post_delete, ACCESS_MEMBER,
      BODY_JSON, "contact.deleted" },
    { POST, "/api/v1/contacts/:id/restore", "contacts.delete", TX_WRITE, post_restore,
      ACCESS_MEMBER, BODY_NONE, "contact.restored" },
    { POST, "/api/v1/contacts/:id/save", "contacts.create", TX_WRITE, post_save, ACCESS_MEMBER,
      BODY_NONE, "contact.saved" },
    { POST, "/api/v1/contacts/:id/block", "contacts.block", TX_WRITE, post_block, ACCESS_MEMBER,
      BODY_JSON, "contact.blocked" },
    { POST, "/api/v1/contacts/:id/unblock", "contacts.block", TX_WRITE, post_unblock, ACCESS_MEMBER,
      BODY_NONE, "contact.unblocked" },
    { GET, "/api/v1/contacts/:id/blocked-messages", "contacts.view", TX_READ, get_blocked_messages,
      ACCESS_MEMBER, BODY_NONE, NULL },
    { 0 },
};
