#include "messages_private.h"

static struct err
path_of(struct req *req, struct ticket_id *id, int64_t *seq)
{
    TRY(req_path_id(req, "id", &id->v));
    return req_path_id(req, "seq", seq);
}

static struct err
patch_message(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "text", JSON_STR, true, 0, 10000 },
        { 0 },
    };
    struct str text = { 0 };
    struct message message;
    struct ticket_id id;
    int64_t seq;

    TRY(path_of(req, &id, &seq));
    TRY(req_body(req, fields, &text));
    TRY(messages_edit(cx, id, seq, str_trim(text), &message));
    return res_json(res, 200, message_write_json, &message);
}

static struct err
delete_message(struct cx *cx, struct req *req, struct res *res)
{
    struct message message;
    struct ticket_id id;
    int64_t seq;

    TRY(path_of(req, &id, &seq));
    TRY(messages_delete(cx, id, seq, &message));
    return res_json(res, 200, message_write_json, &message);
}

static struct err
post_originals(struct cx *cx, struct req *req, struct res *res)
{
    struct originals originals;
    struct ticket_id id;
    struct json_out o;
    int64_t seq;

    TRY(path_of(req, &id, &seq));
    TRY(messages_originals(cx, id, seq, &originals));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (size_t i = 0; i < originals.n; i++) {
        json_open(&o, '{');
        json_kv_str(&o, "text", originals.v[i].text.p == NULL ? STR("") : originals.v[i].text);
        json_kv_time(&o, "until", originals.v[i].until_us);
        json_kv_id(&o, "member_id", originals.v[i].member.v);
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_key(&o, "attachments");
    json_open(&o, '[');
    for (int64_t i = 0;
         originals.message.attachments != NULL && i < originals.message.attachment_count; i++)
        attachment_write_json(&o, &originals.message.attachments[i]);
    json_close(&o, ']');
    json_close(&o, '}');
    return OK;
}

const struct route amend_routes[] = {
    { PATCH, "/api/v1/tickets/:id/messages/:seq", "messages.edit_own", TX_WRITE, patch_message,
      ACCESS_MEMBER, BODY_JSON, "message.edited" },
    { DELETE, "/api/v1/tickets/:id/messages/:seq", "messages.edit_own", TX_WRITE, delete_message,
      ACCESS_MEMBER, BODY_NONE, "message.deleted" },
    { POST, "/api/v1/tickets/:id/messages/:seq/originals", "messages.view_original", TX_WRITE,
      post_originals, ACCESS_MEMBER, BODY_JSON, "message.original_read" },
    { 0 },
};
