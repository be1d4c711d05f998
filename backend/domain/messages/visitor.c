/*
 * The visitor's view of a thread: what a webchat screen is told and shown. No
 * whispers, no system lines, no internal numbers but the place in the thread.
 */
#include "messages_private.h"

#include "domain/events/events.h"

/* "<account> <channel> <identity> <kind> <address>": the address last, it may hold anything. */
struct str
messages_visitor_grant(struct cx *cx, const struct visitor *v)
{
    return str_fmt(cx->arena, "%lld %lld %lld %s %.*s", (long long)cx->account.v,
                   (long long)v->channel.v, (long long)v->identity.v, v->kind, STR_ARG(v->address));
}

struct err
messages_visitor(struct cx *cx, struct visitor *out)
{
    struct str grant = cx->grant, word[4];

    for (int i = 0; i < 4; i++)
        if (!str_cut(&grant, ' ', &word[i]))
            return FAIL(ERR_UNAUTHENTICATED, "visitor_invalid");
    *out = (struct visitor){ .kind = str_eq(word[3], STR("external")) ? "external" : "visitor",
                             .address = grant };
    if (!str_i64(word[1], &out->channel.v) || !str_i64(word[2], &out->identity.v) || grant.len == 0)
        return FAIL(ERR_UNAUTHENTICATED, "visitor_invalid");
    return OK;
}

/* "<ticket>-<seq>", padded so that newer is greater as text too. */
struct str
messages_visitor_id(struct arena *a, struct thread_place place)
{
    return str_fmt(a, "%012lld-%06lld", (long long)place.ticket.v, (long long)place.seq);
}

bool
messages_visitor_place(struct str id, struct thread_place *out)
{
    struct str ticket;

    return str_cut(&id, '-', &ticket) && str_i64(ticket, &out->ticket.v) &&
           str_i64(id, &out->seq) && out->ticket.v > 0 && out->seq > 0;
}

/* What may be tapped, told with the question; and what was, with the answer. */
static void
put_offer(struct json_out *o, const struct message *m)
{
    bool is_question = str_eq(m->kind, STR("question")) && m->detail.p != NULL;
    const struct json *picked = NULL;

    if (str_eq(m->kind, STR("choice")) && m->detail.p != NULL)
        (void)json_parse(o->buf->arena, m->detail, &picked).code;
    json_key(o, "question");
    if (is_question)
        json_put_raw(o, m->detail);
    else
        json_put_null(o);
    json_kv_str(o, "option_id", json_get_text(picked, "id"));
}

void
visitor_message_write_json(struct json_out *o, const void *value)
{
    const struct visitor_message *v = value;
    const struct message *m = &v->message;
    bool is_theirs = str_eq(m->direction, STR("in")), is_gone = m->deleted_at_us != 0;

    json_open(o, '{');
    json_kv_str(o, "id",
                messages_visitor_id(o->buf->arena, (struct thread_place){ m->ticket, m->seq }));
    json_kv_str(o, "from",
                is_theirs                               ? STR("visitor")
                : str_eq(m->author_kind, STR("member")) ? STR("team")
                                                        : STR("bot"));
    json_kv_str(o, "author", v->author.len > 0 ? v->author : (struct str){ 0 });
    json_kv_str(o, "kind", m->kind);
    json_kv_str(o, "text", is_gone || m->text.p == NULL ? STR("") : m->text);
    json_key(o, "attachments");
    json_open(o, '[');
    for (int64_t i = 0; !is_gone && m->attachments != NULL && i < m->attachment_count; i++)
        attachment_write_json(o, &m->attachments[i]);
    json_close(o, ']');
    put_offer(o, m);
    json_kv_str(o, "state", m->state);
    json_kv_str(o, "client_key", is_theirs ? m->client_key : (struct str){ 0 });
    json_kv_time(o, "created_at", m->created_at_us);
    json_kv_time(o, "edited_at", m->edited_at_us);
    json_kv_time(o, "deleted_at", m->deleted_at_us);
    json_close(o, '}');
}

void
visitor_tell(struct cx *cx, struct identity_id identity, const struct message *message,
             struct str author)
{
    struct visitor_message shown = { .message = *message, .author = author };
    struct buf buf;
    struct json_out o = events_payload(cx, &buf);

    json_key(&o, "message");
    visitor_message_write_json(&o, &shown);
    json_close(&o, '}');
    events_tell_visitor(cx, "message", identity.v, buf_str(&buf));
}
