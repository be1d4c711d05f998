/*
 * A template on its way: its message says what the phone shows, and holds in its detail (openapi: Message.detail) what the
 * network has to be told, as it was filled (templates.h). What it is made of may change meanwhile; the message does not.
 */
#include "messages_private.h"

#include "domain/contacts/contacts.h"

#include "messages.sql.h"

/* As many as any template has. */
enum { FILLS_MAX = 60 };

static const char *const places[] = { "header", "body", "button", "location" };
static const char *const file_kinds[] = { "image", "video", "document" };

static const char *
file_kind_of(struct str kind)
{
    for (size_t i = 0; i < sizeof file_kinds / sizeof file_kinds[0]; i++)
        if (str_eq(kind, str_of(file_kinds[i])))
            return file_kinds[i];
    return NULL;
}

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
        .file_kind = file_kind_of(json_get_text(detail, "file")),
    };
    outgoing->filled = filled;
}

/* A copy of a file that the house keeps, for this message. */
static struct err
give_file(struct cx *cx, const struct ticket *ticket, const struct template_wish *wish,
          const struct template_words *words, struct attachment *file, bool *has_file)
{
    struct channel channel;
    struct db_row row;

    *has_file = wish->attachment_id != 0;
    TRY(channels_get(cx, ticket->channel, &channel));
    if (channel.driver == NULL)
        return FAIL(ERR_CONFLICT, "channel_inactive");
    if (*has_file)
        TRY(messages_copy_upload(cx, wish->attachment_id, file));
    TRY(tickets_check_template_file(channel.driver, words, *has_file ? file : NULL));
    if (!*has_file)
        return OK;
    TRY(db_one(cx, &SQL_attachment_give, &row, P_ID(cx->account), P_I64(file->id), P_ID(ticket->id),
               P_I64(ticket->last_seq + 1), P_STR(file->kind), P_STR(file->filename), P_NULL));
    *file = attachment_from_row(&row);
    return OK;
}

struct err
messages_say_template(struct cx *cx, struct ticket *ticket, const struct template_wish *wish,
                      struct str client_key)
{
    struct attachment *file = arena_new_of(cx->arena, struct attachment);
    bool is_opted_out, is_said, has_file;
    struct template_words words;

    TRY(tickets_has_said(cx, ticket->id, client_key, &is_said));
    if (is_said)
        return OK;
    TRY(contacts_opted_out(cx, ticket->contact, &is_opted_out));
    if (is_opted_out)
        return FAIL(ERR_CONFLICT, "opted_out");
    TRY(templates_fill(cx, wish, &words));
    TRY(give_file(cx, ticket, wish, &words, file, &has_file));
    tickets_say_keyed(cx, ticket,
                      &(struct bot_words){ .kind = "template",
                                           .text = words.text,
                                           .offer = words.detail,
                                           .file = has_file ? file : NULL,
                                           .client_key = client_key });
    return OK;
}

/* What stands at this place, when it was said to the very person who answers it. */
static struct err
sent_to(struct cx *cx, const struct thread_place *place, struct contact_id who,
        struct ticket *ticket, struct message *message, bool *is_theirs)
{
    struct err e = tickets_get(cx, place->ticket, ticket);

    *is_theirs = false;
    if (e.code == ERR_NONE && ticket->contact.v == who.v) {
        e = tickets_message(cx, place->ticket, place->seq, message);
        *is_theirs = e.code == ERR_NONE && str_eq(message->kind, STR("template"));
    }
    return e.code == ERR_NOT_FOUND ? OK : e;
}

struct err
template_offered(struct cx *cx, const struct thread_place *quoted, struct contact_id who,
                 struct str payload, bool *offered)
{
    struct channel_outgoing shown = { 0 };
    struct message message;
    struct ticket ticket;
    bool is_theirs;

    *offered = false;
    TRY(sent_to(cx, quoted, who, &ticket, &message, &is_theirs));
    if (!is_theirs)
        return OK;
    question_read(cx->arena, &message, &shown);
    for (size_t i = 0; i < shown.option_count; i++)
        *offered = *offered || str_eq(shown.options[i].id, payload);
    return OK;
}

static void
put_member(struct str key, const struct json *value, void *arg)
{
    struct json_out *o = arg;

    json_put_key(o, key);
    json_put_raw(o, json_print(o->buf->arena, value));
}

struct err
template_quote(struct cx *cx, const struct thread_place *quoted, struct contact_id who,
               struct str *detail)
{
    struct buf b = { .arena = cx->arena };
    struct json_out o = { .buf = &b };
    const struct json *before = NULL;
    struct message message;
    struct ticket ticket;
    bool is_theirs;

    TRY(sent_to(cx, quoted, who, &ticket, &message, &is_theirs));
    if (!is_theirs || ticket.is_confidential || message.deleted_at_us != 0)
        return OK;
    if (detail->len > 0)
        TRY(json_parse(cx->arena, *detail, &before));
    json_open(&o, '{');
    json_each(before, put_member, &o);
    json_key(&o, "quoted");
    json_open(&o, '{');
    json_kv_i64(&o, "ticket_id", quoted->ticket.v);
    json_kv_i64(&o, "seq", quoted->seq);
    json_close(&o, '}');
    json_close(&o, '}');
    *detail = buf_str(&b);
    return OK;
}
