/*
 * Which members are there through this gateway, for the database to know: somebody comes
 * with the first stream of a session and goes a while after the last, so a page that is
 * loaded again or a network that blinks is no going. Said when it happens, many at once;
 * in between one row says that the gateway lives, and when it does no more, everybody it
 * held is taken for gone (gate.report_presence).
 *
 * Programs and visitors are nobody's presence, and are passed over.
 */
#ifndef LIVE_PRESENCE_H
#define LIVE_PRESENCE_H

#include "sees.h"

#include "base/cx.h"

struct live_presence;

struct live_presence_options {
    int64_t grace_us; /* between the last stream of a session and its going */
    int64_t beat_us;  /* between signs of life; well below the lease of gate.report_presence */
};

struct live_presence *live_presence_new(const struct live_presence_options *options);
void live_presence_free(struct live_presence *presence);

/* A stream of theirs begins to listen, and does so no more. */
void live_presence_come(struct live_presence *presence, const struct live_grant *grant);
void live_presence_go(struct live_presence *presence, const struct live_grant *grant,
                      int64_t now_us);

/* Their session ended: nobody is waited for when its last stream goes. */
void live_presence_end(struct live_presence *presence, const struct live_grant *grant);

/*
 * Says what there is to say, some hundred people at a time. False: the database is away, and
 * it will be said later. *is_more: there is more to say already.
 */
bool live_presence_report(struct live_presence *presence, struct cx *cx, int64_t now_us,
                          bool *is_more);

/* Sessions with a stream, or waited for. */
size_t live_presence_count(const struct live_presence *presence);

#endif
