/*
 * A question, or a template, with options. Its words are the message's text; what may be tapped stands in its detail (openapi:
 * Message.detail), as the bot wrote it: on the way out it becomes buttons or rows, and on the way in a tap counts
 * only if exactly this was offered to exactly this person.
 */
#include "messages_private.h"

/* As many as any network of ours draws. */
enum { OPTIONS_MAX = 20 };

static const struct json *
offer_of(struct arena *a, const struct message *message)
{
    const struct json *detail;

    bool offers = str_eq(message->kind, STR("question")) || str_eq(message->kind, STR("template"));

    if (!offers || message->detail.p == NULL ||
        json_parse(a, message->detail, &detail).code != ERR_NONE)
        return NULL;
    return detail;
}

static struct channel_option
option_of(const struct json *option)
{
    struct str description = json_get_text(option, "description");

    return (struct channel_option){
        .id = json_get_text(option, "id"),
        .label = json_get_text(option, "label"),
        .description = description.p == NULL ? STR("") : description,
    };
}

static enum channel_ask
asks_by(struct str style)
{
    static const char *const styles[] = { [CHANNEL_BUTTONS] = "buttons",
                                          [CHANNEL_LIST] = "list",
                                          [CHANNEL_LOCATION] = "location",
                                          [CHANNEL_FILE] = "file" };

    for (size_t i = 0; i < sizeof styles / sizeof styles[0]; i++)
        if (str_eq(style, str_of(styles[i])))
            return (enum channel_ask)i;
    return CHANNEL_BUTTONS;
}

void
question_read(struct arena *a, const struct message *message, struct channel_outgoing *outgoing)
{
    const struct json *offer = offer_of(a, message), *options = json_get(offer, "options");
    size_t n = json_len(options) < OPTIONS_MAX ? json_len(options) : OPTIONS_MAX;
    struct channel_option *v = arena_array(a, struct channel_option, n);

    for (size_t i = 0; i < n; i++)
        v[i] = option_of(json_at(options, i));
    outgoing->asks = asks_by(json_get_text(offer, "style"));
    outgoing->options = v;
    outgoing->option_count = n;
}

struct err
messages_visitor_option(struct cx *cx, const struct visitor *visitor, struct str question,
                        struct str id, bool *found, struct channel_option *out)
{
    struct thread_place place;
    struct visitor_page page;
    struct channel_outgoing offered = { 0 };

    *found = false;
    if (!messages_visitor_place(question, &place))
        return OK;
    TRY(tickets_visitor_messages(cx, visitor->channel, visitor->identity,
                                 (struct thread_place){ 0 },
                                 (struct thread_place){ place.ticket, place.seq - 1 }, 1, &page));
    if (page.n == 0 || page.v[0].message.ticket.v != place.ticket.v ||
        page.v[0].message.seq != place.seq)
        return OK;
    question_read(cx->arena, &page.v[0].message, &offered);
    for (size_t i = 0; i < offered.option_count && !*found; i++)
        if (str_eq(offered.options[i].id, id)) {
            *out = offered.options[i];
            *found = true;
        }
    return OK;
}
