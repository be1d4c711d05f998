#include "ring.h"

#include "base/err.h"

#include <stdlib.h>

struct entry {
    struct live_event *event;
    int64_t added_us;
};

struct live_ring {
    struct entry *entries; /* a power of two of them, used in a circle */
    size_t size;
    size_t first; /* index of the oldest */
    size_t count;
    size_t bytes;
    struct live_cursor floor, position;
    size_t max_bytes;
    int64_t max_age_us;
};

static struct entry *
entry_at(const struct live_ring *ring, size_t index)
{
    return &ring->entries[(ring->first + index) & (ring->size - 1)];
}

static size_t
weight(const struct live_event *event)
{
    return sizeof *event + event->len + sizeof(struct entry);
}

struct live_ring *
live_ring_new(struct live_cursor start, size_t max_bytes, int64_t max_age_us)
{
    struct live_ring *ring = malloc(sizeof *ring);

    if (ring == NULL)
        BUG("what=out_of_memory");
    *ring = (struct live_ring){
        .floor = start,
        .position = start,
        .max_bytes = max_bytes,
        .max_age_us = max_age_us,
    };
    return ring;
}

static void
drop_oldest(struct live_ring *ring)
{
    struct live_event *event = entry_at(ring, 0)->event;

    ring->floor = event->cursor;
    ring->bytes -= weight(event);
    ring->first = (ring->first + 1) & (ring->size - 1);
    ring->count--;
    free(event);
}

void
live_ring_free(struct live_ring *ring)
{
    if (ring == NULL)
        return;
    while (ring->count > 0)
        drop_oldest(ring);
    free(ring->entries);
    free(ring);
}

static void
make_room(struct live_ring *ring)
{
    struct live_ring larger = *ring;

    if (ring->count < ring->size)
        return;
    larger.size = ring->size == 0 ? 256 : 2 * ring->size;
    larger.entries = calloc(larger.size, sizeof *larger.entries);
    larger.first = 0;
    if (larger.entries == NULL)
        BUG("what=out_of_memory");
    for (size_t i = 0; i < ring->count; i++)
        larger.entries[i] = *entry_at(ring, i);
    free(ring->entries);
    *ring = larger;
}

void
live_ring_add(struct live_ring *ring, struct live_event *event, int64_t now_us)
{
    if (live_cursor_order(event->cursor, ring->position) <= 0)
        BUG("what=event_out_of_order");
    make_room(ring);
    *entry_at(ring, ring->count) = (struct entry){ event, now_us };
    ring->count++;
    ring->bytes += weight(event);
    ring->position = event->cursor;

    /* One event stays, whatever its size: the feed still has to hand it out. */
    while (ring->bytes > ring->max_bytes && ring->count > 1)
        drop_oldest(ring);
}

void
live_ring_trim(struct live_ring *ring, int64_t now_us)
{
    while (ring->count > 0 && now_us - entry_at(ring, 0)->added_us > ring->max_age_us)
        drop_oldest(ring);
}

struct live_cursor
live_ring_floor(const struct live_ring *ring)
{
    return ring->floor;
}

struct live_cursor
live_ring_position(const struct live_ring *ring)
{
    return ring->position;
}

size_t
live_ring_count(const struct live_ring *ring)
{
    return ring->count;
}

size_t
live_ring_bytes(const struct live_ring *ring)
{
    return ring->bytes;
}

size_t
live_ring_seek(const struct live_ring *ring, struct live_cursor after)
{
    size_t low = 0, high = ring->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (live_cursor_order(entry_at(ring, middle)->event->cursor, after) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct live_event *
live_ring_at(const struct live_ring *ring, size_t index)
{
    return entry_at(ring, index)->event;
}
