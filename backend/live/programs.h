/*
 * Streams of programs. A session that ends says so; a token is asked about, as long as it has
 * a stream: whether it was revoked or expired, and whether its rights are those it came with.
 */
#ifndef LIVE_PROGRAMS_H
#define LIVE_PROGRAMS_H

#include "stream.h"

#include "base/cx.h"

/*
 * Calls on_change for each stream of the list whose token is not what it was let in as: reason is
 * a word of ours, or NULL when it has to be let in anew. on_change may remove its stream. Without
 * streams the database is not asked. False: it is away.
 */
bool live_programs_poll(const struct live_programs *programs, struct cx *cx,
                        void (*on_change)(struct live_stream *stream, const char *reason,
                                          void *arg),
                        void *arg);

#endif
