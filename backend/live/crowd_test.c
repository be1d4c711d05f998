#include "live/crowd.h"

#include "base/testing/testing.h"

#include <fcntl.h>

enum { MANY = 1000 };

static struct live_stream *
stream_for(struct live_grant grant)
{
    struct live_stream *stream = live_stream_new(open("/dev/null", O_RDONLY | O_CLOEXEC));

    stream->grant = grant;
    return stream;
}

static size_t
count(const struct live_crowd *crowd, const struct live_event *event)
{
    size_t n = 0;

    for (const struct live_stream *stream = live_crowd_first(crowd, event); stream != NULL;
         stream = LIST_NEXT(stream, in_group))
        n++;
    return n;
}

TEST(an_event_looks_up_one_group)
{
    struct live_crowd *crowd = live_crowd_new();
    struct live_stream *streams[] = {
        stream_for((struct live_grant){ .account_id = 1, .user_id = 7 }),
        stream_for((struct live_grant){ .account_id = 1, .user_id = 8 }),
        stream_for((struct live_grant){ .account_id = 2, .user_id = 7 }),
        stream_for((struct live_grant){ TO_VISITOR, .account_id = 1, .identity_id = 55 }),
    };

    for (int i = 0; i < 4; i++)
        live_crowd_add(crowd, streams[i]);
    CHECK_I64((int64_t)count(crowd, &(struct live_event){ .account_id = 1 }), 2);
    CHECK_I64((int64_t)count(crowd, &(struct live_event){ .account_id = 1, .user_id = 7 }), 2);
    CHECK_I64((int64_t)count(crowd, &(struct live_event){ .account_id = 2, .identity_id = 3 }), 1);
    CHECK_I64((int64_t)count(crowd, &(struct live_event){ .account_id = 3 }), 0);
    CHECK_I64((int64_t)count(crowd, &(struct live_event){ .account_id = 1,
                                                          .audience = TO_VISITOR,
                                                          .identity_id = 55 }),
              1);
    CHECK_I64((int64_t)live_crowd_members(crowd), 3);
    CHECK_I64((int64_t)live_crowd_visitors(crowd), 1);

    for (int i = 0; i < 4; i++) {
        live_crowd_remove(crowd, streams[i]);
        live_stream_free(streams[i]);
    }
    CHECK_I64((int64_t)count(crowd, &(struct live_event){ .account_id = 1 }), 0);
    live_crowd_free(crowd);
}

TEST(many_groups_come_and_go)
{
    struct live_crowd *crowd = live_crowd_new();
    struct live_stream *streams[MANY];

    for (int i = 0; i < MANY; i++) {
        streams[i] = stream_for((struct live_grant){ .account_id = i + 1 });
        live_crowd_add(crowd, streams[i]);
    }
    for (int i = 0; i < MANY; i++)
        CHECK_I64((int64_t)count(crowd, &(struct live_event){ .account_id = i + 1 }), 1);
    for (int i = 0; i < MANY; i++) {
        live_crowd_remove(crowd, streams[i]);
        live_stream_free(streams[i]);
    }
    live_crowd_free(crowd);
}
