#include "start.h"
#include "tickets_private.h"

enum { KEY_MIN = 8, KEY_MAX = 64, TEXT_MAX = 10000 };

struct start_body {
    int64_t channel_id, department_id, contact_id, identity_id;
    struct str phone, name, text, client_key;
    int64_t template_id, attachment_id;
    const struct json *params;
};

static struct err
read_start(struct cx *cx, struct req *req, struct ticket_start *out)
{
    static const struct json_field fields[] = {
        { "client_key", JSON_STR, true, offsetof(struct start_body, client_key), KEY_MAX },
        { "channel_id", JSON_ID, true, offsetof(struct start_body, channel_id), 0 },
        { "department_id", JSON_ID, false, offsetof(struct start_body, department_id), 0 },
        { "contact_id", JSON_ID, false, offsetof(struct start_body, contact_id), 0 },
        { "identity_id", JSON_ID, false, offsetof(struct start_body, identity_id), 0 },
        { "phone", JSON_STR, false, offsetof(struct start_body, phone), 40 },
        { "name", JSON_STR, false, offsetof(struct start_body, name), 120 },
        { "text", JSON_STR, false, offsetof(struct start_body, text), TEXT_MAX },
        { "template_id", JSON_ID, false, offsetof(struct start_body, template_id), 0 },
        { "attachment_id", JSON_ID, false, offsetof(struct start_body, attachment_id), 0 },
        { "params", JSON_ANY, false, offsetof(struct start_body, params), 0 },
        { 0 },
    };
    struct start_body body = { 0 };

    TRY(req_body(req, fields, &body));
    if (body.client_key.len < KEY_MIN)
        return FAIL_FIELD(ERR_INVALID, "too_short", "client_key");
    /* Somebody we know, or a number: not both, not neither. */
    if ((body.contact_id == 0) == (str_trim(body.phone).len == 0))
        return FAIL_FIELD(ERR_INVALID, "required", "contact_id");
    /* A file goes as a template's header alone. */
    if (body.attachment_id != 0 && body.template_id == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "template_id");
    *out = (struct ticket_start){
        .client_key = body.client_key,
        .channel = { body.channel_id },
        .department = { body.department_id },
        .contact = { body.contact_id },
        .identity = { body.identity_id },
        .phone = str_trim(body.phone),
        .name = str_trim(body.name),
        .text = str_trim(body.text),
        .template = { body.template_id },
        .attachment_id = body.attachment_id,
    };
    return template_params_read(cx->arena, body.params, &out->params, &out->param_count);
}

static struct err
post_ticket(struct cx *cx, struct req *req, struct res *res)
{
    struct ticket ticket, live = { 0 };
    struct ticket_start wish;
    bool is_new;
    struct err e;

    TRY(read_start(cx, req, &wish));
    e = tickets_start(cx, &wish, &live, &ticket, &is_new);
    if (e.code == ERR_CONFLICT && live.id.v != 0) {
        struct json_out o = res_more(res);

        json_kv_i64(&o, "ticket_id", live.id.v);
        json_kv_str(&o, "protocol", live.protocol);
    }
    TRY(e);
    return res_json(res, is_new ? 201 : 200, ticket_write_json, &ticket);
}

static void
write_way(struct json_out *o, const struct start_way *way)
{
    json_open(o, '{');
    json_kv_i64(o, "channel_id", way->channel.v);
    json_kv_i64(o, "identity_id", way->identity.v);
    json_kv_str(o, "kind", way->kind);
    json_kv_str(o, "address", way->address);
    json_kv_str(o, "standing", str_of(way->standing_name));
    json_kv_id(o, "ticket_id", way->is_live_seen ? way->live.v : 0);
    json_kv_str(o, "protocol", way->is_live_seen ? way->live_protocol : (struct str){ 0 });
    json_kv_time(o, "window_ends_at", way->window_ends_at_us);
    json_close(o, '}');
}

static struct err
get_ways(struct cx *cx, struct req *req, struct res *res)
{
    struct start_way *ways;
    struct contact_id id;
    const char *refusal;
    struct json_out o;
    size_t n;

    TRY(req_path_id(req, "id", &id.v));
    TRY(tickets_start_ways(cx, id, &refusal, &ways, &n));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_str(&o, "refusal", refusal == NULL ? (struct str){ 0 } : str_of(refusal));
    json_key(&o, "data");
    json_open(&o, '[');
    for (size_t i = 0; i < n; i++)
        write_way(&o, &ways[i]);
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

const struct route ticket_start_routes[] = {
    { POST, "/api/v1/tickets", "tickets.start", TX_WRITE, post_ticket, ACCESS_MEMBER, BODY_JSON,
      "ticket.started" },
    { GET, "/api/v1/contacts/:id/ways", "tickets.start", TX_READ, get_ways, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { 0 },
};
