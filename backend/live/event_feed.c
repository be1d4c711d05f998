#include "event_feed.h"

#include "live.sql.h"

#include "base/clock.h"
#include "base/log.h"

#include <stdlib.h>

enum {
    BATCH = 100,      /* rows of one answer, before the loop looks at its sockets again */
    START_MINUTES = 5 /* read back when the process starts */
};

struct live_feed {
    struct cx *cx;
    struct live_feed_options options;
    struct live_ring *ring; /* NULL: not started */
};

struct live_feed *
live_feed_new(struct cx *cx, const struct live_feed_options *options)
{
    struct live_feed *feed = calloc(1, sizeof *feed);

    if (feed == NULL)
        BUG("what=out_of_memory");
    feed->cx = cx;
    feed->options = *options;
    return feed;
}

void
live_feed_free(struct live_feed *feed)
{
    live_ring_free(feed->ring);
    free(feed);
}

const struct live_ring *
live_feed_ring(const struct live_feed *feed)
{
    return feed->ring;
}

/* xid8 fits: the server would have to commit a million times a second for 292,000 years. */
static struct db_param
p_xid(struct live_cursor cursor)
{
    return db_p_i64((int64_t)cursor.xid);
}

/* Facts that we cannot read are those of a ticket that hardly anybody sees. */
static void
read_facts(struct str text, bool *has, struct live_facts *out)
{
    *has = text.p != NULL;
    if (*has && !live_facts_parse(text, out)) {
        log_error("live.facts_unreadable", "len=%zu", text.len);
        *out = (struct live_facts){ 0 };
    }
}

/* Columns from `first` on: xid, id, account, at, kind, audience, identity, user, payload, facts, was. */
static struct live_event *
event_from_row(const struct db_row *row, int first)
{
    int64_t xid = 0;
    struct live_event event;

    (void)str_i64(db_str(row, first), &xid);
    event = (struct live_event){
        .cursor = { (uint64_t)xid, db_i64(row, first + 1) },
        .account_id = db_i64(row, first + 2),
        .at_us = db_time(row, first + 3),
        .audience = str_eq(db_str(row, first + 5), STR("visitor")) ? TO_VISITOR : TO_MEMBERS,
        .identity_id = db_i64(row, first + 6),
        .user_id = db_i64(row, first + 7),
    };
    if (str_eq(db_str(row, first + 4), STR("access.changed")))
        (void)str_i64(db_str(row, first + 9), &event.epoch);
    else
        read_facts(db_str(row, first + 9), &event.has_now, &event.now);
    read_facts(db_str(row, first + 10), &event.has_was, &event.was);
    return live_event_new(&event, db_str(row, first + 4), db_str(row, first + 8));
}

/* Ends a call: its statements were one read, its rows are used up. */
static struct err
end_call(struct live_feed *feed, struct err e)
{
    if (e.code != ERR_NONE)
        db_rollback(feed->cx);
    else
        e = db_commit(feed->cx);
    arena_reset(feed->cx->arena);
    return e;
}

static struct err
read_start(struct live_feed *feed)
{
    struct live_cursor start;
    struct db_row row;
    int64_t xid = 0;

    TRY(db_one(feed->cx, &SQL_live_start, &row, P_I64(START_MINUTES)));
    (void)str_i64(db_str(&row, 0), &xid);
    start = (struct live_cursor){ (uint64_t)xid, db_i64(&row, 1) };
    feed->ring = live_ring_new(start, feed->options.ring_bytes, feed->options.ring_age_us);
    return OK;
}

static struct err
read_batch(struct live_feed *feed, live_deliver deliver, void *arg, int *count)
{
    struct live_cursor position = live_ring_position(feed->ring);
    int64_t now_us = clock_monotonic_us();
    struct db_rows rows;

    TRY(db_many(feed->cx, &SQL_live_events, &rows, p_xid(position), P_I64(position.id),
                P_I64(BATCH)));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);
        struct live_event *event = event_from_row(&row, 0);

        if (live_cursor_order(event->cursor, live_ring_position(feed->ring)) <= 0) {
            log_error("live.event_twice", "id=%lld", (long long)event->cursor.id);
            free(event); /* nobody writes a number by hand; but it must not end the house */
            continue;
        }
        live_ring_add(feed->ring, event, now_us);
        deliver(event, arg);
    }
    *count = rows.count;
    return OK;
}

bool
live_feed_poll(struct live_feed *feed, live_deliver deliver, void *arg, bool *is_more)
{
    struct err e = OK;
    int count = 0;

    db_begin(feed->cx, TX_READ);
    if (feed->ring == NULL)
        e = read_start(feed);
    if (e.code == ERR_NONE)
        e = read_batch(feed, deliver, arg, &count);
    if (end_call(feed, e).code != ERR_NONE)
        return false;
    live_ring_trim(feed->ring, clock_monotonic_us());
    if (is_more != NULL)
        *is_more = count == BATCH;
    return true;
}

bool
live_feed_remembers(const struct live_feed *feed, struct live_cursor cursor)
{
    return feed->ring != NULL && live_cursor_order(live_ring_floor(feed->ring), cursor) <= 0 &&
           live_cursor_order(cursor, live_ring_position(feed->ring)) <= 0;
}

static void
resume_from_ring(const struct live_feed *feed, const struct live_grant *grant,
                 struct live_cursor cursor, live_deliver deliver, void *arg)
{
    for (size_t i = live_ring_seek(feed->ring, cursor); i < live_ring_count(feed->ring); i++) {
        const struct live_event *event = live_ring_at(feed->ring, i);

        if (live_sees(grant, event) != SIGHT_NONE)
            deliver(event, arg);
    }
}

/*
 * Ahead of us: another gateway of the same database was a moment faster, and the
 * stream goes on from there; or the number was never given here.
 */
static struct err
resume_from_ahead(struct live_feed *feed, struct live_cursor cursor, enum live_resume *outcome)
{
    struct db_row row;
    int64_t next_xid = 0;

    TRY(db_one_(feed->cx, &SQL_live_next_xid, &row, NULL, 0));
    (void)str_i64(db_str(&row, 0), &next_xid);
    *outcome = cursor.xid < (uint64_t)next_xid ? RESUME_DONE : RESUME_RESET;
    return OK;
}

static struct err
resume_from_table(struct live_feed *feed, const struct live_grant *grant, struct live_cursor cursor,
                  live_deliver deliver, void *arg, enum live_resume *outcome)
{
    struct live_cursor position = live_ring_position(feed->ring);
    struct db_rows rows;
    struct db_row row;

    TRY(db_many(feed->cx, &SQL_live_replay, &rows, P_I64(grant->account_id), p_xid(cursor),
                P_I64(cursor.id), p_xid(position), P_I64(position.id),
                P_I64(feed->options.replay_max)));
    row = db_row_at(&rows, 0);
    if (!db_bool(&row, 0) || db_i64(&row, 1) >= feed->options.replay_max) {
        *outcome = RESUME_RESET;
        return OK;
    }
    *outcome = RESUME_DONE;
    for (int i = 0; i < rows.count; i++) {
        struct live_event *event;

        row = db_row_at(&rows, i);
        if (db_is_null(&row, 2))
            continue; /* the one row that is always there */
        event = event_from_row(&row, 2);
        if (live_sees(grant, event) != SIGHT_NONE)
            deliver(event, arg);
        free(event);
    }
    return OK;
}

enum live_resume
live_feed_resume(struct live_feed *feed, const struct live_grant *grant, struct live_cursor cursor,
                 live_deliver deliver, void *arg)
{
    enum live_resume outcome = RESUME_LATER;
    struct err e;

    if (feed->ring == NULL)
        return RESUME_LATER;
    if (live_feed_remembers(feed, cursor)) {
        resume_from_ring(feed, grant, cursor, deliver, arg);
        return RESUME_DONE;
    }
    db_begin(feed->cx, TX_READ);
    if (live_cursor_order(cursor, live_ring_position(feed->ring)) > 0)
        e = resume_from_ahead(feed, cursor, &outcome);
    else
        e = resume_from_table(feed, grant, cursor, deliver, arg, &outcome);
    (void)end_call(feed, e); /* what was read was read, even if the end of it goes wrong */
    return outcome;
}
