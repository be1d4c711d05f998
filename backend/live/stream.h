/*
 * One connection. It arrives with the head of a request, then text only goes out:
 * what the socket does not take at once waits in a buffer that exists only while it
 * is needed and is bounded, so ten thousand readers cost little and a slow one is
 * let go.
 */
#ifndef LIVE_STREAM_H
#define LIVE_STREAM_H

#include "sees.h"

#include <sys/queue.h>

enum {
    STREAM_UNSENT_MAX = 256 * 1024, /* a reader further behind than this is too slow */
};

enum live_stage {
    STREAM_ARRIVING, /* the head of its request is not complete */
    STREAM_WAITING,  /* admitted; what it missed has to come from the database */
    STREAM_OPEN,     /* in the crowd */
    STREAM_LEAVING   /* its last words are on their way */
};

struct live_group;

struct live_stream {
    int fd;
    enum live_stage stage;
    struct live_grant grant;  /* given back with the stream */
    struct live_cursor after; /* asked to go on from here; xid 0: from now */
    int64_t due_us;           /* arriving and leaving: closed then; open: the next comment */
    int64_t ends_us;          /* open: sent away to be let in anew */

    char *bytes; /* arriving: what came so far; later: what is still to be sent */
    uint32_t len, sent, room;
    bool wants_write; /* the loop waits until the socket takes more */
    bool has_news;    /* something was put since the last flush */
    bool is_lost;     /* asked to go on from a place that is none */
    bool is_greeted;

    TAILQ_ENTRY(live_stream) by_due; /* of those in its stage */
    TAILQ_ENTRY(live_stream) by_news;
    LIST_ENTRY(live_stream) in_group;
    LIST_ENTRY(live_stream) by_program; /* only of a token's */
    struct live_group *group;           /* NULL unless open */
};

TAILQ_HEAD(live_streams, live_stream);
LIST_HEAD(live_programs, live_stream);

struct live_stream *live_stream_new(int fd);
/* Closes the connection. The caller has taken it off all lists. */
void live_stream_free(struct live_stream *stream);

/* Keeps bytes until the next flush. False: the reader is too slow. */
bool live_stream_put(struct live_stream *stream, struct str text);

enum live_flush { FLUSH_DONE, FLUSH_WAITS, FLUSH_BROKEN };
enum live_flush live_stream_flush(struct live_stream *stream);

enum live_read { READ_MORE, READ_ENDED, READ_TOO_LONG };
/* Adds what arrived to bytes, while arriving; later reads only to notice the end. */
enum live_read live_stream_read(struct live_stream *stream);

/* The head was understood: bytes are free for what goes out. */
void live_stream_forget_input(struct live_stream *stream);

#endif
