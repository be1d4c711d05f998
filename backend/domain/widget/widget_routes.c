#include "widget.h"

#include "base/clock.h"
#include "base/crypto.h"
#include "domain/accounts/accounts.h"
#include "domain/auth/auth.h"
#include "domain/messages/messages.h"

enum { VISITOR_KEY_BYTES = 18, FILE_MAX_BYTES = 16 * 1024 * 1024, LIMIT_DEFAULT = 30 };

static const char usual_color[] = "#2B50C4";

/* The pages that may host a channel's widget are a setting; none listed means any. */
static struct err
check_origin(const struct req *req, const struct json *settings)
{
    const struct json *origins = json_get(settings, "origins");
    struct str origin = req->header(req, "Origin");
    bool is_listed = json_len(origins) == 0;

    if (origin.len == 0 || str_eq(origin, str_of(req->cx->conf->public_url)))
        return OK; /* no page of somebody else's asks */
    for (size_t i = 0; i < json_len(origins); i++)
        is_listed = is_listed || str_eq(origin, json_text(json_at(origins, i)));
    return is_listed ? OK : FAIL(ERR_FORBIDDEN, "origin_refused");
}

struct hosted {
    struct channel channel;
    struct channel_config config;
};

static struct err
enter_by_key(struct cx *cx, struct req *req, struct res *res, struct hosted *out)
{
    auth_answer_any_origin(req, res);
    TRY(channels_enter_by_key(cx, req_path(req, "key"), &out->channel));
    if (out->channel.driver == NULL || !out->channel.driver->is_ours)
        return FAIL(ERR_NOT_FOUND, "channel_unknown");
    TRY(channels_config(cx, &out->channel, &out->config));
    return check_origin(req, out->config.settings);
}

static struct err
enter_as_visitor(struct cx *cx, struct req *req, struct visitor *visitor, struct hosted *out)
{
    TRY(messages_visitor(cx, visitor));
    TRY(channels_get(cx, visitor->channel, &out->channel));
    if (!out->channel.is_active || out->channel.driver == NULL || !out->channel.driver->is_ours)
        return FAIL(ERR_NOT_FOUND, "channel_unknown");
    TRY(channels_config(cx, &out->channel, &out->config));
    return check_origin(req, out->config.settings);
}

static struct str
setting(const struct hosted *h, const char *key, const char *otherwise)
{
    struct str value = json_get_text(h->config.settings, key);

    return value.len > 0 ? value : str_of(otherwise);
}

static struct err
get_config(struct cx *cx, struct req *req, struct res *res)
{
    const struct json *prechat;
    struct account account;
    struct hosted hosted;
    struct json_out o;

    TRY(enter_by_key(cx, req, res, &hosted));
    TRY(accounts_get(cx, &account));
    prechat = json_get(hosted.config.settings, "prechat");
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_str(&o, "name", account.name); /* the channel's own name is for the team */
    json_kv_str(&o, "color", setting(&hosted, "color", usual_color));
    json_kv_str(&o, "greeting", setting(&hosted, "greeting", ""));
    json_kv_str(&o, "locale", setting(&hosted, "locale", "pt-BR"));
    json_kv_i64(&o, "text_max", hosted.channel.driver->text_max);
    json_kv_i64(&o, "file_max_bytes", FILE_MAX_BYTES);
    json_key(&o, "prechat");
    json_put_raw(&o, prechat == NULL ? STR("[]") : json_print(cx->arena, prechat));
    json_close(&o, '}');
    return OK;
}

struct visitor_body {
    struct str name, email, phone, identifier, hash, page;
};

static const struct json_field visitor_fields[] = {
    { "name", JSON_STR, false, offsetof(struct visitor_body, name), 120 },
    { "email", JSON_STR, false, offsetof(struct visitor_body, email), 254 },
    { "phone", JSON_STR, false, offsetof(struct visitor_body, phone), 30 },
    { "identifier", JSON_STR, false, offsetof(struct visitor_body, identifier), 200 },
    { "hash", JSON_STR, false, offsetof(struct visitor_body, hash), 64 },
    { "page", JSON_STR, false, offsetof(struct visitor_body, page), 500 },
    { 0 },
};

/* The host page vouches for its customer with a key that browsers never see. */
static struct err
check_identity(const struct hosted *hosted, const struct visitor_body *body)
{
    struct str key = json_get_text(hosted->config.secrets, "identity_key");
    uint8_t given[CRYPTO_SHA256_BYTES], right[CRYPTO_SHA256_BYTES];

    if (body->identifier.len == 0)
        return OK;
    if (key.len == 0)
        return FAIL_FIELD(ERR_FORBIDDEN, "identity_not_set_up", "identifier");
    crypto_hmac_sha256(key, body->identifier, right);
    if (!crypto_unhex(body->hash, given, sizeof given) ||
        !crypto_same((struct str){ (const char *)given, sizeof given },
                     (struct str){ (const char *)right, sizeof right }))
        return FAIL_FIELD(ERR_FORBIDDEN, "identity_hash_wrong", "hash");
    return OK;
}

static struct str
field_of(const struct visitor_body *body, struct str name)
{
    return str_eq(name, STR("email"))   ? body->email
           : str_eq(name, STR("phone")) ? body->phone
                                        : body->name;
}

static struct err
check_prechat(struct cx *cx, const struct hosted *hosted, const struct visitor_body *body)
{
    const struct json *prechat = json_get(hosted->config.settings, "prechat");

    for (size_t i = 0; i < json_len(prechat); i++) {
        const struct json *field = json_at(prechat, i);
        struct str name = json_get_text(field, "name");

        if (json_true(json_get(field, "required")) && body->identifier.len == 0 &&
            str_trim(field_of(body, name)).len == 0)
            return FAIL_FIELD(ERR_INVALID, "required", str_cstr(cx->arena, name));
    }
    return str_trim(body->email).len > 0 ? contacts_check_email(str_trim(body->email)) : OK;
}

static struct err
post_visitors(struct cx *cx, struct req *req, struct res *res)
{
    struct visitor_body body = { 0 };
    struct contact_address address;
    struct contact_found found;
    struct hosted hosted;
    struct json_out o;
    struct err e;

    TRY(enter_by_key(cx, req, res, &hosted));
    TRY(req_body(req, visitor_fields, &body));
    TRY(check_identity(&hosted, &body));
    TRY(check_prechat(cx, &hosted, &body));
    cx->actor = ACTOR_VISITOR;
    address =
        body.identifier.len > 0
            ? (struct contact_address){ "external", body.identifier, true }
            : (struct contact_address){ "visitor", crypto_random_text(cx->arena, VISITOR_KEY_BYTES),
                                        false };
    e = contacts_resolve(cx, &address, 1, body.name, &found);
    if (e.code == ERR_CONFLICT) /* the same customer came in by another tab just now */
        return FAIL(ERR_RETRY, e.slug);
    TRY(e);
    TRY(contacts_describe(cx, found.contact, body.name, body.email, body.phone));

    o = res_json_begin(res, 201);
    json_open(&o, '{');
    json_kv_str(&o, "token",
                auth_visitor_token(cx, messages_visitor_grant(
                                           cx, &(struct visitor){ .channel = hosted.channel.id,
                                                                  .identity = found.identity,
                                                                  .kind = address.kind,
                                                                  .address = address.address })));
    json_close(&o, '}');
    return OK;
}

static struct err
read_place(const struct req *req, const char *name, struct thread_place *out)
{
    struct str id = req_query(req, name);

    *out = (struct thread_place){ 0 };
    if (id.len > 0 && !messages_visitor_place(id, out))
        return FAIL_FIELD(ERR_INVALID, "cursor_invalid", name);
    return OK;
}

static struct err
get_messages(struct cx *cx, struct req *req, struct res *res)
{
    static const char *const states[] = {
        [VISITOR_NONE] = "none", [VISITOR_OPEN] = "open", [VISITOR_CLOSED] = "closed"
    };
    struct thread_place before, after;
    struct visitor_page page;
    struct visitor visitor;
    struct hosted hosted;
    enum visitor_ticket state;
    int64_t limit = LIMIT_DEFAULT, unread;
    struct json_out o;

    TRY(enter_as_visitor(cx, req, &visitor, &hosted));
    TRY(read_place(req, "before", &before));
    TRY(read_place(req, "after", &after));
    TRY(req_query_i64(req, "limit", 1, 100, &limit));
    TRY(tickets_visitor_messages(cx, visitor.channel, visitor.identity, before, after, limit,
                                 &page));
    TRY(tickets_visitor_unread(cx, visitor.channel, visitor.identity, &unread, &state));

    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (size_t i = 0; i < page.n; i++)
        visitor_message_write_json(&o, &page.v[i]);
    json_close(&o, ']');
    json_kv_bool(&o, "has_older", page.has_older);
    json_kv_i64(&o, "unread", unread);
    json_kv_str(&o, "state", str_of(states[state]));
    json_close(&o, '}');
    return OK;
}

/* Kept first, answered after: the widget's own format goes the way of every provider's. */
static struct err
keep(struct cx *cx, const struct hosted *hosted, const struct visitor *visitor,
     struct webchat_inbound *inbound)
{
    struct buf body = { .arena = cx->arena };
    struct json_out o = { .buf = &body };

    inbound->visitor = visitor->address;
    if (strcmp(visitor->kind, "external") == 0)
        inbound->identifier = visitor->address;
    inbound->at_us = cx->now_us;
    webchat_inbound_write(&o, inbound);
    return channels_receive(cx, &hosted->channel, &hosted->config, buf_str(&body), CHANNEL_VALID);
}

struct message_body {
    struct str client_key, text;
    struct str question_id, option_id;
    int64_t attachment_id;
    const struct json *location;
    struct str ref, campaign;
};

static const struct json_field message_fields[] = {
    { "client_key", JSON_STR, true, offsetof(struct message_body, client_key), 64 },
    { "text", JSON_STR, false, offsetof(struct message_body, text), 10000 },
    { "attachment_id", JSON_ID, false, offsetof(struct message_body, attachment_id), 0 },
    { "location", JSON_ANY, false, offsetof(struct message_body, location), 0 },
    { "question_id", JSON_STR, false, offsetof(struct message_body, question_id), 40 },
    { "option_id", JSON_STR, false, offsetof(struct message_body, option_id), 200 },
    { "ref", JSON_STR, false, offsetof(struct message_body, ref), 200 },
    { "campaign", JSON_STR, false, offsetof(struct message_body, campaign), 200 },
    { 0 },
};

/* What was not offered to them was not tapped: then it is the words that they say. */
static struct err
read_tap(struct cx *cx, const struct visitor *visitor, const struct message_body *body,
         struct webchat_inbound *inbound)
{
    struct channel_option option;
    bool found;

    if (body->option_id.len == 0 || body->attachment_id != 0)
        return OK;
    TRY(messages_visitor_option(cx, visitor, body->question_id, body->option_id, &found, &option));
    if (found) {
        inbound->text = option.label;
        inbound->choice = (struct webchat_choice){ option.id, option.label, option.description };
    }
    return OK;
}

static bool
is_degrees(const struct json *degrees, double most)
{
    return json_kind(degrees) == JSON_NUMBER && json_double(degrees) >= -most &&
           json_double(degrees) <= most;
}

static struct err
read_location(const struct json *location, struct webchat_inbound *inbound)
{
    const struct json *latitude = json_get(location, "latitude");
    const struct json *longitude = json_get(location, "longitude");

    if (location == NULL)
        return OK;
    if (!is_degrees(latitude, 90) || !is_degrees(longitude, 180))
        return FAIL_FIELD(ERR_INVALID, "location_invalid", "location");
    inbound->location =
        (struct webchat_location){ true, json_double(latitude), json_double(longitude) };
    return OK;
}

static struct err
post_message(struct cx *cx, struct req *req, struct res *res)
{
    struct webchat_inbound inbound = { .kind = WEBCHAT_MESSAGE };
    struct message_body body = { 0 };
    struct attachment file;
    struct visitor visitor;
    struct hosted hosted;
    struct json_out o;

    TRY(enter_as_visitor(cx, req, &visitor, &hosted));
    TRY(req_body(req, message_fields, &body));
    if (body.client_key.len < 8)
        return FAIL_FIELD(ERR_INVALID, "too_short", "client_key");
    inbound.client_key = body.client_key;
    inbound.text = str_trim(body.text);
    inbound.ref = str_trim(body.ref);
    inbound.campaign = str_trim(body.campaign);
    TRY(read_tap(cx, &visitor, &body, &inbound));
    TRY(read_location(body.location, &inbound));
    if (body.attachment_id != 0) {
        TRY(messages_visitor_upload(cx, body.attachment_id, visitor.identity, &file));
        inbound.file = (struct webchat_file){ file.id, str_cstr(cx->arena, file.kind), file.mime,
                                              file.filename };
    } else if (inbound.text.len == 0 && !inbound.location.is_given) {
        return FAIL_FIELD(ERR_INVALID, "message_empty", "text");
    }
    TRY(keep(cx, &hosted, &visitor, &inbound));

    o = res_json_begin(res, 202);
    json_open(&o, '{');
    json_kv_str(&o, "client_key", body.client_key);
    json_kv_time(&o, "received_at", cx->now_us);
    json_close(&o, '}');
    return OK;
}

static struct err
put_upload(struct cx *cx, struct req *req, struct res *res)
{
    struct attachment attachment;
    struct visitor visitor;
    struct hosted hosted;

    TRY(enter_as_visitor(cx, req, &visitor, &hosted));
    TRY(messages_upload(cx,
                        &(struct upload){ .file = req->body_file,
                                          .content_length = req->content_length,
                                          .content_type = req->content_type,
                                          .filename = req_query(req, "filename"),
                                          .identity = visitor.identity,
                                          .max_bytes = FILE_MAX_BYTES },
                        &attachment));
    return res_json(res, 201, attachment_write_json, &attachment);
}

struct seen_body {
    struct str id, state;
};

static const struct json_field seen_fields[] = {
    { "id", JSON_STR, true, offsetof(struct seen_body, id), 40 },
    { "state", JSON_STR, true, offsetof(struct seen_body, state), 10 },
    { 0 },
};

static struct err
post_read(struct cx *cx, struct req *req, struct res *res)
{
    struct webchat_inbound inbound = { .kind = WEBCHAT_READ };
    struct seen_body body = { 0 };
    struct thread_place place;
    struct visitor visitor;
    struct hosted hosted;

    TRY(enter_as_visitor(cx, req, &visitor, &hosted));
    TRY(req_body(req, seen_fields, &body));
    if (!messages_visitor_place(body.id, &place))
        return FAIL_FIELD(ERR_INVALID, "wrong_type", "id");
    if (str_eq(body.state, STR("delivered")))
        inbound.kind = WEBCHAT_DELIVERED;
    else if (!str_eq(body.state, STR("read")))
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "state");
    inbound.id = body.id;
    TRY(keep(cx, &hosted, &visitor, &inbound));
    return res_empty(res, 204);
}

/* A moment, not a fact: it is told and forgotten, never kept. */
static struct err
post_typing(struct cx *cx, struct req *req, struct res *res)
{
    struct visitor visitor;
    struct hosted hosted;
    struct ticket ticket;
    bool found;

    TRY(enter_as_visitor(cx, req, &visitor, &hosted));
    TRY(tickets_lock_live(cx, visitor.channel, visitor.identity, &found, &ticket));
    if (found)
        messages_tell_typing(cx, &ticket);
    return res_empty(res, 204);
}

static struct err
get_grant(struct cx *cx, struct req *req, struct res *res)
{
    struct visitor visitor;
    struct hosted hosted;

    TRY(auth_visitor_enter(cx, req_query(req, "token")));
    TRY(enter_as_visitor(cx, req, &visitor, &hosted));
    res_header(res, "X-Live-Grant",
               str_fmt(cx->arena, "visitor account=%lld identity=%lld", (long long)cx->account.v,
                       (long long)visitor.identity.v));
    return res_empty(res, 204);
}

/*
 * A browser asks before a page of somebody else's may call us. No channel is known
 * here yet, so any page may ask; whether it may read the answer is decided there.
 */
static struct err
options_any(struct cx *cx, struct req *req, struct res *res)
{
    (void)cx;
    auth_answer_any_origin(req, res);
    res_header(res, "Access-Control-Allow-Methods", STR("GET, POST, PUT"));
    res_header(res, "Access-Control-Allow-Headers", STR("content-type, authorization"));
    res_header(res, "Access-Control-Max-Age", STR("600"));
    return res_empty(res, 204);
}

#define PREFLIGHT(path)                                                                            \
    {                                                                                              \
        OPTIONS, path, NULL, TX_NONE, options_any, ACCESS_PUBLIC, BODY_NONE, NULL                  \
    }

const struct route widget_routes[] = {
    PREFLIGHT("/api/v1/widget/:key/config"),
    PREFLIGHT("/api/v1/widget/:key/visitors"),
    PREFLIGHT("/api/v1/widget/messages"),
    PREFLIGHT("/api/v1/widget/uploads"),
    PREFLIGHT("/api/v1/widget/read"),
    PREFLIGHT("/api/v1/widget/typing"),
    { GET, "/api/v1/widget/:key/config", NULL, TX_READ, get_config, ACCESS_PUBLIC, BODY_NONE,
      NULL },
    { POST, "/api/v1/widget/:key/visitors", NULL, TX_WRITE, post_visitors, ACCESS_PUBLIC, BODY_JSON,
      NULL },
    { GET, "/api/v1/widget/messages", NULL, TX_READ, get_messages, ACCESS_VISITOR, BODY_NONE,
      NULL },
    { POST, "/api/v1/widget/messages", NULL, TX_WRITE, post_message, ACCESS_VISITOR, BODY_JSON,
      NULL },
    { PUT, "/api/v1/widget/uploads", NULL, TX_WRITE, put_upload, ACCESS_VISITOR, BODY_FILE, NULL },
    { POST, "/api/v1/widget/read", NULL, TX_WRITE, post_read, ACCESS_VISITOR, BODY_JSON, NULL },
    { POST, "/api/v1/widget/typing", NULL, TX_WRITE, post_typing, ACCESS_VISITOR, BODY_JSON, NULL },
    { GET, "/api/v1/widget/live/grant", NULL, TX_READ, get_grant, ACCESS_PUBLIC, BODY_NONE, NULL },
    { 0 },
};
