/*
 * Answers that nobody is to read, asked for by a flow. The message never holds one, nor does anything that is made of
 * messages: lists, events, notices, the index. It travels sealed in the job that tells the flow, and ends with it; the
 * body that brought it is emptied once all of it was handled, however often it comes. What was taken back says no more
 * whether it was one, and is nobody's to read either.
 */
#include "messages_private.h"

#include "base/crypto.h"

#include "messages.sql.h"

struct err
secret_is_asked(struct cx *cx, const struct ticket *ticket, struct str text, bool *out)
{
    struct db_row row;

    *out = false;
    if (text.len == 0 || !tickets_is_flows(ticket))
        return OK;
    TRY(db_one(cx, &SQL_secret_is_asked, &row, P_ID(cx->account), P_ID(ticket->id)));
    *out = db_bool(&row, 0);
    return OK;
}

bool
secret_is_kept(const struct message *message)
{
    return str_eq(message->text, STR(TEXT_HIDDEN));
}

/* Bound to the message: it opens for no other. */
static struct str
place_of(struct cx *cx, const struct message *message)
{
    return str_fmt(cx->arena, "jobs|flow.hear|%lld|%lld|%lld", (long long)cx->account.v,
                   (long long)message->ticket.v, (long long)message->seq);
}

struct str
secret_carry(struct cx *cx, const struct message *message, struct str text)
{
    struct str sealed = crypto_seal(cx->arena, place_of(cx, message), text);
    struct str hex = crypto_hex(cx->arena, (const uint8_t *)sealed.p, sealed.len);

    return str_fmt(cx->arena, "%lld:%.*s", (long long)message->seq, STR_ARG(hex));
}

struct err
messages_reveal(struct cx *cx, struct str hidden, struct message *message)
{
    size_t n = hidden.len / 2;
    uint8_t *sealed = arena_array(cx->arena, uint8_t, n + 1);

    if (!crypto_unhex(hidden, sealed, n) ||
        !crypto_unseal(cx->arena, place_of(cx, message), (struct str){ (const char *)sealed, n },
                       &message->text))
        return FAIL(ERR_INVALID, "secret_moved");
    return OK;
}

struct err
secret_again(struct cx *cx, struct foreseen *f, struct thread_place place)
{
    struct message message;
    struct err e = tickets_message(cx, place.ticket, place.seq, &message);

    if (e.code == ERR_NOT_FOUND)
        return OK; /* forgotten since */
    TRY(e);
    f->holds_secret = f->holds_secret || secret_is_kept(&message) || message.deleted_at_us != 0;
    return OK;
}
