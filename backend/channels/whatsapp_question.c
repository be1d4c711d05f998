/*
 * A question with options: up to three buttons under its text, or one that opens a list. What fits was decided when
 * it was written (flows/render.h); here only what the network would never take is refused.
 */
#include "whatsapp_private.h"

enum { BUTTONS_MAX = 3, ROWS_MAX = 10 };

const char *
whatsapp_question_refusal(const struct channel_outgoing *message)
{
    size_t most = message->is_list ? ROWS_MAX : BUTTONS_MAX;

    if (message->text.len == 0)
        return "body_empty";
    return message->option_count == 0 || message->option_count > most ? "kind_unsupported" : NULL;
}

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

void
whatsapp_put_question(struct json_out *o, const struct channel_outgoing *message)
{
    json_kv_str(o, "type", message->is_list ? STR("list") : STR("button"));
    json_key(o, "body");
    json_open(o, '{');
    json_kv_str(o, "text", message->text);
    json_close(o, '}');
    json_key(o, "action");
    json_open(o, '{');
    if (message->is_list)
        put_list(o, message);
    else
        put_buttons(o, message);
    json_close(o, '}');
}
