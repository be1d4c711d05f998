#include "tags.h"

#include "domain/uses/uses.h"

#include "tags.sql.h"

enum { NAME_MAX_CHARS = 40, DESCRIPTION_MAX_CHARS = 200 };

static struct err
get_tags(struct cx *cx, struct req *req, struct res *res)
{
    struct db_rows rows;
    struct json_out o;

    (void)req;
    TRY(db_many(cx, &SQL_tag_list_used, &rows, P_ID(cx->account)));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);
        struct tag tag = tags_from_row(&row);

        json_open(&o, '{');
        json_key(&o, "tag");
        tag_write_json(&o, &tag);
        json_kv_i64(&o, "tickets", db_i64(&row, 5));
        json_kv_i64(&o, "messages", db_i64(&row, 6));
        json_kv_i64(&o, "contacts", db_i64(&row, 7));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
post_tag(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "name", JSON_STR, true, offsetof(struct tag, name), NAME_MAX_CHARS },
        { "color", JSON_STR, false, offsetof(struct tag, color), 20 },
        { "description", JSON_STR, false, offsetof(struct tag, description),
          DESCRIPTION_MAX_CHARS },
        { 0 },
    };
    struct tag tag = { .color = STR("plain"), .description = STR("") };

    TRY(req_body(req, fields, &tag));
    TRY(tags_add(cx, &tag));
    return res_json(res, 201, tag_write_json, &tag);
}

static struct err
patch_tag(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "name", JSON_STR, false, offsetof(struct tag, name), NAME_MAX_CHARS },
        { "color", JSON_STR, false, offsetof(struct tag, color), 20 },
        { "description", JSON_STR, false, offsetof(struct tag, description),
          DESCRIPTION_MAX_CHARS },
        { "is_active", JSON_FLAG, false, offsetof(struct tag, is_active), 0 },
        { 0 },
    };
    struct tag_id id;
    struct tag tag;
    bool was_active;

    TRY(req_path_id(req, "id", &id.v));
    TRY(tags_lock(cx, id, &tag));
    was_active = tag.is_active;
    TRY(req_body(req, fields, &tag));
    if (was_active && !tag.is_active)
        TRY(uses_require_none(cx, res, "tag", id.v));
    TRY(tags_edit(cx, &tag));
    TRY(tags_lock(cx, id, &tag));
    return res_json(res, 200, tag_write_json, &tag);
}

struct tag_body {
    int64_t tag_id;
};

static const struct json_field tag_fields[] = {
    { "tag_id", JSON_ID, true, offsetof(struct tag_body, tag_id), 0 },
    { 0 },
};

static struct err
post_merge(struct cx *cx, struct req *req, struct res *res)
{
    struct tag_body body = { 0 };
    struct tag_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, tag_fields, &body));
    TRY(uses_require_none(cx, res, "tag", id.v));
    TRY(tags_merge(cx, id, (struct tag_id){ body.tag_id }));
    return res_empty(res, 204);
}

/* Which tag: in the body of what puts it on, in the path of what takes it off. */
static struct err
read_tag(struct req *req, bool on, struct tag_id *out)
{
    struct tag_body body = { 0 };

    if (!on)
        return req_path_id(req, "tag", &out->v);
    TRY(req_body(req, tag_fields, &body));
    out->v = body.tag_id;
    return OK;
}

static struct err
tag_ticket(struct cx *cx, struct req *req, struct res *res, bool on)
{
    struct ticket_id id;
    struct ticket ticket;
    struct tag_id tag;

    TRY(req_path_id(req, "id", &id.v));
    TRY(read_tag(req, on, &tag));
    TRY(tags_on_ticket(cx, id, tag, on, &ticket));
    return res_json(res, 200, ticket_write_json, &ticket);
}

static struct err
tag_message(struct cx *cx, struct req *req, struct res *res, bool on)
{
    struct message message;
    struct ticket_id id;
    struct tag_id tag;
    int64_t seq;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_path_id(req, "seq", &seq));
    TRY(read_tag(req, on, &tag));
    TRY(tags_on_message(cx, id, seq, tag, on, &message));
    return res_json(res, 200, message_write_json, &message);
}

static struct err
tag_contact(struct cx *cx, struct req *req, struct res *res, bool on)
{
    struct contact_id id;
    struct tag_id tag;

    TRY(req_path_id(req, "id", &id.v));
    TRY(read_tag(req, on, &tag));
    TRY(tags_on_contact(cx, id, tag, on));
    return res_empty(res, 204);
}

static struct err
post_ticket_tag(struct cx *cx, struct req *req, struct res *res)
{
    return tag_ticket(cx, req, res, true);
}

static struct err
delete_ticket_tag(struct cx *cx, struct req *req, struct res *res)
{
    return tag_ticket(cx, req, res, false);
}

static struct err
post_message_tag(struct cx *cx, struct req *req, struct res *res)
{
    return tag_message(cx, req, res, true);
}

static struct err
delete_message_tag(struct cx *cx, struct req *req, struct res *res)
{
    return tag_message(cx, req, res, false);
}

static struct err
post_contact_tag(struct cx *cx, struct req *req, struct res *res)
{
    return tag_contact(cx, req, res, true);
}

static struct err
delete_contact_tag(struct cx *cx, struct req *req, struct res *res)
{
    return tag_contact(cx, req, res, false);
}

static struct err
get_contact_tags(struct cx *cx, struct req *req, struct res *res)
{
    struct contact_id id;
    struct db_rows rows;
    struct json_out o;

    TRY(req_path_id(req, "id", &id.v));
    TRY(contacts_require(cx, id));
    TRY(db_many(cx, &SQL_contact_tag_list, &rows, P_ID(cx->account), P_ID(id)));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        json_put_i64(&o, db_i64(&row, 0));
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

const struct route tags_routes[] = {
    { GET, "/api/v1/tags", "tags.manage", TX_READ, get_tags, ACCESS_MEMBER, BODY_NONE, NULL },
    { POST, "/api/v1/tags", "tags.create", TX_WRITE, post_tag, ACCESS_MEMBER, BODY_JSON,
      "tag.created" },
    { PATCH, "/api/v1/tags/:id", "tags.manage", TX_WRITE, patch_tag, ACCESS_MEMBER, BODY_JSON,
      "tag.edited" },
    { POST, "/api/v1/tags/:id/merge", "tags.manage", TX_WRITE, post_merge, ACCESS_MEMBER, BODY_JSON,
      "tag.merged" },
    { POST, "/api/v1/tickets/:id/tags", "tickets.tag", TX_WRITE, post_ticket_tag, ACCESS_MEMBER,
      BODY_JSON, "ticket.tagged" },
    { DELETE, "/api/v1/tickets/:id/tags/:tag", "tickets.tag", TX_WRITE, delete_ticket_tag,
      ACCESS_MEMBER, BODY_NONE, "ticket.untagged" },
    { POST, "/api/v1/tickets/:id/messages/:seq/tags", "tickets.tag", TX_WRITE, post_message_tag,
      ACCESS_MEMBER, BODY_JSON, "message.tagged" },
    { DELETE, "/api/v1/tickets/:id/messages/:seq/tags/:tag", "tickets.tag", TX_WRITE,
      delete_message_tag, ACCESS_MEMBER, BODY_NONE, "message.untagged" },
    { GET, "/api/v1/contacts/:id/tags", "contacts.view", TX_READ, get_contact_tags, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { POST, "/api/v1/contacts/:id/tags", "contacts.tag", TX_WRITE, post_contact_tag, ACCESS_MEMBER,
      BODY_JSON, "contact.tagged" },
    { DELETE, "/api/v1/contacts/:id/tags/:tag", "contacts.tag", TX_WRITE, delete_contact_tag,
      ACCESS_MEMBER, BODY_NONE, "contact.untagged" },
    { 0 },
};
