/*
 * What one message says. A row per type of message: its reader fills the event
 * and, where the kind has structure, the members of its detail (openapi:
 * Message.detail). A reader that does not find what its type promises says so,
 * and the message is shown as unknown: visible, never nothing.
 */
#include "whatsapp_private.h"

#include <math.h>

/* Longest that we keep, in code points; lists, in items. */
enum {
    ADDRESS_MAX = 160,
    FILENAME_MAX = 240,
    MIME_MAX = 120,
    EMOJI_MAX = 32,
    TYPE_MAX = 40,
    LINE_MAX = 1000,    /* headlines, places, titles */
    HEADLINE_MAX = 200, /* of what a ticket keeps: it travels with every event of it */
    ANSWER_MAX = 20000, /* what a form was answered with */
    CARDS_MAX = 50,
    LINES_MAX = 20 /* phones or e-mails of one card */
};

struct content {
    struct arena *arena;
    const struct json *message;
    const struct json *part; /* message[type] */
    struct channel_event *event;
    struct json_out detail; /* an open object */
};

static void
put(struct content *c, const char *key, const struct json *object, const char *name)
{
    json_key(&c->detail, key);
    if (json_kind(json_get(object, name)) == JSON_TEXT)
        json_put_str(&c->detail, whatsapp_cut(json_get(object, name), LINE_MAX));
    else
        json_put_null(&c->detail);
}

static bool
read_text(struct content *c)
{
    c->event->message_kind = "text";
    c->event->text = whatsapp_cut(json_get(c->part, "body"), WHATSAPP_TEXT_MAX);
    return c->event->text.len > 0;
}

/* A caption stays readable even when the file is missing. */
static bool
read_media(struct content *c, const char *kind)
{
    struct channel_event *e = c->event;
    struct channel_media media = {
        .kind = kind,
        .id = whatsapp_cut(json_get(c->part, "id"), WHATSAPP_ID_MAX),
        .mime = whatsapp_cut(json_get(c->part, "mime_type"), MIME_MAX),
        .filename = whatsapp_cut(json_get(c->part, "filename"), FILENAME_MAX),
        .is_voice = json_true(json_get(c->part, "voice")),
    };

    e->message_kind = kind;
    e->text = whatsapp_cut(json_get(c->part, "caption"), WHATSAPP_TEXT_MAX);
    if (media.id.len == 0)
        return false;
    e->media[e->media_count++] = media;
    return true;
}

static bool
read_image(struct content *c)
{
    return read_media(c, "image");
}

static bool
read_video(struct content *c)
{
    return read_media(c, "video");
}

static bool
read_document(struct content *c)
{
    return read_media(c, "document");
}

static bool
read_sticker(struct content *c)
{
    return read_media(c, "sticker");
}

static bool
read_audio(struct content *c)
{
    json_kv_bool(&c->detail, "voice", json_true(json_get(c->part, "voice")));
    return read_media(c, "audio");
}

static bool
put_coordinate(struct content *c, const char *key)
{
    const struct json *degrees = json_get(c->part, key);

    json_key(&c->detail, key);
    json_put_double(&c->detail, json_double(degrees));
    return json_kind(degrees) == JSON_NUMBER && fabs(json_double(degrees)) <= 180;
}

static bool
read_location(struct content *c)
{
    c->event->message_kind = "location";
    if (!put_coordinate(c, "latitude") || !put_coordinate(c, "longitude"))
        return false;
    put(c, "name", c->part, "name");
    put(c, "address", c->part, "address");
    return true;
}

static void
put_lines(struct content *c, const char *key, const struct json *items, const char *name)
{
    json_key(&c->detail, key);
    json_open(&c->detail, '[');
    for (size_t i = 0; i < json_len(items) && i < LINES_MAX; i++) {
        struct str line = whatsapp_cut(json_get(json_at(items, i), name), WHATSAPP_NAME_MAX);

        if (line.len > 0)
            json_put_str(&c->detail, line);
    }
    json_close(&c->detail, ']');
}

static bool
read_contacts(struct content *c)
{
    c->event->message_kind = "contacts";
    json_key(&c->detail, "contacts");
    json_open(&c->detail, '[');
    for (size_t i = 0; i < json_len(c->part) && i < CARDS_MAX; i++) {
        const struct json *card = json_at(c->part, i);
        struct str name =
            whatsapp_cut(json_get(json_get(card, "name"), "formatted_name"), WHATSAPP_NAME_MAX);

        json_open(&c->detail, '{');
        json_kv_str(&c->detail, "name", name);
        put_lines(c, "phones", json_get(card, "phones"), "phone");
        put_lines(c, "emails", json_get(card, "emails"), "email");
        json_close(&c->detail, '}');
    }
    json_close(&c->detail, ']');
    return json_len(c->part) > 0;
}

/* What the customer picked: the title is what they saw and, to us, what they said. */
static bool
read_choice(struct content *c, const struct json *reply, const char *id, const char *title)
{
    c->event->message_kind = "choice";
    c->event->text = whatsapp_cut(json_get(reply, title), LINE_MAX);
    put(c, "id", reply, id);
    put(c, "title", reply, title);
    put(c, "description", reply, "description");
    return json_kind(reply) == JSON_OBJECT;
}

/* An answered form: what was filled in comes as JSON inside a text. */
static bool
read_form(struct content *c, const struct json *reply)
{
    json_kv_str(&c->detail, "response", whatsapp_cut(json_get(reply, "response_json"), ANSWER_MAX));
    return read_choice(c, reply, "name", "body");
}

static bool
read_interactive(struct content *c)
{
    struct str type = json_get_text(c->part, "type");

    if (str_eq(type, STR("button_reply")) || str_eq(type, STR("list_reply")))
        return read_choice(c, json_get(c->part, str_cstr(c->arena, type)), "id", "title");
    if (str_eq(type, STR("nfm_reply")))
        return read_form(c, json_get(c->part, "nfm_reply"));
    return false;
}

/* The quick reply of a template. */
static bool
read_button(struct content *c)
{
    return read_choice(c, c->part, "payload", "text");
}

static bool
has_target(struct content *c, const char *key)
{
    c->event->target = whatsapp_cut(json_get(c->part, key), WHATSAPP_ID_MAX);
    return c->event->target.len > 0;
}

static bool
read_reaction(struct content *c)
{
    c->event->kind = CHANNEL_REACTION;
    c->event->emoji = whatsapp_cut(json_get(c->part, "emoji"), EMOJI_MAX);
    return has_target(c, "message_id");
}

static bool
read_revoke(struct content *c)
{
    c->event->kind = CHANNEL_REVOKE;
    return has_target(c, "original_message_id");
}

/* The new message stands inside, complete: its body, or its caption. */
static bool
read_edit(struct content *c)
{
    const struct json *newer = json_get(c->part, "message");
    const struct json *part = json_get(newer, str_cstr(c->arena, json_get_text(newer, "type")));
    const struct json *body = json_get(part, "body");

    c->event->kind = CHANNEL_EDIT;
    c->event->text =
        whatsapp_cut(body != NULL ? body : json_get(part, "caption"), WHATSAPP_TEXT_MAX);
    return part != NULL && has_target(c, "original_message_id");
}

static bool
add_who(struct channel_event *e, const char *kind, const struct json *address)
{
    struct str text = whatsapp_cut(address, ADDRESS_MAX);

    if (text.len == 0)
        return false;
    e->who[e->who_count++] = (struct channel_identity){ kind, text };
    return true;
}

/* The new one first, then the former. A new user id beside it comes with the next message. */
static bool
read_new_number(struct content *c)
{
    c->event->kind = CHANNEL_ADDRESS_CHANGE;
    return add_who(c->event, "phone", json_get(c->part, "wa_id")) &&
           add_who(c->event, "phone", json_get(c->message, "from"));
}

/* Normally the former id comes along; else the phone says whose it is. */
static bool
read_new_user_id(struct content *c)
{
    struct channel_event *e = c->event;

    e->kind = CHANNEL_ADDRESS_CHANGE;
    return add_who(e, "whatsapp_user", json_get(c->part, "user_id")) &&
           (add_who(e, "whatsapp_user", json_get(c->message, "from_user_id")) ||
            add_who(e, "phone", json_get(c->message, "from")));
}

static bool
read_system(struct content *c)
{
    struct str type = json_get_text(c->part, "type");

    if (str_eq(type, STR("user_changed_number")))
        return read_new_number(c);
    if (str_eq(type, STR("user_changed_user_id")))
        return read_new_user_id(c);
    return false;
}

static const struct message_type {
    const char *name;
    bool (*read)(struct content *c); /* false: not what the type promises */
} types[] = {
    { "text", read_text },
    { "image", read_image },
    { "audio", read_audio },
    { "video", read_video },
    { "document", read_document },
    { "sticker", read_sticker },
    { "location", read_location },
    { "contacts", read_contacts },
    { "interactive", read_interactive },
    { "button", read_button },
    { "reaction", read_reaction },
    { "edit", read_edit },
    { "revoke", read_revoke },
    { "system", read_system },
    { NULL, NULL },
};

/* What the screen calls a message that we cannot show. */
static struct str
unknown_type(const struct json *message, struct str type)
{
    const struct json *part = json_get(message, type.len == 0 ? "" : type.p);
    const struct json *inner = json_get(part, "type");

    /* "unsupported", "interactive" and "system" say inside what they are. */
    if (json_text(inner).len > 0)
        return whatsapp_cut(inner, TYPE_MAX);
    return type.len == 0 ? STR("unknown") : str_first_code_points(type, TYPE_MAX);
}

static void
become_unknown(struct content *c, struct str type)
{
    struct channel_event *e = c->event;

    e->kind = CHANNEL_MESSAGE;
    e->message_kind = "unknown";
    e->who_count = 0;
    e->media_count = 0;
    e->target = (struct str){ 0 };
    e->emoji = (struct str){ 0 };
    *c->detail.buf = (struct buf){ .arena = c->arena };
    c->detail.comma = false;
    json_open(&c->detail, '{');
    json_kv_str(&c->detail, "type", unknown_type(c->message, type));
}

/* The advertisement that brought the customer here. */
static void
put_referral(struct content *c)
{
    static const char *const keys[] = { "source_type", "source_id", "source_url", "headline",
                                        "body",        "ctwa_clid", NULL };
    const struct json *referral = json_get(c->message, "referral");

    if (json_kind(referral) != JSON_OBJECT)
        return;
    json_key(&c->detail, "referral");
    json_open(&c->detail, '{');
    for (const char *const *key = keys; *key != NULL; key++) {
        if (json_get(referral, *key) != NULL)
            put(c, *key, referral, *key);
    }
    json_close(&c->detail, '}');
}

/* The same as tickets keep it. A post that was shared is a link, not an advertisement. */
static void
read_origin(struct content *c)
{
    const struct json *referral = json_get(c->message, "referral");
    struct str type = whatsapp_cut(json_get(referral, "source_type"), TYPE_MAX);
    struct str id = whatsapp_cut(json_get(referral, "source_id"), WHATSAPP_ID_MAX);
    struct str headline = whatsapp_cut(json_get(referral, "headline"), HEADLINE_MAX);
    struct buf origin = { .arena = c->arena };
    struct json_out o = { .buf = &origin };

    if (type.len == 0)
        return;
    json_open(&o, '{');
    json_kv_str(&o, "kind", type);
    if (id.len > 0)
        json_kv_str(&o, str_eq(type, STR("ad")) ? "ad_id" : "ref", id);
    if (headline.len > 0)
        json_kv_str(&o, "headline", headline);
    json_close(&o, '}');
    c->event->origin = buf_str(&origin);
}

/* The product of a catalogue that the customer asks about. */
static void
put_product(struct content *c, const struct json *product)
{
    if (json_kind(product) != JSON_OBJECT)
        return;
    json_key(&c->detail, "product");
    json_open(&c->detail, '{');
    put(c, "catalog_id", product, "catalog_id");
    put(c, "product_id", product, "product_retailer_id");
    json_close(&c->detail, '}');
}

static void
read_context(struct content *c)
{
    const struct json *context = json_get(c->message, "context");

    c->event->quoted = whatsapp_cut(json_get(context, "id"), WHATSAPP_ID_MAX);
    if (json_true(json_get(context, "forwarded")) ||
        json_true(json_get(context, "frequently_forwarded")))
        json_kv_bool(&c->detail, "forwarded", true);
    put_product(c, json_get(context, "referred_product"));
}

static bool
read_type(struct content *c, struct str name)
{
    for (const struct message_type *type = types; type->name != NULL; type++) {
        if (str_eq(name, str_of(type->name))) {
            c->part = json_get(c->message, type->name);
            return type->read(c);
        }
    }
    return false;
}

void
whatsapp_read_content(struct arena *a, const struct json *message, struct channel_event *e)
{
    struct buf detail = { .arena = a };
    struct content c = { .arena = a, .message = message, .event = e, .detail = { .buf = &detail } };
    struct str type = json_get_text(message, "type");

    e->kind = CHANNEL_MESSAGE;
    json_open(&c.detail, '{');
    if (!read_type(&c, type))
        become_unknown(&c, type);
    if (e->kind != CHANNEL_MESSAGE)
        return;
    read_context(&c);
    put_referral(&c);
    read_origin(&c);
    if (detail.len == 1)
        return; /* nothing but the bracket */
    json_close(&c.detail, '}');
    e->detail = buf_str(&detail);
}
