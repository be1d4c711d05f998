#include "gateway_private.h"

#include "base/clock.h"
#include "base/master.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

const struct live_options live_options_usual = {
    .feed = {
        .ring_bytes = 8 * 1024 * 1024,
        .ring_age_us = 10 * US_PER_MIN,
        .replay_max = 20000, /* some 10 ms of the database */
    },
    .poll_us = 20 * US_PER_MS,
    .idle_poll_us = US_PER_S,
    .endings_us = 250 * US_PER_MS,
    .comment_us = 20 * US_PER_S,
    .stay_us = 10 * US_PER_MIN,
    .arrive_us = 5 * US_PER_S,
    .presence = { .grace_us = 8 * US_PER_S, .beat_us = 5 * US_PER_S },
};

enum {
    EVENTS_MAX = 256,  /* of one epoll_wait */
    ACCEPTS_MAX = 128, /* before those already here are looked at again */
    RESUMES_MAX = 4,   /* that ask the database, between two polls */
    FDS_OURS = 64,     /* never given to streams */

    PRESSED_BYTES = STREAM_UNSENT_MAX / 4,
    PRESSED_US = 10 * 1000
};

static void
route(struct gateway *g, struct live_stream *stream, const struct http1_request *request)
{
    if (str_eq(request->path, STR("/live")) || str_eq(request->path, STR("/live/widget")))
        gateway_admit(g, stream, request);
    else if (str_eq(request->path, STR("/stats")))
        gateway_answer_stats(g, stream);
    else
        gateway_refuse(g, stream, 404);
}

static void
read_head(struct gateway *g, struct live_stream *stream)
{
    struct http1_request request;

    switch (http1_parse((struct str){ stream->bytes, stream->len }, &request)) {
    case HTTP1_MORE: break;
    case HTTP1_READY: route(g, stream, &request); break;
    case HTTP1_REFUSED: gateway_refuse(g, stream, request.status); break;
    }
}

/* Sockets. */

static void
add_stream(struct gateway *g, int fd)
{
    struct live_stream *stream = live_stream_new(fd);
    struct epoll_event event = { .events = EPOLLIN | EPOLLRDHUP, .data.ptr = stream };

    g->stream_count++;
    stream->stage = STREAM_ARRIVING;
    stream->due_us = g->now_us + g->options->arrive_us;
    TAILQ_INSERT_TAIL(&g->stages[STREAM_ARRIVING], stream, by_due);
    if (epoll_ctl(g->epoll_fd, EPOLL_CTL_ADD, fd, &event) != 0)
        BUG("what=epoll_ctl errno=%d", errno);
    if (g->stream_count > g->stream_max)
        gateway_refuse(g, stream, 503);
}

/* The system is out of files, say: asking again at once would only burn time. */
static void
set_deaf(struct gateway *g, bool is_deaf)
{
    struct epoll_event event = { .events = is_deaf ? 0u : EPOLLIN };

    g->is_deaf = is_deaf;
    if (epoll_ctl(g->epoll_fd, EPOLL_CTL_MOD, g->listen_fd, &event) != 0)
        BUG("what=epoll_ctl errno=%d", errno);
}

static void
accept_some(struct gateway *g)
{
    for (int i = 0; i < ACCEPTS_MAX; i++) {
        int fd = accept4(g->listen_fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

        if (fd >= 0) {
            add_stream(g, fd);
        } else if (errno != EINTR && errno != ECONNABORTED) {
            if (errno != EAGAIN) {
                log_error("live.accept_failed", "errno=%d", errno);
                set_deaf(g, true);
            }
            return;
        }
    }
}

static void
on_socket(struct gateway *g, struct live_stream *stream, uint32_t events)
{
    if ((events & EPOLLOUT) && !gateway_flush(g, stream))
        return;
    if (!(events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)))
        return;
    switch (live_stream_read(stream)) {
    case READ_ENDED: gateway_remove(g, stream); break;
    case READ_TOO_LONG: gateway_refuse(g, stream, 431); break;
    case READ_MORE:
        if (stream->stage == STREAM_ARRIVING)
            read_head(g, stream);
        break;
    }
}

/* What the clock brings. */

static void
deliver(const struct live_event *event, void *arg)
{
    struct gateway *g = arg;
    struct live_stream *stream = live_crowd_first(g->crowd, event), *next;

    g->counts.events++;
    g->counts.lag_us = clock_now_us() - event->at_us;
    if (event->is_access)
        gateway_note_access(g, event);
    for (; stream != NULL; stream = next) {
        next = LIST_NEXT(stream, in_group);
        if (live_cursor_order(event->cursor, stream->after) <= 0 || !gateway_tell(g, stream, event))
            continue;
        g->counts.deliveries++;
        if (event->is_access)
            gateway_send_away(g, stream);
    }
}

static void
note_database(struct gateway *g, bool is_there)
{
    if (!is_there)
        g->counts.away++;
    if (g->is_away == is_there)
        log_warn(is_there ? "live.database_back" : "live.database_away", "streams=%zu",
                 g->stream_count);
    g->is_away = !is_there;
}

static void
poll_events(struct gateway *g)
{
    bool is_more = false;

    g->counts.polls++;
    note_database(g, live_feed_poll(g->feed, deliver, g, &is_more));
    g->now_us = clock_monotonic_us();
    g->poll_at_us = g->now_us;
    if (!is_more)
        g->poll_at_us += gateway_is_quiet(g) ? g->options->idle_poll_us : g->options->poll_us;
}

/* A few at a time: the others' events must not wait for those who come back. */
static void
join_waiting(struct gateway *g)
{
    struct live_stream *stream;
    int asked = 0;

    while (!g->is_away && asked < RESUMES_MAX &&
           (stream = TAILQ_FIRST(&g->stages[STREAM_WAITING])) != NULL) {
        if (stream->after.xid != 0 && !live_feed_remembers(g->feed, stream->after))
            asked++;
        if (!gateway_join(g, stream)) {
            /* The database is there, but not for this: a reset, rather than holding up the rest. */
            stream->is_lost = true;
            return;
        }
    }
}

static void
sign_out(const struct live_ending *ending, void *arg)
{
    static const enum live_stage listening[] = { STREAM_OPEN, STREAM_WAITING };
    struct gateway *g = arg;

    for (size_t i = 0; i < sizeof listening / sizeof listening[0]; i++)
        for (struct live_stream *stream = TAILQ_FIRST(&g->stages[listening[i]]), *next;
             stream != NULL; stream = next) {
            next = TAILQ_NEXT(stream, by_due);
            if (stream->grant.session_id == ending->session_id)
                gateway_sign_out(g, stream, ending->reason);
        }
}

static void
on_program(struct live_stream *stream, const char *reason, void *arg)
{
    struct gateway *g = arg;

    if (reason != NULL)
        gateway_sign_out(g, stream, reason);
    else if (gateway_put_text(g, stream, "event: access.changed\ndata: {}\n\n"))
        gateway_send_away(g, stream);
}

static void
poll_endings(struct gateway *g)
{
    bool has_more_to_say = false;

    note_database(g, live_endings_poll(&g->endings, &g->cx, sign_out, g) &&
                         live_programs_poll(&g->programs, &g->cx, on_program, g) &&
                         live_presence_report(g->presence, &g->cx, g->now_us, &has_more_to_say));
    g->now_us = clock_monotonic_us();
    g->endings_at_us = g->now_us;
    if (!has_more_to_say)
        g->endings_at_us += gateway_is_quiet(g) ? g->options->idle_poll_us : g->options->endings_us;
    if (g->is_deaf)
        set_deaf(g, false);
}

static struct live_stream *
first_due(const struct gateway *g, enum live_stage stage)
{
    struct live_stream *stream = TAILQ_FIRST(&g->stages[stage]);

    return stream != NULL && stream->due_us <= g->now_us ? stream : NULL;
}

static void
keep_streams(struct gateway *g)
{
    struct live_stream *stream;
    char place[LIVE_CURSOR_BYTES];

    while ((stream = first_due(g, STREAM_ARRIVING)) != NULL)
        gateway_remove(g, stream);
    while ((stream = first_due(g, STREAM_LEAVING)) != NULL)
        gateway_remove(g, stream);
    while ((stream = first_due(g, STREAM_WAITING)) != NULL)
        if (gateway_put_text(g, stream, ": \n\n"))
            gateway_stage(g, stream, STREAM_WAITING, g->now_us + g->options->comment_us);
    while ((stream = first_due(g, STREAM_OPEN)) != NULL) {
        if (stream->ends_us <= g->now_us) {
            gateway_send_away(g, stream);
            continue;
        }
        (void)live_cursor_print(gateway_place(g, stream), place);
        if (gateway_put_text(g, stream, ": \nid: %s\n\n", place))
            gateway_stage(g, stream, STREAM_OPEN, g->now_us + g->options->comment_us);
    }
}

static void
flush_news(struct gateway *g)
{
    struct live_stream *stream;

    while ((stream = TAILQ_FIRST(&g->news)) != NULL) {
        TAILQ_REMOVE(&g->news, stream, by_news);
        stream->has_news = false;
        if (gateway_flush(g, stream) && stream->len - stream->sent > PRESSED_BYTES)
            g->is_pressed = true;
    }
}

/* In a burst, readers who keep up get a moment for what they have before more comes. */
static void
give_a_moment(struct gateway *g)
{
    if (g->is_pressed && g->poll_at_us < g->now_us + PRESSED_US)
        g->poll_at_us = g->now_us + PRESSED_US;
    g->is_pressed = false;
}

static int
wait_ms(const struct gateway *g)
{
    int64_t until_us = g->poll_at_us < g->endings_at_us ? g->poll_at_us : g->endings_at_us;
    int64_t wait_us = until_us - clock_monotonic_us();

    return wait_us <= 0 ? 0 : (int)((wait_us + US_PER_MS - 1) / US_PER_MS);
}

static void
turn(struct gateway *g)
{
    struct epoll_event events[EVENTS_MAX];
    int n = epoll_wait(g->epoll_fd, events, EVENTS_MAX, wait_ms(g));

    g->now_us = clock_monotonic_us();
    for (int i = 0; i < n; i++) {
        if (events[i].data.ptr == NULL)
            accept_some(g);
        else
            on_socket(g, events[i].data.ptr, events[i].events);
    }
    if (g->now_us >= g->poll_at_us) {
        poll_events(g);
        join_waiting(g);
    }
    if (g->now_us >= g->endings_at_us)
        poll_endings(g);
    keep_streams(g);
    flush_news(g);
    give_a_moment(g);
}

/* As many streams as the system lets a process have files, minus our own. */
static size_t
stream_room(void)
{
    struct rlimit files;

    if (getrlimit(RLIMIT_NOFILE, &files) != 0)
        BUG("what=getrlimit errno=%d", errno);
    files.rlim_cur = files.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &files) != 0)
        log_warn("live.files_limited", "errno=%d", errno);
    (void)getrlimit(RLIMIT_NOFILE, &files);
    if (files.rlim_cur > 100000)
        return 100000;
    return files.rlim_cur > 2 * FDS_OURS ? files.rlim_cur - FDS_OURS : FDS_OURS;
}

static void
say_farewell(struct gateway *g)
{
    for (int stage = 0; stage < STAGES; stage++) {
        struct live_stream *stream;

        while ((stream = TAILQ_FIRST(&g->stages[stage])) != NULL) {
            (void)live_stream_flush(stream);
            gateway_remove(g, stream);
        }
    }
}

void
live_gateway_run(int listen_fd, struct db *db, const struct live_options *options)
{
    struct gateway g = {
        .options = options,
        .cx = { .arena = arena_new(64 * 1024), .db = db, .actor = ACTOR_SYSTEM },
        .listen_fd = listen_fd,
        .epoll_fd = epoll_create1(EPOLL_CLOEXEC),
        .crowd = live_crowd_new(),
        .presence = live_presence_new(&options->presence),
        .stream_max = stream_room(),
    };
    struct epoll_event event = { .events = EPOLLIN };

    if (g.epoll_fd < 0 || epoll_ctl(g.epoll_fd, EPOLL_CTL_ADD, listen_fd, &event) != 0)
        BUG("what=epoll errno=%d", errno);
    for (int i = 0; i < STAGES; i++)
        TAILQ_INIT(&g.stages[i]);
    TAILQ_INIT(&g.news);
    LIST_INIT(&g.programs);
    g.feed = live_feed_new(&g.cx, &options->feed);
    srandom((unsigned)(clock_now_us() ^ getpid()));
    log_info("live.listening", "connections_max=%zu", g.stream_max);

    while (!master_ending())
        turn(&g);

    log_info("live.ending", "streams=%zu", g.stream_count);
    say_farewell(&g);
    live_feed_free(g.feed);
    live_endings_release(&g.endings);
    live_crowd_free(g.crowd);
    live_presence_free(g.presence);
    arena_free(g.cx.arena);
    close(g.epoll_fd);
}
