/*
 * The last minutes of events, in order and without a hole, for those who reconnect.
 * Bounded in bytes and in age: what falls out moves the floor up.
 *
 *     floor < every event held <= position
 */
#ifndef LIVE_RING_H
#define LIVE_RING_H

#include "event.h"

struct live_ring;

/* max_age_us counts from live_ring_add. Empty, floor and position at `start`. */
struct live_ring *live_ring_new(struct live_cursor start, size_t max_bytes, int64_t max_age_us);
void live_ring_free(struct live_ring *ring); /* NULL is allowed */

/* Takes the event over; it must lie beyond the position. now_us is monotonic. */
void live_ring_add(struct live_ring *ring, struct live_event *event, int64_t now_us);

/* Lets go what has grown too old. */
void live_ring_trim(struct live_ring *ring, int64_t now_us);

struct live_cursor live_ring_floor(const struct live_ring *ring);
struct live_cursor live_ring_position(const struct live_ring *ring);
size_t live_ring_count(const struct live_ring *ring);
size_t live_ring_bytes(const struct live_ring *ring);

/* Index of the first event beyond the cursor; the count when there is none. */
size_t live_ring_seek(const struct live_ring *ring, struct live_cursor after);
const struct live_event *live_ring_at(const struct live_ring *ring, size_t index);

#endif
