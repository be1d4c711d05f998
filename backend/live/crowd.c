#include "crowd.h"

#include "base/err.h"

#include <stdlib.h>

/* Exists while somebody is in it. */
struct live_group {
    enum live_audience audience;
    int64_t account_id;
    int64_t identity_id; /* 0 for members */
    LIST_HEAD(, live_stream) streams;
    struct live_group *next; /* in its bucket */
};

struct live_crowd {
    struct live_group **buckets;
    size_t bucket_count; /* a power of two */
    size_t group_count;
    size_t counts[2]; /* streams, by audience */
};

static size_t
hash(enum live_audience audience, int64_t account_id, int64_t identity_id)
{
    /* Multiplication spreads neighbouring ids over the upper half. */
    uint64_t h = (uint64_t)account_id * 2 + audience;

    h = (h ^ (uint64_t)identity_id << 20) * UINT64_C(0x9E3779B97F4A7C15);
    return (size_t)(h >> 32);
}

static struct live_group **
bucket_of(const struct live_crowd *crowd, enum live_audience audience, int64_t account_id,
          int64_t identity_id)
{
    return &crowd->buckets[hash(audience, account_id, identity_id) & (crowd->bucket_count - 1)];
}

static struct live_group *
find_group(const struct live_crowd *crowd, enum live_audience audience, int64_t account_id,
           int64_t identity_id)
{
    struct live_group *group = *bucket_of(crowd, audience, account_id, identity_id);

    while (group != NULL && (group->audience != audience || group->account_id != account_id ||
                             group->identity_id != identity_id))
        group = group->next;
    return group;
}

static struct live_group **
new_buckets(size_t n)
{
    struct live_group **buckets = calloc(n, sizeof(struct live_group *));

    if (buckets == NULL)
        BUG("what=out_of_memory");
    return buckets;
}

struct live_crowd *
live_crowd_new(void)
{
    struct live_crowd *crowd = calloc(1, sizeof *crowd);

    if (crowd == NULL)
        BUG("what=out_of_memory");
    crowd->bucket_count = 64;
    crowd->buckets = new_buckets(crowd->bucket_count);
    return crowd;
}

void
live_crowd_free(struct live_crowd *crowd)
{
    if (crowd->group_count > 0)
        BUG("what=crowd_not_empty");
    free(crowd->buckets);
    free(crowd);
}

static void
put_group(struct live_crowd *crowd, struct live_group *group)
{
    struct live_group **bucket =
        bucket_of(crowd, group->audience, group->account_id, group->identity_id);

    group->next = *bucket;
    *bucket = group;
}

static void
grow(struct live_crowd *crowd)
{
    struct live_group **before = crowd->buckets;
    size_t count = crowd->bucket_count;

    crowd->bucket_count *= 2;
    crowd->buckets = new_buckets(crowd->bucket_count);
    for (size_t i = 0; i < count; i++)
        for (struct live_group *group = before[i], *next; group != NULL; group = next) {
            next = group->next;
            put_group(crowd, group);
        }
    free(before);
}

void
live_crowd_add(struct live_crowd *crowd, struct live_stream *stream)
{
    const struct live_grant *grant = &stream->grant;
    struct live_group *group =
        find_group(crowd, grant->audience, grant->account_id, grant->identity_id);

    if (group == NULL) {
        if (crowd->group_count == crowd->bucket_count)
            grow(crowd);
        group = calloc(1, sizeof *group);
        if (group == NULL)
            BUG("what=out_of_memory");
        group->audience = grant->audience;
        group->account_id = grant->account_id;
        group->identity_id = grant->identity_id;
        put_group(crowd, group);
        crowd->group_count++;
    }
    LIST_INSERT_HEAD(&group->streams, stream, in_group);
    stream->group = group;
    crowd->counts[grant->audience]++;
}

void
live_crowd_remove(struct live_crowd *crowd, struct live_stream *stream)
{
    struct live_group *group = stream->group;
    struct live_group **link;

    LIST_REMOVE(stream, in_group);
    stream->group = NULL;
    crowd->counts[group->audience]--;
    if (!LIST_EMPTY(&group->streams))
        return;
    link = bucket_of(crowd, group->audience, group->account_id, group->identity_id);
    while (*link != group)
        link = &(*link)->next;
    *link = group->next;
    crowd->group_count--;
    free(group);
}

struct live_stream *
live_crowd_first(const struct live_crowd *crowd, const struct live_event *event)
{
    int64_t identity_id = event->audience == TO_VISITOR ? event->identity_id : 0;
    const struct live_group *group =
        find_group(crowd, event->audience, event->account_id, identity_id);

    return group != NULL ? LIST_FIRST(&group->streams) : NULL;
}

size_t
live_crowd_members(const struct live_crowd *crowd)
{
    return crowd->counts[TO_MEMBERS];
}

size_t
live_crowd_visitors(const struct live_crowd *crowd)
{
    return crowd->counts[TO_VISITOR];
}
