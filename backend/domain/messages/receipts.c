/*
 * What became of our messages. Statuses come repeated, out of order, and now and
 * then before the answer that names the message: a message only moves forward,
 * and what comes early waits.
 */
#include "messages_private.h"

#include "messages.sql.h"

#include <stdlib.h>

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

struct receipt
receipt_of(struct channel_id channel, const struct channel_event *event)
{
    return (struct receipt){
        .channel = channel,
        .provider_id = event->provider_id,
        .state = str_of(event->state),
        .error_code = event->error_code,
        .error_slug = str_of(event->error_slug),
        .opaque = event->opaque,
    };
}

/* "<ticket>:<seq>", as we gave it along; anything else names nothing. */
static bool
read_opaque(struct str opaque, struct thread_place *out)
{
    struct str ticket;

    return opaque.len > 0 && str_cut(&opaque, ':', &ticket) && str_i64(ticket, &out->ticket.v) &&
           str_i64(opaque, &out->seq) && out->ticket.v > 0 && out->seq > 0;
}

/* A receipt and the message that it is about. */
struct standing {
    struct receipt *receipt;
    struct message_place place; /* .seq == 0: we know of none */
    bool is_named;              /* known by the provider's name; else by our own word */
    bool moves;                 /* as far as it is known without holding the ticket */
};

static struct message_place
place_from_row(const struct db_row *row)
{
    return (struct message_place){ { db_i64(row, 1) }, db_i64(row, 2), db_time(row, 3) };
}

/* It only moves forward: what it had behind it before it was locked, it has behind it. */
static struct err
find_named(struct cx *cx, struct standing all[], size_t n)
{
    int64_t *channels = arena_array(cx->arena, int64_t, n);
    struct str *names = arena_array(cx->arena, struct str, n);
    struct db_rows rows;

    for (size_t i = 0; i < n; i++) {
        channels[i] = all[i].receipt->channel.v;
        names[i] = all[i].receipt->provider_id;
    }
    TRY(db_many(cx, &SQL_receipt_find_named, &rows, P_ID(cx->account),
                db_p_i64s(cx->arena, channels, n), db_p_strs(cx->arena, names, n)));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);
        struct standing *s = &all[db_i64(&row, 0) - 1];
        struct message as_it_was = { .state = db_str(&row, 4) };

        s->place = place_from_row(&row);
        s->is_named = true;
        s->moves = receipts_move(&as_it_was, s->receipt->state, STR(""), STR(""));
    }
    return OK;
}

static struct err
find_echoed(struct cx *cx, struct standing all[], size_t n)
{
    int64_t *channels = arena_array(cx->arena, int64_t, n);
    int64_t *tickets = arena_array(cx->arena, int64_t, n),
            *seqs = arena_array(cx->arena, int64_t, n);
    int64_t *which = arena_array(cx->arena, int64_t, n);
    struct db_rows rows;
    size_t asked = 0;

    for (size_t i = 0; i < n; i++) {
        struct thread_place place;

        if (all[i].is_named || !read_opaque(all[i].receipt->opaque, &place))
            continue;
        channels[asked] = all[i].receipt->channel.v;
        tickets[asked] = place.ticket.v;
        seqs[asked] = place.seq;
        which[asked++] = (int64_t)i;
    }
    if (asked == 0)
        return OK;
    TRY(db_many(cx, &SQL_receipt_find_echoed, &rows, P_ID(cx->account),
                db_p_i64s(cx->arena, channels, asked), db_p_i64s(cx->arena, tickets, asked),
                db_p_i64s(cx->arena, seqs, asked), db_p_i64s(cx->arena, which, asked)));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);
        struct standing *s = &all[db_i64(&row, 0)];

        s->place = place_from_row(&row);
        s->moves = true; /* if not forward, it has a name from here on */
    }
    return OK;
}

static void
keep_early(struct cx *cx, const struct receipt *r)
{
    db_queue(cx, &SQL_early_status_add, P_ID(cx->account), P_ID(r->channel), P_STR(r->provider_id),
             P_STR(r->state), P_STR(r->error_code), P_STR(r->error_slug), P_TIME(cx->now_us));
}

/* By ticket and place in it: below zero, zero or above. */
static int
compare(const struct standing *s, struct ticket_id ticket, int64_t seq)
{
    if (s->place.ticket.v != ticket.v)
        return s->place.ticket.v < ticket.v ? -1 : 1;
    return s->place.seq < seq ? -1 : s->place.seq > seq;
}

/* Of one message in the order in which they came. */
static int
by_place(const void *one, const void *other)
{
    const struct standing *a = *(struct standing *const *)one,
                          *b = *(struct standing *const *)other;
    int order = compare(a, b->place.ticket, b->place.seq);

    return order != 0 ? order : a < b ? -1 : a > b;
}

/* What moves, in the order of tickets and messages that everything below walks in. */
struct movers {
    struct standing **v;
    size_t n;
    struct ticket *tickets; /* those of them that we hold */
    size_t ticket_count;
    struct message *messages; /* in those */
    size_t message_count;
};

/* A ticket that somebody else holds (the sender records its answer, say) is come back for. */
static struct err
lock_tickets(struct cx *cx, struct movers *m)
{
    int64_t *ids = arena_array(cx->arena, int64_t, m->n);
    size_t wanted = 0, at = 0, kept = 0;

    for (size_t i = 0; i < m->n; i++)
        if (wanted == 0 || ids[wanted - 1] != m->v[i]->place.ticket.v)
            ids[wanted++] = m->v[i]->place.ticket.v;
    TRY(tickets_lock_free(cx, ids, wanted, &m->tickets, &m->ticket_count));
    for (size_t i = 0; i < m->n; i++) {
        struct ticket_id id = m->v[i]->place.ticket;

        while (at < m->ticket_count && m->tickets[at].id.v < id.v)
            at++;
        if (at < m->ticket_count && m->tickets[at].id.v == id.v)
            m->v[kept++] = m->v[i];
        else
            m->v[i]->receipt->held = id;
    }
    m->n = kept;
    return OK;
}

static struct err
read_messages(struct cx *cx, struct movers *m)
{
    struct message_place *places = arena_array(cx->arena, struct message_place, m->n);
    size_t n = 0;

    for (size_t i = 0; i < m->n; i++) {
        struct message_place place = m->v[i]->place;

        if (n == 0 || compare(m->v[i], places[n - 1].ticket, places[n - 1].seq) != 0)
            places[n++] = place;
    }
    return tickets_messages_locked(cx, places, n, &m->messages, &m->message_count);
}

/* All that is said of one message, from *at on; true when it is further than it was. */
static bool
move_message(struct cx *cx, const struct movers *m, size_t *at, struct message *message)
{
    bool moved = false;
    int order;

    for (; *at < m->n && (order = compare(m->v[*at], message->ticket, message->seq)) <= 0;
         (*at)++) {
        const struct standing *s = m->v[*at];

        if (order < 0)
            continue; /* its message is there no more */
        if (!s->is_named)
            provider_ids_add(cx, s->receipt->channel, s->receipt->provider_id, message);
        moved |= receipts_move(message, s->receipt->state, s->receipt->error_code,
                               s->receipt->error_slug);
    }
    return moved;
}

static void
save_moved(struct cx *cx, const struct movers *m)
{
    struct message_moved *moved = arena_array(cx->arena, struct message_moved, m->message_count);
    struct ticket *ticket = m->tickets;
    size_t n = 0, at = 0;

    for (size_t i = 0; i < m->message_count; i++) {
        struct message *message = &m->messages[i];

        while (ticket->id.v != message->ticket.v)
            ticket++;
        if (move_message(cx, m, &at, message))
            moved[n++] = (struct message_moved){ ticket, message };
    }
    tickets_save_states(cx, moved, n);
    for (size_t i = 0; i < n; i++)
        fate_tell(cx, moved[i].message);
}

struct err
receipts_apply(struct cx *cx, struct receipt *receipts, size_t n)
{
    struct standing *all = arena_array(cx->arena, struct standing, n);
    struct movers movers = { .v = arena_array(cx->arena, struct standing *, n) };

    db_assert_tx(cx);
    for (size_t i = 0; i < n; i++) {
        receipts[i].held.v = 0;
        all[i].receipt = &receipts[i];
    }
    TRY(find_named(cx, all, n));
    TRY(find_echoed(cx, all, n));
    for (size_t i = 0; i < n; i++) {
        if (all[i].place.seq == 0)
            keep_early(cx, &receipts[i]);
        else if (all[i].moves)
            movers.v[movers.n++] = &all[i];
    }
    if (movers.n == 0)
        return OK;
    qsort(movers.v, movers.n, sizeof *movers.v, by_place);
    TRY(lock_tickets(cx, &movers));
    if (movers.n == 0)
        return OK;
    TRY(read_messages(cx, &movers));
    save_moved(cx, &movers);
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
