/*
 * What was said is said otherwise, or taken back: by its author where the screen of
 * the customer is ours, by the customer where their network tells us. The thread shows
 * what is said now; what was said before lies sealed, for those who may read it.
 */
#include "messages_private.h"

#include "base/clock.h"
#include "base/crypto.h"
#include "domain/audit/audit.h"

#include "messages.sql.h"

/* Bound to the message: a text that was moved to another does not open. */
static struct str
place_of(struct cx *cx, struct ticket_id ticket, int64_t seq)
{
    return str_fmt(cx->arena, "message_originals|body|%lld|%lld|%lld", (long long)cx->account.v,
                   (long long)ticket.v, (long long)seq);
}

static void
keep_original(struct cx *cx, const struct message *message)
{
    struct str sealed = crypto_seal(cx->arena, place_of(cx, message->ticket, message->seq),
                                    message->text.p == NULL ? STR("") : message->text);

    db_queue(cx, &SQL_original_add, P_ID(cx->account), P_ID(message->ticket), P_I64(message->seq),
             db_p_bytes(cx->arena, sealed), P_TIME(cx->now_us), P_ID(cx->member));
}

void
amend_text(struct cx *cx, struct ticket *ticket, struct message *message, struct str text)
{
    keep_original(cx, message);
    message->text = text;
    message->edited_at_us = cx->now_us;
    tickets_save_message(cx, ticket, message);
}

void
amend_take_back(struct cx *cx, struct ticket *ticket, struct message *message)
{
    keep_original(cx, message);
    if (message->attachment_count > 0)
        db_queue(cx, &SQL_attachment_hide, P_ID(cx->account), P_ID(message->ticket),
                 P_I64(message->seq));
    message->text = STR("");
    message->deleted_at_us = cx->now_us;
    tickets_save_message(cx, ticket, message);
}

/* --- by its author ------------------------------------------------------------------ */

/* Only what the customer has can be changed under their eyes; the rest is not said yet, or never was. */
static bool
was_said(const struct message *message)
{
    return str_eq(message->direction, STR("out")) &&
           (str_eq(message->state, STR("accepted")) || str_eq(message->state, STR("delivered")) ||
            str_eq(message->state, STR("read")));
}

/* The message of a locked ticket, when it is the caller's own and its moment is not over. */
static struct err
own_message(struct cx *cx, struct ticket_id id, int64_t seq,
            int64_t (*minutes_of)(const struct channel_driver *), struct ticket *ticket,
            struct message *out)
{
    const struct channel_driver *driver;
    int64_t posted_seq, minutes;

    TRY(tickets_lock_for_post(cx, id, STR(""), ticket, &driver, &posted_seq));
    TRY(tickets_message(cx, id, seq, out));
    if (cx->member.v == 0 || out->author.v != cx->member.v)
        return FAIL(ERR_FORBIDDEN, "not_author");
    if (driver == NULL)
        return FAIL(ERR_CONFLICT, "channel_inactive");
    minutes = minutes_of(driver);
    if (minutes == 0 || !was_said(out))
        return FAIL(ERR_CONFLICT, "amend_unsupported");
    if (out->deleted_at_us != 0)
        return FAIL(ERR_CONFLICT, "message_deleted");
    return out->created_at_us + minutes * 60 * US_PER_S < cx->now_us
               ? FAIL(ERR_CONFLICT, "amend_too_late")
               : OK;
}

static struct err
tell_visitor(struct cx *cx, const struct ticket *ticket, const struct message *message)
{
    struct str author;

    TRY(org_first_name(cx, message->author, &author));
    visitor_tell(cx, ticket->identity, message, author);
    return OK;
}

static int64_t
edit_minutes(const struct channel_driver *driver)
{
    return driver->edit_minutes;
}

static int64_t
delete_minutes(const struct channel_driver *driver)
{
    return driver->delete_minutes;
}

struct err
messages_edit(struct cx *cx, struct ticket_id id, int64_t seq, struct str text, struct message *out)
{
    struct ticket ticket;

    if (text.len == 0)
        return FAIL_FIELD(ERR_INVALID, "message_empty", "text");
    TRY(own_message(cx, id, seq, edit_minutes, &ticket, out));
    if (out->text.len == 0)
        return FAIL(ERR_CONFLICT,
                    "amend_unsupported"); /* a file without words has none to change */
    if (!str_eq(out->text, text)) {
        amend_text(cx, &ticket, out, text);
        TRY(tell_visitor(cx, &ticket, out));
    }
    audit_add(cx, "message.edited", "ticket", id.v, STR(""));
    return OK;
}

struct err
messages_delete(struct cx *cx, struct ticket_id id, int64_t seq, struct message *out)
{
    struct ticket ticket;

    TRY(own_message(cx, id, seq, delete_minutes, &ticket, out));
    amend_take_back(cx, &ticket, out);
    TRY(tell_visitor(cx, &ticket, out));
    audit_add(cx, "message.deleted", "ticket", id.v, STR(""));
    return OK;
}

/* --- what was said before ----------------------------------------------------------- */

struct err
messages_originals(struct cx *cx, struct ticket_id id, int64_t seq, struct originals *out)
{
    struct original *all;
    struct db_rows rows;

    TRY(tickets_message(cx, id, seq,
                        &out->message)); /* whoever does not see it, sees no past of it */
    TRY(db_many(cx, &SQL_original_list, &rows, P_ID(cx->account), P_ID(id), P_I64(seq)));
    all = arena_array(cx->arena, struct original, (size_t)rows.count);
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        all[i] = (struct original){ .until_us = db_time(&row, 1), .member = { db_i64(&row, 2) } };
        if (!crypto_unseal(cx->arena, place_of(cx, id, seq), db_bytes(cx, &row, 0), &all[i].text))
            return FAIL(ERR_CONFLICT, "secret_moved");
    }
    out->v = all;
    out->n = (size_t)rows.count;
    audit_add(cx, "message.original_read", "ticket", id.v, STR(""));
    return OK;
}
