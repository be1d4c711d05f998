/*
 * A template on its way: its message says what the phone shows, and holds in its detail (openapi: Message.detail) what the
 * network has to be told, as it was filled (templates.h). What it is made of may change meanwhile; the message does not.
 */
#include "messages_private.h"

#include "domain/contacts/contacts.h"

/* As many as any template has. */
enum { FILLS_MAX = 60 };

static const char *const places[] = { "header", "body", "button" };

static struct channel_fill
fill_of(const struct json *fill)
{
    struct str place = json_get_text(fill, "place");
    struct channel_fill out = { .place = "",
                                .name = json_get_text(fill, "name"),
                                .text = json_get_text(fill, "text") };
    int64_t index = 0;

    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        if (str_eq(place, str_of(places[i])))
            out.place = places[i];
    json_i64(json_get(fill, "index"), &index);
    out.index = (int)index;
    return out;
}

void
filled_read(struct arena *a, const struct message *message, struct channel_outgoing *outgoing)
{
    const struct json *detail, *fills;
    struct channel_filled *filled;
    struct channel_fill *v;
    int64_t first = 0;
    size_t n;

    if (!str_eq(message->kind, STR("template")) || message->detail.p == NULL ||
        json_parse(a, message->detail, &detail).code != ERR_NONE)
        return;
    fills = json_get(detail, "fills");
    n = json_len(fills) < FILLS_MAX ? json_len(fills) : FILLS_MAX;
    v = arena_array(a, struct channel_fill, n + 1);
    for (size_t i = 0; i < n; i++)
        v[i] = fill_of(json_at(fills, i));
    json_i64(json_get(detail, "first_reply"), &first);
    filled = arena_new_of(a, struct channel_filled);
    *filled = (struct channel_filled){
        .name = json_get_text(detail, "name"),
        .language = json_get_text(detail, "language"),
        .fills = v,
        .fill_count = n,
        .first_reply = (int)first,
    };
    outgoing->filled = filled;
}

struct err
messages_say_template(struct cx *cx, struct ticket *ticket, const struct template_wish *wish,
                      struct str client_key)
{
    struct template_words words;
    bool is_opted_out, is_said;

    TRY(tickets_has_said(cx, ticket->id, client_key, &is_said));
    if (is_said)
        return OK;
    TRY(contacts_opted_out(cx, ticket->contact, &is_opted_out));
    if (is_opted_out)
        return FAIL(ERR_CONFLICT, "opted_out");
    TRY(templates_fill(cx, wish, &words));
    tickets_say_keyed(cx, ticket,
                      &(struct bot_words){ .kind = "template",
                                           .text = words.text,
                                           .offer = words.detail,
                                           .client_key = client_key });
    return OK;
}

/* Answered by the very person that it was sent to, with what it offered. */
struct err
template_offered(struct cx *cx, const struct thread_place *quoted, struct contact_id who,
                 struct str payload, bool *offered)
{
    struct channel_outgoing shown = { 0 };
    struct message message;
    struct ticket ticket;
    struct err e;

    *offered = false;
    e = tickets_get(cx, quoted->ticket, &ticket);
    if (e.code == ERR_NONE && ticket.contact.v == who.v)
        e = tickets_message(cx, quoted->ticket, quoted->seq, &message);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_NONE && ticket.contact.v != who.v))
        return OK;
    TRY(e);
    question_read(cx->arena, &message, &shown);
    for (size_t i = 0; i < shown.option_count && str_eq(message.kind, STR("template")); i++)
        *offered = *offered || str_eq(shown.options[i].id, payload);
    return OK;
}
