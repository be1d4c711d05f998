#include "gateway_private.h"

#include <stdlib.h>

enum { REPLAY_BYTES_MAX = STREAM_UNSENT_MAX * 3 / 4 }; /* missed events; more is a reset */

struct live_cursor
gateway_place(const struct gateway *g, const struct live_stream *stream)
{
    struct live_cursor position = live_ring_position(live_feed_ring(g->feed));

    return live_cursor_order(stream->after, position) > 0 ? stream->after : position;
}

struct resume {
    struct gateway *gateway;
    struct live_stream *stream;
    bool is_too_much;
};

static void
deliver_missed(const struct live_event *event, void *arg)
{
    struct resume *resume = arg;
    struct live_stream *stream = resume->stream;

    resume->is_too_much = resume->is_too_much || stream->len + event->len > REPLAY_BYTES_MAX;
    if (resume->is_too_much)
        return;
    resume->gateway->counts.replays++;
    (void)gateway_tell(resume->gateway, stream, event); /* fits: see above */
}

/* The id of the greeting: a browser that breaks off before the first event comes back there. */
static void
greet(struct gateway *g, struct live_stream *stream)
{
    char place[LIVE_CURSOR_BYTES];

    if (stream->is_greeted)
        return;
    stream->is_greeted = true;
    if (stream->after.xid == 0)
        stream->after = live_ring_position(live_feed_ring(g->feed));
    (void)live_cursor_print(stream->after, place);
    /* Thousands who lost their stream together should not come back together. */
    (void)gateway_put_text(g, stream,
                           "retry: %ld\nid: %s\nevent: hello\ndata: {\"cursor\":\"%s\"}\n\n",
                           1000 + random() % 1000, place, place);
}

static struct live_access *
noted_access(struct gateway *g, int64_t account_id, int64_t user_id)
{
    uint64_t mixed = (uint64_t)account_id * UINT64_C(0x9E3779B97F4A7C15) + (uint64_t)user_id;

    return &g->accesses[(mixed ^ (mixed >> 32)) % ACCESS_NOTED];
}

void
gateway_note_access(struct gateway *g, const struct live_event *event)
{
    *noted_access(g, event->account_id, event->user_id) =
        (struct live_access){ event->account_id, event->user_id, event->epoch };
}

/* The change was told between the moment the grant was written and now. */
static bool
is_outdated(struct gateway *g, const struct live_grant *grant)
{
    const struct live_access *noted = noted_access(g, grant->account_id, grant->user_id);

    return grant->audience == TO_MEMBERS && noted->account_id == grant->account_id &&
           noted->user_id == grant->user_id && noted->epoch > grant->epoch;
}

bool
gateway_join(struct gateway *g, struct live_stream *stream)
{
    struct resume resume = { .gateway = g, .stream = stream };
    enum live_resume outcome = RESUME_DONE;
    char place[LIVE_CURSOR_BYTES];

    if (live_feed_ring(g->feed) == NULL)
        return false;
    greet(g, stream);
    if (stream->is_lost)
        outcome = RESUME_RESET;
    else
        outcome = live_feed_resume(g->feed, &stream->grant, stream->after, deliver_missed, &resume);
    if (outcome == RESUME_LATER)
        return false;

    if (outcome == RESUME_RESET || resume.is_too_much) {
        g->counts.resets++;
        stream->after = live_ring_position(live_feed_ring(g->feed));
        (void)live_cursor_print(stream->after, place);
        (void)gateway_put_text(g, stream, "id: %s\nevent: reset\ndata: {}\n\n", place);
    }
    stream->after = gateway_place(g, stream);
    gateway_stage(g, stream, STREAM_OPEN, g->now_us + g->options->comment_us);
    stream->ends_us = g->now_us + g->options->stay_us + random() % (g->options->stay_us / 5 + 1);
    if (is_outdated(g, &stream->grant))
        gateway_send_away(g, stream);
    return true;
}

void
gateway_sign_out(struct gateway *g, struct live_stream *stream, const char *reason)
{
    g->counts.signed_out++;
    live_presence_end(g->presence, &stream->grant);
    if (gateway_put_text(g, stream, "event: signed_out\ndata: {\"reason\":\"%s\"}\n\n", reason))
        gateway_leave(g, stream);
}

void
gateway_admit(struct gateway *g, struct live_stream *stream, const struct http1_request *request)
{
    const struct live_ending *ending;
    struct str from = request->last_event_id;

    if (!live_grant_parse(request->grant, &stream->grant)) {
        gateway_refuse(g, stream, 403);
        return;
    }
    if (stream->grant.token_id != 0)
        LIST_INSERT_HEAD(&g->programs, stream, by_program);
    /* A browser that reconnects keeps the address it began with, so the header is the newer. */
    if (from.len == 0)
        from = http1_query(request, STR("cursor"));
    stream->is_lost = from.len > 0 && !live_cursor_parse(from, &stream->after);

    live_stream_forget_input(stream); /* the request is gone with it */
    /* A visitor's page is of another site; what lets it in is the grant, and no cookie comes along. */
    if (!gateway_put_text(
            g, stream,
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
            "Cache-Control: no-store\r\nX-Accel-Buffering: no\r\nConnection: close\r\n%s\r\n",
            stream->grant.audience == TO_VISITOR ? "Access-Control-Allow-Origin: *\r\n" : ""))
        return;
    ending = live_endings_find(&g->endings, stream->grant.session_id);
    if (stream->grant.session_id != 0 && ending != NULL) {
        gateway_sign_out(g, stream, ending->reason);
        return;
    }
    if (gateway_is_quiet(g)) /* until now */
        g->poll_at_us = g->endings_at_us = g->now_us;

    if ((stream->after.xid != 0 && !live_feed_remembers(g->feed, stream->after)) ||
        !gateway_join(g, stream))
        gateway_stage(g, stream, STREAM_WAITING, g->now_us + g->options->comment_us);
}
