/*
 * The gateway: one process, one loop. Every stream that nginx lets through gets the
 * events its grant sees, once and in order, from where it left off.
 *
 *   GET /live, /live/widget   X-Live-Grant says for whom (sees.h)
 *   GET /stats                counters, in Prometheus' text form
 *
 * A stream, as its reader meets it:
 *   event: hello       first; its id is where the stream begins. State read after it is complete.
 *   event: <kind>      what happened; the id is the place to come back to
 *   event: reset       what was missed is gone or too much: read the state anew
 *   event: signed_out  {"reason":"taken_over"}: the session or token ended, and so does the stream
 *   a comment every 20 s, with the id of the present, so that a quiet stream does not grow old
 *
 * A stream lasts some minutes, then ends; the reader comes back through the gate,
 * which is how rights that changed reach it at the latest. An event "access.changed"
 * ends at once the streams that see it; programs are asked about (programs.h).
 */
#ifndef LIVE_GATEWAY_H
#define LIVE_GATEWAY_H

#include "event_feed.h"
#include "presence.h"

struct live_options {
    struct live_feed_options feed;
    int64_t poll_us;      /* between looks at the events */
    int64_t idle_poll_us; /* the same while nobody listens */
    int64_t endings_us;   /* between looks at ended sessions and at programs' tokens */
    int64_t comment_us;   /* between comments on a stream */
    int64_t stay_us;      /* life of a stream, plus up to a fifth */
    int64_t arrive_us;    /* for the head of a request, and for last words */
    struct live_presence_options presence;
};

extern const struct live_options live_options_usual;

/* Serves until master_ending(). The socket must not block. */
void live_gateway_run(int listen_fd, struct db *db, const struct live_options *options);

#endif
