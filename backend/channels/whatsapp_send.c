/*
 * Sending: the file first, when the provider does not have it yet, then the
 * message. And the mark that we have read, or are typing.
 */
#include "drivers.h"
#include "whatsapp_private.h"

enum { START, UPLOADED, SENT };

/* NULL: a text, or nothing we know. */
static const struct channel_media_rule *
rule_of(const char *kind)
{
    for (const struct channel_media_rule *rule = whatsapp_cloud_driver.media; rule->kind != NULL;
         rule++) {
        if (strcmp(rule->kind, kind) == 0)
            return rule;
    }
    return NULL;
}

static bool
can_reach(const struct channel_identity *to)
{
    return (strcmp(to->kind, "phone") == 0 || strcmp(to->kind, "whatsapp_user") == 0) &&
           to->address.len > 0;
}

static bool
is_question(const struct channel_outgoing *message)
{
    return strcmp(message->kind, "question") == 0;
}

static bool
is_template(const struct channel_outgoing *message)
{
    return strcmp(message->kind, "template") == 0;
}

static bool
has_file(const struct channel_outgoing *message)
{
    return is_template(message) ? message->filled->file_kind != NULL
                                : rule_of(message->kind) != NULL;
}

/* Why this can never be sent, before any call. NULL: it can be tried. */
static const char *
refusal(const struct channel_outgoing *message)
{
    const struct channel_media_rule *rule = rule_of(message->kind);

    if (!can_reach(&message->to))
        return "address_unusable";
    if (is_question(message))
        return whatsapp_question_refusal(message);
    if (is_template(message))
        return whatsapp_template_refusal(message);
    if (rule == NULL && strcmp(message->kind, "text") != 0)
        return "kind_unsupported";
    if (rule == NULL)
        return message->text.len == 0 ? "body_empty" : NULL;
    if (message->file == NULL && message->media_id.len == 0)
        return "media_missing";
    /* Rather refused than swallowed: what somebody wrote must not vanish. */
    if (!rule->takes_caption && message->text.len > 0)
        return "caption_unsupported";
    return NULL;
}

static struct httpc_call
call_number(struct arena *a, const struct channel_config *config, const char *edge)
{
    struct str number = json_get_text(config->settings, "phone_number_id");

    return whatsapp_call(a, config, "POST", str_fmt(a, "%.*s/%s", STR_ARG(number), edge));
}

static struct httpc_call
post_json(struct arena *a, const struct channel_config *config, const struct buf *body)
{
    struct httpc_call call = call_number(a, config, "messages");

    call.body = buf_str(body);
    call.content_type = "application/json";
    return call;
}

static struct httpc_call
upload_call(struct arena *a, const struct channel_config *config,
            const struct channel_outgoing *message)
{
    enum { FIELDS = 3 };
    struct httpc_call call = call_number(a, config, "media");
    struct httpc_part *parts = arena_array(a, struct httpc_part, FIELDS);
    struct str filename = message->filename.len > 0 ? message->filename : STR("file");
    struct str mime = message->is_voice ? STR("audio/ogg; codecs=opus") : message->mime;

    parts[0] = (struct httpc_part){ .name = "messaging_product", .value = STR("whatsapp") };
    parts[1] = (struct httpc_part){ .name = "type", .value = mime };
    parts[2] = (struct httpc_part){ .name = "file",
                                    .file = message->file,
                                    .content_type = str_cstr(a, mime),
                                    .filename = str_cstr(a, filename) };
    call.parts = parts;
    call.part_count = FIELDS;
    call.timeout_ms = WHATSAPP_FILE_TIMEOUT_MS;
    return call;
}

/*
 * With its plus sign: without it the country code of our own number may be put
 * in front. Business-scoped ids have a member of their own.
 */
static void
put_recipient(struct arena *a, struct json_out *o, const struct channel_identity *to)
{
    struct str digits;

    if (strcmp(to->kind, "whatsapp_user") == 0) {
        json_kv_str(o, "recipient", to->address);
        return;
    }
    digits = str_digits(a, to->address);
    json_kv_str(o, "to", str_fmt(a, "+%.*s", STR_ARG(digits)));
}

static void
put_text(struct json_out *o, struct str text)
{
    json_kv_str(o, "body", text);
    json_kv_bool(o, "preview_url", str_has(text, STR("https://")) || str_has(text, STR("http://")));
}

static void
put_file(struct json_out *o, const struct channel_outgoing *message, struct str media_id)
{
    json_kv_str(o, "id", media_id);
    if (message->text.len > 0)
        json_kv_str(o, "caption", message->text);
    if (strcmp(message->kind, "document") == 0 && message->filename.len > 0)
        json_kv_str(o, "filename", message->filename);
    if (strcmp(message->kind, "audio") == 0 && message->is_voice)
        json_kv_bool(o, "voice", true);
}

static struct httpc_call
message_call(struct arena *a, const struct channel_config *config,
             const struct channel_outgoing *message, struct str media_id)
{
    const char *type = is_question(message) ? "interactive" : message->kind;
    struct buf body = { .arena = a };
    struct json_out o = { .buf = &body };

    json_open(&o, '{');
    json_kv_str(&o, "messaging_product", STR("whatsapp"));
    json_kv_str(&o, "recipient_type", STR("individual"));
    put_recipient(a, &o, &message->to);
    if (message->quoted.len > 0) {
        json_key(&o, "context");
        json_open(&o, '{');
        json_kv_str(&o, "message_id", message->quoted);
        json_close(&o, '}');
    }
    if (message->opaque.len > 0)
        json_kv_str(&o, "biz_opaque_callback_data", message->opaque);
    json_kv_str(&o, "type", str_of(type));
    json_key(&o, type);
    json_open(&o, '{');
    if (is_question(message))
        whatsapp_put_question(&o, message);
    else if (is_template(message))
        whatsapp_put_template(&o, message, media_id);
    else if (rule_of(message->kind) != NULL)
        put_file(&o, message, media_id);
    else
        put_text(&o, message->text);
    json_close(&o, '}');
    json_close(&o, '}');
    return post_json(a, config, &body);
}

static void
start(struct arena *a, const struct channel_config *config, const struct channel_outgoing *message,
      struct channel_progress *progress)
{
    const char *slug = refusal(message);

    if (!whatsapp_can_call(config)) {
        whatsapp_refuse(progress, "settings_incomplete", CHANNEL_STOP);
    } else if (slug != NULL) {
        whatsapp_refuse(progress, slug, CHANNEL_NO_RETRY);
    } else if (has_file(message) && message->media_id.len == 0) {
        progress->call = upload_call(a, config, message);
        progress->step = UPLOADED;
    } else {
        progress->media_id = message->media_id;
        progress->call = message_call(a, config, message, message->media_id);
        progress->step = SENT;
    }
}

static void
after_upload(struct arena *a, const struct channel_config *config,
             const struct channel_outgoing *message, const struct httpc_answer *answer,
             struct channel_progress *progress)
{
    const struct json *body;
    struct str id;

    if (whatsapp_succeeded(a, answer, &body) && (id = json_get_text(body, "id")).len > 0) {
        progress->media_id = id;
        progress->call = message_call(a, config, message, id);
        progress->step = SENT;
        return;
    }
    /* A file uploaded twice disturbs nobody. */
    whatsapp_fail(a, answer, WHATSAPP_HARMLESS, message->attempt, progress);
}

static void
after_send(struct arena *a, const struct channel_outgoing *message,
           const struct httpc_answer *answer, struct channel_progress *progress)
{
    const struct json *body;
    struct str id;

    if (whatsapp_succeeded(a, answer, &body) &&
        (id = json_get_text(json_at(json_get(body, "messages"), 0), "id")).len > 0) {
        progress->provider_id = id;
        whatsapp_succeed(progress);
        return;
    }
    whatsapp_fail(a, answer, WHATSAPP_ONCE, message->attempt, progress);
}

void
whatsapp_send(struct arena *a, const struct channel_config *config,
              const struct channel_outgoing *message, const struct httpc_answer *answer,
              struct channel_progress *progress)
{
    switch (progress->step) {
    case START: start(a, config, message, progress); break;
    case UPLOADED: after_upload(a, config, message, answer, progress); break;
    case SENT: after_send(a, message, answer, progress); break;
    default: BUG("step=%d", progress->step);
    }
}

void
whatsapp_mark_read(struct arena *a, const struct channel_config *config, struct str provider_id,
                   bool typing, const struct httpc_answer *answer,
                   struct channel_progress *progress)
{
    struct buf buf = { .arena = a };
    struct json_out o = { .buf = &buf };
    const struct json *body;

    if (answer != NULL) {
        if (whatsapp_succeeded(a, answer, &body))
            whatsapp_succeed(progress);
        else
            whatsapp_fail(a, answer, WHATSAPP_HARMLESS, 0, progress);
        return;
    }
    if (!whatsapp_can_call(config)) {
        whatsapp_refuse(progress, "settings_incomplete", CHANNEL_STOP);
        return;
    }
    json_open(&o, '{');
    json_kv_str(&o, "messaging_product", STR("whatsapp"));
    json_kv_str(&o, "status", STR("read"));
    json_kv_str(&o, "message_id", provider_id);
    if (typing) {
        json_key(&o, "typing_indicator");
        json_open(&o, '{');
        json_kv_str(&o, "type", STR("text"));
        json_close(&o, '}');
    }
    json_close(&o, '}');
    progress->call = post_json(a, config, &buf);
}

/* A reaction is a message of its own on the wire, about another; the same again changes nothing. */
void
whatsapp_react(struct arena *a, const struct channel_config *config,
               const struct channel_identity *to, struct str provider_id, struct str emoji,
               const struct httpc_answer *answer, struct channel_progress *progress)
{
    struct buf buf = { .arena = a };
    struct json_out o = { .buf = &buf };
    const struct json *body;

    if (answer != NULL) {
        if (whatsapp_succeeded(a, answer, &body))
            whatsapp_succeed(progress);
        else
            whatsapp_fail(a, answer, WHATSAPP_HARMLESS, 0, progress);
        return;
    }
    if (!whatsapp_can_call(config)) {
        whatsapp_refuse(progress, "settings_incomplete", CHANNEL_STOP);
        return;
    }
    if (!can_reach(to)) {
        whatsapp_refuse(progress, "address_unusable", CHANNEL_NO_RETRY);
        return;
    }
    json_open(&o, '{');
    json_kv_str(&o, "messaging_product", STR("whatsapp"));
    json_kv_str(&o, "recipient_type", STR("individual"));
    put_recipient(a, &o, to);
    json_kv_str(&o, "type", STR("reaction"));
    json_key(&o, "reaction");
    json_open(&o, '{');
    json_kv_str(&o, "message_id", provider_id);
    json_kv_str(&o, "emoji", emoji);
    json_close(&o, '}');
    json_close(&o, '}');
    progress->call = post_json(a, config, &buf);
}
