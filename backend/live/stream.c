#include "stream.h"

#include "http1.h"

#include "base/err.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

struct live_stream *
live_stream_new(int fd)
{
    struct live_stream *stream = calloc(1, sizeof *stream);

    if (stream == NULL)
        BUG("what=out_of_memory");
    stream->fd = fd;
    return stream;
}

void
live_stream_free(struct live_stream *stream)
{
    close(stream->fd);
    free(stream->bytes);
    live_grant_release(&stream->grant);
    free(stream);
}

static void
forget_bytes(struct live_stream *stream)
{
    free(stream->bytes);
    stream->bytes = NULL;
    stream->len = stream->sent = stream->room = 0;
}

static void
make_room(struct live_stream *stream, size_t more)
{
    size_t needed = stream->len + more;
    size_t room = stream->room > 0 ? stream->room : 512;
    char *larger;

    while (room < needed)
        room *= 2;
    if (room == stream->room)
        return;
    larger = realloc(stream->bytes, room);
    if (larger == NULL)
        BUG("what=out_of_memory");
    stream->bytes = larger;
    stream->room = (uint32_t)room;
}

bool
live_stream_put(struct live_stream *stream, struct str text)
{
    if (stream->len - stream->sent + text.len > STREAM_UNSENT_MAX)
        return false;
    if (stream->sent > 0) { /* what has gone makes place */
        stream->len -= stream->sent;
        memmove(stream->bytes, stream->bytes + stream->sent, stream->len);
        stream->sent = 0;
    }
    make_room(stream, text.len);
    memcpy(stream->bytes + stream->len, text.p, text.len);
    stream->len += (uint32_t)text.len;
    return true;
}

enum live_flush
live_stream_flush(struct live_stream *stream)
{
    while (stream->sent < stream->len) {
        ssize_t n = send(stream->fd, stream->bytes + stream->sent, stream->len - stream->sent,
                         MSG_DONTWAIT | MSG_NOSIGNAL);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno == EAGAIN || errno == EWOULDBLOCK ? FLUSH_WAITS : FLUSH_BROKEN;
        stream->sent += (uint32_t)n;
    }
    forget_bytes(stream);
    return FLUSH_DONE;
}

static enum live_read
discard(const struct live_stream *stream)
{
    char nothing[512];
    ssize_t n;

    do
        n = recv(stream->fd, nothing, sizeof nothing, MSG_DONTWAIT);
    while (n > 0 || (n < 0 && errno == EINTR));
    return n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) ? READ_MORE : READ_ENDED;
}

enum live_read
live_stream_read(struct live_stream *stream)
{
    if (stream->stage != STREAM_ARRIVING)
        return discard(stream);

    for (;;) {
        ssize_t n;

        if (stream->len == HTTP1_HEAD_MAX)
            return READ_TOO_LONG;
        make_room(stream, 1);
        n = recv(stream->fd, stream->bytes + stream->len,
                 (stream->room < HTTP1_HEAD_MAX ? stream->room : HTTP1_HEAD_MAX) - stream->len,
                 MSG_DONTWAIT);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno == EAGAIN || errno == EWOULDBLOCK ? READ_MORE : READ_ENDED;
        if (n == 0)
            return READ_ENDED;
        stream->len += (uint32_t)n;
    }
}

void
live_stream_forget_input(struct live_stream *stream)
{
    forget_bytes(stream);
}
