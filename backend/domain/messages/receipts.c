/*
 * What became of our messages. Statuses come repeated, out of order, and now and
 * then before the answer that names the message: a message only moves forward,
 * and what comes early waits.
 */
#include "messages_private.h"

#include "messages.sql.h"

/* Further along the way is higher. A failure is final unless the customer already had it. */
static const struct {
    const char *state;
    int rank;
} ranks[] = {
    { "queued", 0 },   { "sending", 1 },   { "unknown", 1 }, { "failed", 2 },
    { "accepted", 2 }, { "delivered", 3 }, { "read", 4 },
};

static int
rank_of(struct str state)
{
    for (size_t i = 0; i < sizeof ranks / sizeof ranks[0]; i++)
        if (str_eq(state, str_of(ranks[i].state)))
            return ranks[i].rank;
    return -1;
}

bool
receipts_move(struct message *message, struct str state, struct str error_code,
              struct str error_slug)
{
    bool fails = str_eq(state, STR("failed"));
    int from = rank_of(message->state), to = rank_of(state);

    if (from < 0 || to < 0 || str_eq(message->state, state))
        return false;
    /* accepted → failed is the everyday failure: same rank, later word. */
    if (fails ? from > rank_of(STR("accepted")) || str_eq(message->state, STR("failed"))
              : to <= from)
        return false;
    message->state = state;
    message->error_code = fails ? error_code : (struct str){ 0 };
    message->error_slug =
        fails ? (error_slug.len > 0 ? error_slug : STR("provider_refused")) : (struct str){ 0 };
    return true;
}

static void
remember(struct cx *cx, const struct db_stmt *stmt, struct channel_id channel,
         struct str provider_id, const struct message *message)
{
    if (provider_id.len > 0)
        db_queue(cx, stmt, P_ID(cx->account), P_ID(channel), P_STR(provider_id),
                 P_ID(message->ticket), P_I64(message->seq), P_TIME(message->created_at_us));
}

void
provider_ids_add(struct cx *cx, struct channel_id channel, struct str provider_id,
                 const struct message *message)
{
    remember(cx, &SQL_provider_id_add, channel, provider_id, message);
}

void
provider_ids_claim(struct cx *cx, struct channel_id channel, struct str provider_id,
                   const struct message *message)
{
    remember(cx, &SQL_provider_id_claim, channel, provider_id, message);
}

void
provider_ids_ask(struct cx *cx, struct channel_id channel, struct str provider_id,
                 struct place_search *out)
{
    *out = (struct place_search){ .is_asked = provider_id.len > 0 };
    if (out->is_asked)
        db_ask(cx, &SQL_provider_id_find, &out->rows, P_ID(cx->account), P_ID(channel),
               P_STR(provider_id));
}

struct err
provider_ids_read(struct cx *cx, const struct place_search *search, bool *found,
                  struct thread_place *out)
{
    *found = false;
    if (!search->is_asked)
        return OK;
    TRY(db_await(cx, &search->rows));
    *found = search->rows.count > 0;
    if (*found) {
        struct db_row row = db_row_at(&search->rows, 0);

        *out = (struct thread_place){ { db_i64(&row, 0) }, db_i64(&row, 1) };
    }
    return OK;
}

struct err
provider_ids_find(struct cx *cx, struct channel_id channel, struct str provider_id, bool *found,
                  struct thread_place *out)
{
    struct place_search search;

    provider_ids_ask(cx, channel, provider_id, &search);
    return provider_ids_read(cx, &search, found, out);
}

struct err
provider_ids_of(struct cx *cx, struct ticket_id ticket, int64_t seq, struct str *out)
{
    struct db_row row;
    bool found;

    *out = (struct str){ 0 };
    TRY(db_opt(cx, &SQL_provider_id_of, &found, &row, P_ID(cx->account), P_ID(ticket), P_I64(seq)));
    if (found)
        *out = db_str(&row, 0);
    return OK;
}

/* "<ticket>:<seq>", as we gave it along; anything else names nothing. */
static bool
read_opaque(struct str opaque, struct thread_place *out)
{
    struct str ticket;

    return opaque.len > 0 && str_cut(&opaque, ':', &ticket) && str_i64(ticket, &out->ticket.v) &&
           str_i64(opaque, &out->seq) && out->ticket.v > 0 && out->seq > 0;
}

/* The echo is believed only for a message of ours on this very channel. */
static struct err
find_by_opaque(struct cx *cx, const struct receipt *receipt, bool *found,
               struct thread_place *place)
{
    struct message message;
    struct ticket ticket;
    struct err e;

    *found = false;
    if (!read_opaque(receipt->opaque, place))
        return OK;
    /* Locked first, as the sender does: two who take ticket and name in other orders wait for ever. */
    e = tickets_lock(cx, place->ticket, &ticket);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_NONE && ticket.channel.v != receipt->channel.v))
        return OK;
    TRY(e);
    e = tickets_message_of(cx, &ticket, place->seq, &message);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_NONE && !str_eq(message.direction, STR("out"))))
        return OK;
    TRY(e);
    provider_ids_add(cx, receipt->channel, receipt->provider_id, &message);
    *found = true;
    return OK;
}

void
receipts_ask(struct cx *cx, struct channel_id channel, struct str provider_id, struct db_rows *out)
{
    db_ask(cx, &SQL_receipt_find, out, P_ID(cx->account), P_ID(channel), P_STR(provider_id));
}

/* As it was asked, or, when nothing was there by then, as it is now. */
static struct err
find_by_name(struct cx *cx, const struct receipt *receipt, const struct db_rows *asked, bool *found,
             struct thread_place *place, struct message *as_it_was)
{
    struct db_rows now;
    struct db_row row;

    if (asked != NULL)
        TRY(db_await(cx, asked));
    if (asked == NULL || asked->count == 0) {
        receipts_ask(cx, receipt->channel, receipt->provider_id, &now);
        TRY(db_await(cx, &now));
        asked = &now;
    }
    *found = asked->count > 0;
    if (!*found)
        return OK;
    row = db_row_at(asked, 0);
    *place = (struct thread_place){ { db_i64(&row, 0) }, db_i64(&row, 1) };
    *as_it_was = (struct message){ .state = db_str(&row, 2) };
    return OK;
}

struct err
receipts_apply(struct cx *cx, const struct receipt *receipt, const struct db_rows *asked)
{
    struct thread_place place;
    struct message message;
    struct ticket ticket;
    bool found;

    db_assert_tx(cx);
    TRY(find_by_name(cx, receipt, asked, &found, &place, &message));
    /* It only moves forward: what it had behind it before it was locked, it has behind it. */
    if (found && !receipts_move(&message, receipt->state, STR(""), STR("")))
        return OK;
    if (!found)
        TRY(find_by_opaque(cx, receipt, &found, &place));
    if (!found) {
        db_queue(cx, &SQL_early_status_add, P_ID(cx->account), P_ID(receipt->channel),
                 P_STR(receipt->provider_id), P_STR(receipt->state), P_STR(receipt->error_code),
                 P_STR(receipt->error_slug), P_TIME(cx->now_us));
        return OK;
    }
    TRY(tickets_lock(cx, place.ticket,
                     &ticket)); /* the sender may be recording its answer right now */
    TRY(tickets_message_of(cx, &ticket, place.seq, &message));
    if (receipts_move(&message, receipt->state, receipt->error_code, receipt->error_slug)) {
        tickets_save_message(cx, &ticket, &message);
        fate_tell(cx, &message);
    }
    return OK;
}

struct err
receipts_apply_early(struct cx *cx, struct channel_id channel, struct str provider_id,
                     struct message *message)
{
    struct db_rows rows;

    TRY(db_many(cx, &SQL_early_status_take, &rows, P_ID(cx->account), P_ID(channel),
                P_STR(provider_id)));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        receipts_move(message, db_str(&row, 0), db_str(&row, 1), db_str(&row, 2));
    }
    return OK;
}
