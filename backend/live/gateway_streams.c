#include "gateway_private.h"

#include "base/http.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>

bool
gateway_is_quiet(const struct gateway *g)
{
    return TAILQ_EMPTY(&g->stages[STREAM_OPEN]) && TAILQ_EMPTY(&g->stages[STREAM_WAITING]);
}

/* Life of a stream. */

static void
leave_crowd(struct gateway *g, struct live_stream *stream)
{
    live_crowd_remove(g->crowd, stream);
    live_presence_go(g->presence, &stream->grant, g->now_us);
}

void
gateway_stage(struct gateway *g, struct live_stream *stream, enum live_stage stage, int64_t due_us)
{
    TAILQ_REMOVE(&g->stages[stream->stage], stream, by_due);
    stream->stage = stage;
    stream->due_us = due_us;
    TAILQ_INSERT_TAIL(&g->stages[stage], stream, by_due);
    if (stage == STREAM_OPEN && stream->group == NULL) {
        live_crowd_add(g->crowd, stream);
        live_presence_come(g->presence, &stream->grant);
    }
    if (stage != STREAM_OPEN && stream->group != NULL)
        leave_crowd(g, stream);
}

void
gateway_remove(struct gateway *g, struct live_stream *stream)
{
    TAILQ_REMOVE(&g->stages[stream->stage], stream, by_due);
    if (stream->group != NULL)
        leave_crowd(g, stream);
    if (stream->has_news)
        TAILQ_REMOVE(&g->news, stream, by_news);
    if (stream->grant.token_id != 0)
        LIST_REMOVE(stream, by_program);
    g->stream_count--;
    live_stream_free(stream);
}

static void
want_write(struct gateway *g, struct live_stream *stream, bool wants)
{
    struct epoll_event event = { .events = EPOLLIN | EPOLLRDHUP | (wants ? EPOLLOUT : 0u),
                                 .data.ptr = stream };

    if (stream->wants_write == wants)
        return;
    stream->wants_write = wants;
    if (epoll_ctl(g->epoll_fd, EPOLL_CTL_MOD, stream->fd, &event) != 0)
        BUG("what=epoll_ctl errno=%d", errno);
}

bool
gateway_flush(struct gateway *g, struct live_stream *stream)
{
    enum live_flush outcome = live_stream_flush(stream);

    if (outcome == FLUSH_BROKEN || (outcome == FLUSH_DONE && stream->stage == STREAM_LEAVING)) {
        gateway_remove(g, stream);
        return false;
    }
    want_write(g, stream, outcome == FLUSH_WAITS);
    return true;
}

/* What a burst left unsent is no slowness before the socket refused it. */
static bool
put(struct live_stream *stream, struct str text)
{
    return live_stream_put(stream, text) ||
           (live_stream_flush(stream) != FLUSH_BROKEN && live_stream_put(stream, text));
}

bool
gateway_put(struct gateway *g, struct live_stream *stream, struct str text)
{
    if (!put(stream, text)) {
        g->counts.slow++;
        log_info("live.slow_reader", "account=%lld user=%lld identity=%lld",
                 (long long)stream->grant.account_id, (long long)stream->grant.user_id,
                 (long long)stream->grant.identity_id);
        gateway_remove(g, stream);
        return false;
    }
    if (!stream->has_news) {
        stream->has_news = true;
        TAILQ_INSERT_TAIL(&g->news, stream, by_news);
    }
    return true;
}

bool
gateway_tell(struct gateway *g, struct live_stream *stream, const struct live_event *event)
{
    char gone[LIVE_GONE_BYTES];

    switch (live_sees(&stream->grant, event)) {
    case SIGHT_SEEN: return gateway_put(g, stream, live_event_text(event));
    case SIGHT_GONE: return gateway_put(g, stream, live_event_gone(event, gone));
    case SIGHT_NONE: return false;
    }
    return false;
}

bool
gateway_put_text(struct gateway *g, struct live_stream *stream, const char *fmt, ...)
{
    char text[512];
    va_list args;
    int n;

    va_start(args, fmt);
    n = vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    if (n < 0 || (size_t)n >= sizeof text)
        BUG("what=text_too_long");
    return gateway_put(g, stream, (struct str){ text, (size_t)n });
}

void
gateway_leave(struct gateway *g, struct live_stream *stream)
{
    gateway_stage(g, stream, STREAM_LEAVING, g->now_us + g->options->arrive_us);
}

void
gateway_send_away(struct gateway *g, struct live_stream *stream)
{
    if (gateway_put_text(g, stream, "retry: %ld\n\n", 50 + random() % 200))
        gateway_leave(g, stream);
}

void
gateway_refuse(struct gateway *g, struct live_stream *stream, int status)
{
    g->counts.refused++;
    live_stream_forget_input(stream);
    if (gateway_put_text(
            g, stream, "HTTP/1.1 %d %s\r\nContent-Length: 0\r\nConnection: close\r\n%s\r\n", status,
            http_status_title(status), status == 503 ? "Retry-After: 5\r\n" : ""))
        gateway_leave(g, stream);
}
