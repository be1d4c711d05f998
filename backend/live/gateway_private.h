/*
 * What the files of the gateway share: its memory, and the life of a stream from
 * request to farewell. Nobody else includes this.
 */
#ifndef LIVE_GATEWAY_PRIVATE_H
#define LIVE_GATEWAY_PRIVATE_H

#include "crowd.h"
#include "endings.h"
#include "gateway.h"
#include "http1.h"
#include "programs.h"

#include "base/log.h"

enum { STAGES = STREAM_LEAVING + 1, ACCESS_NOTED = 512 };

/* The last change of somebody's access that was told of. */
struct live_access {
    int64_t account_id, user_id, epoch;
};

struct gateway {
    const struct live_options *options;
    struct cx cx;
    int listen_fd, epoll_fd;
    struct live_feed *feed;
    struct live_crowd *crowd;
    struct live_presence *presence;
    struct live_endings endings;
    struct live_access accesses[ACCESS_NOTED]; /* by account and user; the newer takes the place */
    struct live_streams stages[STAGES];        /* each in the order of due_us */
    struct live_streams news;                  /* with something to flush at the end of the turn */
    struct live_programs programs;             /* those of tokens */
    size_t stream_count, stream_max;
    int64_t now_us; /* monotonic, of this turn */
    int64_t poll_at_us, endings_at_us;
    bool is_pressed; /* somebody had much unsent at the end of the turn */
    bool is_away;    /* the database, when last asked */
    bool is_deaf;    /* connections could not be accepted, and are left alone for a moment */
    struct {
        int64_t events, deliveries, replays, resets, slow, signed_out, refused, polls, away, lag_us;
    } counts;
};

/* --- streams: gateway_streams.c --- */

/* Nobody listens: the database is left in peace, and the ring is only kept warm. */
bool gateway_is_quiet(const struct gateway *g);

/* Moves a stream; a stage's list is in the order of due_us because each stage has one span. */
void gateway_stage(struct gateway *g, struct live_stream *stream, enum live_stage stage,
                   int64_t due_us);

/* Closes the connection. */
void gateway_remove(struct gateway *g, struct live_stream *stream);

/* Sends what was put. False when the stream is no more. */
bool gateway_flush(struct gateway *g, struct live_stream *stream);

/*
 * Puts what this reader may know of an event: all of it, that a ticket left their
 * sight, or nothing. False: nothing was put, or the stream is no more.
 */
bool gateway_tell(struct gateway *g, struct live_stream *stream, const struct live_event *event);

/* Puts text that goes out at the end of the turn. False: too slow, and gone. */
bool gateway_put(struct gateway *g, struct live_stream *stream, struct str text);

/* The same with a short text of our own. */
bool gateway_put_text(struct gateway *g, struct live_stream *stream, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* What was put still goes out; then the connection closes. */
void gateway_leave(struct gateway *g, struct live_stream *stream);

/* The reader is to come back through the gate; spread over a moment when many are sent. */
void gateway_send_away(struct gateway *g, struct live_stream *stream);

/* An answer that is no stream. */
void gateway_refuse(struct gateway *g, struct live_stream *stream, int status);

/* --- from the request to the first event: gateway_join.c --- */

void gateway_admit(struct gateway *g, struct live_stream *stream,
                   const struct http1_request *request);

/* Remembers that grants made before this change are out of date. */
void gateway_note_access(struct gateway *g, const struct live_event *event);

/* Catches up and joins the crowd. False: the database has to be asked, and is away. */
bool gateway_join(struct gateway *g, struct live_stream *stream);

/* Where a reader should come back to: the present, or what it already has. */
struct live_cursor gateway_place(const struct gateway *g, const struct live_stream *stream);

void gateway_sign_out(struct gateway *g, struct live_stream *stream, const char *reason);

/* --- GET /stats: gateway_stats.c --- */

void gateway_answer_stats(struct gateway *g, struct live_stream *stream);

#endif
