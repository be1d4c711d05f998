/*
 * A question: up to three buttons under its text, one that opens a list, or one that sends where its customer is. What
 * fits was decided when it was written (flows/render.h); here only what the network would never take is refused.
 */
#include "whatsapp_private.h"

static void
put_buttons(struct json_out *o, const struct channel_outgoing *message)
{
    json_key(o, "buttons");
    json_open(o, '[');
    for (size_t i = 0; i < message->option_count; i++) {
        json_open(o, '{');
        json_kv_str(o, "type", STR("reply"));
        json_key(o, "reply");
        json_open(o, '{');
        json_kv_str(o, "id", message->options[i].id);
        json_kv_str(o, "title", message->options[i].label);
        json_close(o, '}');
        json_close(o, '}');
    }
    json_close(o, ']');
}

/* One section, which needs no title. */
static void
put_list(struct json_out *o, const struct channel_outgoing *message)
{
    json_kv_str(o, "button", STR("Ver opções"));
    json_key(o, "sections");
    json_open(o, '[');
    json_open(o, '{');
    json_key(o, "rows");
    json_open(o, '[');
    for (size_t i = 0; i < message->option_count; i++) {
        const struct channel_option *option = &message->options[i];

        json_open(o, '{');
        json_kv_str(o, "id", option->id);
        json_kv_str(o, "title", option->label);
        if (option->description.len > 0)
            json_kv_str(o, "description", option->description);
        json_close(o, '}');
    }
    json_close(o, ']');
    json_close(o, '}');
    json_close(o, ']');
}

static void
put_location(struct json_out *o, const struct channel_outgoing *message)
{
    (void)message;
    json_kv_str(o, "name", STR("send_location"));
}

static const struct asking {
    const char *type; /* NULL: the network has no such thing */
    size_t options_min, options_max;
    void (*put_action)(struct json_out *o, const struct channel_outgoing *message);
} askings[] = {
    [CHANNEL_BUTTONS] = { "button", 1, 3, put_buttons },
    [CHANNEL_LIST] = { "list", 1, 10, put_list },
    [CHANNEL_LOCATION] = { "location_request_message", 0, 0, put_location },
    [CHANNEL_FILE] = { NULL, 0, 0, NULL },
};

const char *
whatsapp_question_refusal(const struct channel_outgoing *message)
{
    const struct asking *asking = &askings[message->asks];

    if (message->text.len == 0)
        return "body_empty";
    return asking->type == NULL || message->option_count < asking->options_min ||
                   message->option_count > asking->options_max
               ? "kind_unsupported"
               : NULL;
}

void
whatsapp_put_question(struct json_out *o, const struct channel_outgoing *message)
{
    const struct asking *asking = &askings[message->asks];

    json_kv_str(o, "type", str_of(asking->type));
    json_key(o, "body");
    json_open(o, '{');
    json_kv_str(o, "text", message->text);
    json_close(o, '}');
    json_key(o, "action");
    json_open(o, '{');
    asking->put_action(o, message);
    json_close(o, '}');
}
