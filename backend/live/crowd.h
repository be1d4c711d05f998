/*
 * The open streams, grouped by what can concern them: the members of an account, or
 * one visitor. An event looks up one group instead of asking everybody.
 */
#ifndef LIVE_CROWD_H
#define LIVE_CROWD_H

#include "stream.h"

struct live_crowd;

struct live_crowd *live_crowd_new(void);
/* The crowd must be empty. */
void live_crowd_free(struct live_crowd *crowd);

void live_crowd_add(struct live_crowd *crowd, struct live_stream *stream);
void live_crowd_remove(struct live_crowd *crowd, struct live_stream *stream);

/* First of those an event may concern; the next is LIST_NEXT(stream, in_group). NULL: nobody. */
struct live_stream *live_crowd_first(const struct live_crowd *crowd,
                                     const struct live_event *event);

size_t live_crowd_members(const struct live_crowd *crowd);
size_t live_crowd_visitors(const struct live_crowd *crowd);

#endif
