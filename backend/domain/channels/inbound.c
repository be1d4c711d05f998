/*
 * Receiving: write first, answer after. A body is stored raw, with the verdict on
 * its signature, in the transaction that queues its handling.
 */
#include "channels_private.h"

#include "base/crypto.h"

#include "channels.sql.h"

/* One lane's part of a body. Bodies speak of one customer nearly always; batches of many. */
struct lanes {
    int64_t *v;
    size_t n;
};

/*
 * Phones name a customer in every event of a channel, other ids only in some: so
 * the phone chooses the lane whenever there is one.
 */
int64_t
channels_customer_lane(struct cx *cx, struct channel_id channel, const struct channel_identity *who,
                       int n)
{
    const struct channel_identity *chosen = n > 0 ? &who[0] : NULL;
    struct str digits;

    if (chosen == NULL)
        return jobs_lane("channel", channel.v, 0);
    for (int i = 0; i < n; i++)
        if (strcmp(who[i].kind, "phone") == 0)
            chosen = &who[i];
    digits = strcmp(chosen->kind, "phone") == 0 ? str_digits(cx->arena, chosen->address)
                                                : chosen->address;
    /* The ninth digit comes and goes between events: the last eight name the line. */
    if (strcmp(chosen->kind, "phone") == 0 && digits.len > 8)
        digits = (struct str){ digits.p + digits.len - 8, 8 };
    return jobs_lane("customer", channel.v, crypto_hash64(digits));
}

static struct lanes
lanes_of(struct cx *cx, const struct channel *channel, const struct channel_events *events)
{
    struct lanes lanes = { .v = arena_array(cx->arena, int64_t, events->n) };

    for (size_t i = 0; i < events->n; i++) {
        const struct channel_event *e = &events->v[i];
        int64_t lane = channels_customer_lane(cx, channel->id, e->who, e->who_count);
        size_t at = 0;

        while (at < lanes.n && lanes.v[at] != lane)
            at++;
        if (at == lanes.n)
            lanes.v[lanes.n++] = lane;
    }
    return lanes;
}

/* Whose order is of no matter: a message only moves forward. */
static bool
is_statuses(const struct channel_events *events)
{
    for (size_t i = 0; i < events->n; i++)
        if (events->v[i].kind != CHANNEL_STATUS)
            return false;
    return events->n > 0;
}

/*
 * Those who deliver at once hold a lane until their commit: with one for all of a channel they would queue. And each moment
 * has lanes of its own: one that is being worked at would be due again as soon as it is let go.
 */
enum { STATUS_LANES = 8 };

static void
queue_statuses(struct cx *cx, const struct channel *channel, int64_t id)
{
    int64_t moment = jobs_gathered_us(cx->now_us);

    jobs_gather(cx, "inbound.statuses",
                jobs_lane("statuses", channel->id.v, moment + id % STATUS_LANES), id, STR(""));
}

static void
keep(struct cx *cx, const struct channel *channel, int64_t id, struct str body,
     enum channel_verdict verdict, const char *state, size_t jobs, const char *why)
{
    db_queue(cx, &SQL_inbound_add, P_ID(cx->account), P_I64(id), P_ID(channel->id),
             P_TIME(cx->now_us), P_STR(str_of(channel_verdict_names[verdict])),
             P_STR(str_of(state)), P_I64((int64_t)jobs), db_p_bytes(cx->arena, body),
             P_STR(cx->request_id), P_STR(str_of(why)));
}

struct err
channels_receive(struct cx *cx, const struct channel *channel, const struct channel_config *config,
                 struct str body, enum channel_verdict verdict)
{
    struct channel_events events = { 0 };
    int64_t id = channel->next_event_id;
    struct err unreadable;
    struct lanes lanes;
    struct db_row row;

    db_assert_tx(cx);
    if (id == 0) {
        TRY(db_one_(cx, &SQL_inbound_next_id, &row, NULL, 0));
        id = db_i64(&row, 0);
    }

    if (verdict != CHANNEL_VALID) {
        keep(cx, channel, id, body, verdict, "rejected", 0, "signature_invalid");
        log_warn("inbound.rejected", "event=%lld channel=%lld verdict=%s", (long long)id,
                 (long long)channel->id.v, channel_verdict_names[verdict]);
        return OK;
    }
    unreadable = channel->driver->parse(cx->arena, config, body, &events);
    if (unreadable.code != ERR_NONE) {
        keep(cx, channel, id, body, verdict, "unreadable", 0, unreadable.slug);
        log_warn("inbound.unreadable", "event=%lld channel=%lld why=%s", (long long)id,
                 (long long)channel->id.v, unreadable.slug);
        return OK;
    }
    if (is_statuses(&events)) {
        keep(cx, channel, id, body, verdict, "pending", 1, NULL);
        queue_statuses(cx, channel, id);
        return OK;
    }
    lanes = lanes_of(cx, channel, &events);
    keep(cx, channel, id, body, verdict, lanes.n == 0 ? "done" : "pending", lanes.n, NULL);
    for (size_t i = 0; i < lanes.n; i++)
        jobs_add(cx, "inbound.event", lanes.v[i], id, STR(""), 0);
    return OK;
}

void
channels_inbound_ask(struct cx *cx, const int64_t *event_ids, size_t n, struct db_rows *rows)
{
    db_ask(cx, &SQL_inbound_list, rows, P_ID(cx->account), db_p_i64s(cx->arena, event_ids, n));
}

struct err
channels_inbound_read(struct cx *cx, const struct db_rows *rows, size_t which,
                      struct channel *channel, struct str *body)
{
    enum { BODY = 14, NUMBER };

    TRY(db_await(cx, rows));
    for (int i = 0; i < rows->count; i++) {
        struct db_row row = db_row_at(rows, i);

        if (db_i64(&row, NUMBER) != (int64_t)which + 1)
            continue;
        *channel = channels_from_row(cx, &row);
        *body = db_bytes(cx, &row, BODY);
        return OK;
    }
    return FAIL(ERR_NOT_FOUND, "not_found");
}

void
channels_inbound_hide(struct cx *cx, int64_t event_id)
{
    db_queue(cx, &SQL_inbound_hide, P_ID(cx->account), P_I64(event_id));
}

void
channels_inbound_finish(struct cx *cx, const int64_t *event_ids, size_t n)
{
    db_queue(cx, &SQL_inbound_finish, P_ID(cx->account), db_p_i64s(cx->arena, event_ids, n),
             P_TIME(cx->now_us));
}
