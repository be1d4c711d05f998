/*
 * A template on its way: what stands in its places, and what each of its quick replies says when it is tapped.
 */
#include "whatsapp_private.h"

#include <stdio.h>

enum { PAYLOAD_MAX = 128, REPLIES_MAX = 10 };

const char *
whatsapp_template_refusal(const struct channel_outgoing *message)
{
    const struct channel_filled *filled = message->filled;

    if (filled == NULL || filled->name.len == 0 || filled->language.len == 0)
        return "template_unknown";
    for (size_t i = 0; i < filled->fill_count; i++)
        if (filled->fills[i].text.len == 0)
            return "template_parameters"; /* the network takes no empty ones */
    for (size_t i = 0; i < message->option_count; i++)
        if (message->options[i].id.len > PAYLOAD_MAX)
            return "template_parameters";
    if (filled->file_kind != NULL && message->file == NULL && message->media_id.len == 0)
        return "media_missing";
    return message->option_count > REPLIES_MAX ? "template_parameters" : NULL;
}

static bool
is_at(const struct channel_fill *fill, const char *place)
{
    return strcmp(fill->place, place) == 0;
}

static void
put_parameter(struct json_out *o, const char *type, struct str name, struct str text)
{
    json_open(o, '{');
    json_kv_str(o, "type", str_of(type));
    if (name.len > 0)
        json_kv_str(o, "parameter_name", name);
    json_kv_str(o, type, text);
    json_close(o, '}');
}

/* "header", "body": nothing when nothing is said there. */
static void
put_place(struct json_out *o, const struct channel_filled *filled, const char *place)
{
    size_t n = 0;

    for (size_t i = 0; i < filled->fill_count; i++) {
        if (!is_at(&filled->fills[i], place))
            continue;
        if (n++ == 0) {
            json_open(o, '{');
            json_kv_str(o, "type", str_of(place));
            json_key(o, "parameters");
            json_open(o, '[');
        }
        put_parameter(o, "text", filled->fills[i].name, filled->fills[i].text);
    }
    if (n > 0) {
        json_close(o, ']');
        json_close(o, '}');
    }
}

/* What its header is: nobody reads a caption there, and a document keeps its name. */
static void
put_file(struct json_out *o, const struct channel_outgoing *message, struct str media_id)
{
    const char *kind = message->filled->file_kind;

    json_open(o, '{');
    json_kv_str(o, "type", STR("header"));
    json_key(o, "parameters");
    json_open(o, '[');
    json_open(o, '{');
    json_kv_str(o, "type", str_of(kind));
    json_key(o, kind);
    json_open(o, '{');
    json_kv_str(o, "id", media_id);
    if (strcmp(kind, "document") == 0 && message->filename.len > 0)
        json_kv_str(o, "filename", message->filename);
    json_close(o, '}');
    json_close(o, '}');
    json_close(o, ']');
    json_close(o, '}');
}

static bool
is_coordinate(const struct channel_fill *fill)
{
    return str_eq(fill->name, STR("latitude")) || str_eq(fill->name, STR("longitude"));
}

static bool
read_degrees(struct arena *a, struct str text, double *out)
{
    const struct json *degrees;

    if (json_parse(a, text, &degrees).code != ERR_NONE || json_kind(degrees) != JSON_NUMBER)
        return false;
    *out = json_double(degrees);
    return true;
}

/* Where its header is on the map: nothing when it is not one. */
static void
put_location(struct json_out *o, const struct channel_filled *filled)
{
    double degrees = 0;
    size_t n = 0;

    for (size_t i = 0; i < filled->fill_count; i++) {
        const struct channel_fill *fill = &filled->fills[i];

        if (!is_at(fill, "location"))
            continue;
        if (n++ == 0) {
            json_open(o, '{');
            json_kv_str(o, "type", STR("header"));
            json_key(o, "parameters");
            json_open(o, '[');
            json_open(o, '{');
            json_kv_str(o, "type", STR("location"));
            json_key(o, "location");
            json_open(o, '{');
        }
        json_put_key(o, fill->name);
        if (is_coordinate(fill) && read_degrees(o->buf->arena, fill->text, &degrees))
            json_put_double(o, degrees);
        else
            json_put_str(o, fill->text);
    }
    if (n > 0) {
        json_close(o, '}');
        json_close(o, '}');
        json_close(o, ']');
        json_close(o, '}');
    }
}

static void
put_button(struct json_out *o, const char *sub_type, int index, const char *type, struct str text)
{
    char digits[12];
    int n = snprintf(digits, sizeof digits, "%d", index);

    json_open(o, '{');
    json_kv_str(o, "type", STR("button"));
    json_kv_str(o, "sub_type", str_of(sub_type));
    json_kv_str(o, "index", (struct str){ digits, (size_t)n });
    json_key(o, "parameters");
    json_open(o, '[');
    put_parameter(o, type, (struct str){ 0 }, text);
    json_close(o, ']');
    json_close(o, '}');
}

void
whatsapp_put_template(struct json_out *o, const struct channel_outgoing *message,
                      struct str media_id)
{
    const struct channel_filled *filled = message->filled;

    json_kv_str(o, "name", filled->name);
    json_key(o, "language");
    json_open(o, '{');
    json_kv_str(o, "code", filled->language);
    json_close(o, '}');
    json_key(o, "components");
    json_open(o, '[');
    if (filled->file_kind != NULL)
        put_file(o, message, media_id);
    put_location(o, filled);
    put_place(o, filled, "header");
    put_place(o, filled, "body");
    for (size_t i = 0; i < filled->fill_count; i++)
        if (is_at(&filled->fills[i], "button"))
            put_button(o, "url", filled->fills[i].index, "text", filled->fills[i].text);
    for (size_t i = 0; i < message->option_count; i++)
        put_button(o, "quick_reply", filled->first_reply + (int)i, "payload",
                   message->options[i].id);
    json_close(o, ']');
}
