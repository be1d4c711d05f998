/*
 * What happened, read from the table of events in the order in which it became
 * final, each event once. One statement each time; the feed keeps the last minutes
 * in a ring and asks the table for anything older.
 *
 * The database may be away at any time: calls then say so and change nothing.
 */
#ifndef LIVE_EVENT_FEED_H
#define LIVE_EVENT_FEED_H

#include "ring.h"
#include "sees.h"

#include "base/cx.h"

struct live_feed;

struct live_feed_options {
    size_t ring_bytes;
    int64_t ring_age_us;
    int replay_max; /* events of all accounts to walk through for one who reconnects */
};

typedef void (*live_deliver)(const struct live_event *event, void *arg);

/* cx: its arena and database are used between calls of the feed by nobody else. */
struct live_feed *live_feed_new(struct cx *cx, const struct live_feed_options *options);
void live_feed_free(struct live_feed *feed);

/*
 * Delivers what is new, at most some thousand events at a time. False: the database
 * is away. *is_more (may be NULL): more is waiting already.
 */
bool live_feed_poll(struct live_feed *feed, live_deliver deliver, void *arg, bool *is_more);

/* NULL until the database was reached for the first time. */
const struct live_ring *live_feed_ring(const struct live_feed *feed);

/* What lies between the cursor and the position is in memory. */
bool live_feed_remembers(const struct live_feed *feed, struct live_cursor cursor);

enum live_resume {
    RESUME_DONE,
    RESUME_RESET, /* too old, too far or from another world: nothing was delivered */
    RESUME_LATER  /* the database is away */
};

/* Delivers what the grant sees between the cursor and the position. */
enum live_resume live_feed_resume(struct live_feed *feed, const struct live_grant *grant,
                                  struct live_cursor cursor, live_deliver deliver, void *arg);

#endif
