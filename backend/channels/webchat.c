/*
 * The widget on the customer's own page. Nobody stands between: what the visitor
 * sent was checked by the route that took it, and what we send is there once it
 * is written.
 */
#include "domain/channels/webchat.h"

#include "drivers.h"

enum {
    TEXT_MAX = 10000,
    NAME_MAX_POINTS = 200,
    KEY_MAX = 512,
    MIME_MAX = 120,
    FILENAME_MAX = 240,
    ORIGIN_MAX = 200
};

static const char *const kind_words[] = {
    [WEBCHAT_MESSAGE] = "message",
    [WEBCHAT_DELIVERED] = "delivered",
    [WEBCHAT_READ] = "read",
};

static void
put_if_any(struct json_out *o, const char *key, struct str s)
{
    if (s.len > 0)
        json_kv_str(o, key, s);
}

static void
put_file(struct json_out *o, const struct webchat_file *file)
{
    json_key(o, "attachment");
    json_open(o, '{');
    json_kv_i64(o, "id", file->id);
    json_kv_str(o, "kind", str_of(file->kind));
    put_if_any(o, "mime", file->mime);
    put_if_any(o, "filename", file->filename);
    json_close(o, '}');
}

/* Also what becomes the message's detail. */
static void
put_choice(struct json_out *o, struct str id, struct str title, struct str description)
{
    json_open(o, '{');
    json_kv_str(o, "id", id);
    json_kv_str(o, "title", title);
    json_kv_str(o, "description", description.len > 0 ? description : (struct str){ 0 });
    json_close(o, '}');
}

static void
put_location(struct json_out *o, double latitude, double longitude)
{
    json_open(o, '{');
    json_key(o, "latitude");
    json_put_double(o, latitude);
    json_key(o, "longitude");
    json_put_double(o, longitude);
    json_close(o, '}');
}

void
webchat_inbound_write(struct json_out *o, const void *value)
{
    const struct webchat_inbound *in = value;

    json_open(o, '{');
    json_kv_str(o, "visitor", in->visitor);
    json_kv_str(o, "kind", str_of(kind_words[in->kind]));
    put_if_any(o, "identifier", in->identifier);
    put_if_any(o, "name", in->name);
    if (in->at_us != 0)
        json_kv_i64(o, "at_us", in->at_us);
    put_if_any(o, "client_key", in->client_key);
    put_if_any(o, "text", in->text);
    if (in->file.id != 0)
        put_file(o, &in->file);
    if (in->choice.id.len > 0) {
        json_key(o, "choice");
        put_choice(o, in->choice.id, in->choice.title, in->choice.description);
    }
    if (in->location.is_given) {
        json_key(o, "location");
        put_location(o, in->location.latitude, in->location.longitude);
    }
    put_if_any(o, "ref", in->ref);
    put_if_any(o, "campaign", in->campaign);
    put_if_any(o, "id", in->id);
    json_close(o, '}');
}

/* --- and back ---------------------------------------------------------------- */

static struct str
cut(const struct json *object, const char *key, size_t max)
{
    struct str s = json_get_text(object, key);

    return s.p == NULL ? STR("") : str_first_code_points(s, max);
}

static const char *
media_kind(struct str word)
{
    static const char *const words[] = { "image", "audio", "video", "document", "sticker", NULL };

    for (const char *const *w = words; *w != NULL; w++) {
        if (str_eq(word, str_of(*w)))
            return *w;
    }
    return NULL;
}

static bool
read_file(struct arena *a, const struct json *file, struct channel_event *e)
{
    struct channel_media *media = &e->media[0];
    int64_t id;

    media->kind = media_kind(json_get_text(file, "kind"));
    if (media->kind == NULL || !json_i64(json_get(file, "id"), &id) || id <= 0)
        return false;
    media->id = str_fmt(a, "%lld", (long long)id);
    media->mime = cut(file, "mime", MIME_MAX);
    media->filename = cut(file, "filename", FILENAME_MAX);
    e->media_count = 1;
    e->message_kind = media->kind;
    return true;
}

static bool
read_choice(struct arena *a, const struct json *choice, struct channel_event *e)
{
    struct buf detail = { .arena = a };
    struct json_out o = { .buf = &detail };
    struct str id = cut(choice, "id", KEY_MAX), title = cut(choice, "title", NAME_MAX_POINTS);

    if (id.len == 0 || title.len == 0)
        return false;
    put_choice(&o, id, title, cut(choice, "description", NAME_MAX_POINTS));
    e->message_kind = "choice";
    e->detail = buf_str(&detail);
    return true;
}

static bool
read_location(struct arena *a, const struct json *location, struct channel_event *e)
{
    const struct json *latitude = json_get(location, "latitude");
    const struct json *longitude = json_get(location, "longitude");
    struct buf detail = { .arena = a };
    struct json_out o = { .buf = &detail };

    if (json_kind(latitude) != JSON_NUMBER || json_kind(longitude) != JSON_NUMBER)
        return false;
    put_location(&o, json_double(latitude), json_double(longitude));
    e->message_kind = "location";
    e->detail = buf_str(&detail);
    return true;
}

static void
read_origin(struct arena *a, const struct json *body, struct channel_event *e)
{
    struct str ref = cut(body, "ref", ORIGIN_MAX), campaign = cut(body, "campaign", ORIGIN_MAX);
    struct buf origin = { .arena = a };
    struct json_out o = { .buf = &origin };

    if (ref.len == 0 && campaign.len == 0)
        return;
    json_open(&o, '{');
    json_kv_str(&o, "kind", STR("link"));
    put_if_any(&o, "ref", ref);
    put_if_any(&o, "campaign", campaign);
    json_close(&o, '}');
    e->origin = buf_str(&origin);
}

static bool
read_message(struct arena *a, const struct json *body, struct channel_event *e)
{
    const struct json *file = json_get(body, "attachment"), *choice = json_get(body, "choice");
    const struct json *location = json_get(body, "location");
    struct str visitor = cut(body, "visitor", KEY_MAX);

    e->kind = CHANNEL_MESSAGE;
    e->message_kind = "text";
    e->text = cut(body, "text", TEXT_MAX);
    e->client_key = cut(body, "client_key", KEY_MAX);
    read_origin(a, body, e);
    if (e->client_key.len == 0 || (e->text.len == 0 && file == NULL && location == NULL))
        return false;
    /* Keys are made by browsers: without the visitor before it, one could take another's. */
    e->provider_id = str_fmt(a, "%.*s:%.*s", STR_ARG(visitor), STR_ARG(e->client_key));
    if (choice != NULL)
        return read_choice(a, choice, e);
    if (location != NULL)
        return read_location(a, location, e);
    return file == NULL || read_file(a, file, e);
}

static bool
read_seen(struct arena *a, const struct json *body, struct channel_event *e)
{
    (void)a;
    e->kind = CHANNEL_READ;
    e->state = str_eq(json_get_text(body, "kind"), STR("read")) ? "read" : "delivered";
    e->target = cut(body, "id", KEY_MAX);
    return e->target.len > 0;
}

static bool (*const readers[])(struct arena *a, const struct json *body,
                               struct channel_event *e) = {
    [WEBCHAT_MESSAGE] = read_message,
    [WEBCHAT_DELIVERED] = read_seen,
    [WEBCHAT_READ] = read_seen,
};

/*
 * Who the host page vouches for is the same person in every browser; a visitor only
 * in one. A vouched-for visitor may be known by nothing else.
 */
static void
read_who(const struct json *body, struct channel_event *e)
{
    struct str identifier = cut(body, "identifier", KEY_MAX);
    struct str visitor = cut(body, "visitor", KEY_MAX);

    if (identifier.len > 0)
        e->who[e->who_count++] = (struct channel_identity){ "external", identifier };
    if (visitor.len > 0 && !str_eq(visitor, identifier))
        e->who[e->who_count++] = (struct channel_identity){ "visitor", visitor };
    e->who_name = cut(body, "name", NAME_MAX_POINTS);
}

static struct err
parse(struct arena *a, const struct channel_config *config, struct str text,
      struct channel_events *out)
{
    struct channel_event *e = arena_new_of(a, struct channel_event);
    const struct json *body;
    struct err failed = json_parse(a, text, &body);
    size_t kind = 0;

    (void)config;
    if (failed.code != ERR_NONE)
        return FAIL(ERR_INVALID, str_cstr(a, str_fmt(a, "unreadable_%s", failed.slug)));
    while (kind < sizeof(readers) / sizeof(readers[0]) &&
           !str_eq(json_get_text(body, "kind"), str_of(kind_words[kind])))
        kind++;
    if (kind == sizeof(readers) / sizeof(readers[0]))
        return FAIL(ERR_INVALID, "unreadable_kind");

    e->text = STR("");
    read_who(body, e);
    if (json_get_text(body, "visitor").len == 0 || !readers[kind](a, body, e))
        return FAIL(ERR_INVALID, "unreadable_members");
    if (!json_i64(json_get(body, "at_us"), &e->provider_at_us))
        e->provider_at_us = 0;
    *out = (struct channel_events){ e, 1 };
    return OK;
}

/* Only our own routes write these bodies, and they have checked the visitor's token. */
static enum channel_verdict
verify(const struct channel_config *config, struct str body, struct str signature)
{
    (void)config;
    (void)body;
    (void)signature;
    return CHANNEL_VALID;
}

static void
send(struct arena *a, const struct channel_config *config, const struct channel_outgoing *message,
     const struct httpc_answer *answer, struct channel_progress *progress)
{
    (void)a;
    (void)config;
    (void)message;
    (void)answer;
    progress->is_done = true;
    progress->is_ok = true;
    progress->state = "accepted";
}

#define FILE_MAX_BYTES (INT64_C(16) * 1024 * 1024)

static const char *const anything[] = { NULL };

static const struct channel_media_rule media[] = {
    { "image", anything, FILE_MAX_BYTES, true },   { "audio", anything, FILE_MAX_BYTES, true },
    { "video", anything, FILE_MAX_BYTES, true },   { "document", anything, FILE_MAX_BYTES, true },
    { "sticker", anything, FILE_MAX_BYTES, true }, { NULL, NULL, 0, false },
};

static const char *const nothing_needed[] = { NULL };

static const char *const reaches[] = { "visitor", "external", NULL };

const struct channel_driver webchat_driver = {
    .kind = "webchat",
    .text_max = TEXT_MAX,
    .caption_max = TEXT_MAX,
    .window_hours = 0,
    .edit_minutes = 60,
    .delete_minutes = 2 * 24 * 60,
    .shows_typing = true,
    .is_ours = true,
    .media = media,
    .voice_mime = CHANNEL_VOICE_ANYWHERE,
    .reaches = reaches,
    .settings_needed = nothing_needed,
    .secrets_needed = nothing_needed,
    .verify = verify,
    .parse = parse,
    .send = send,
};
