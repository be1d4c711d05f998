/*
 * Sessions that ended within the last seconds, by the database's own account. A
 * stream is cut when its session appears here, and not opened while it stands here.
 */
#ifndef LIVE_ENDINGS_H
#define LIVE_ENDINGS_H

#include "base/cx.h"

struct live_ending {
    int64_t session_id;
    char reason[24]; /* "taken_over", a word of ours */
};

struct live_endings {
    struct live_ending *list; /* sorted by session */
    size_t count;
};

/* Calls on_new for each that was not there before. False: the database is away. */
bool live_endings_poll(struct live_endings *endings, struct cx *cx,
                       void (*on_new)(const struct live_ending *ending, void *arg), void *arg);

const struct live_ending *live_endings_find(const struct live_endings *endings, int64_t session_id);

void live_endings_release(struct live_endings *endings);

#endif
