#include "gateway_private.h"

#include "base/clock.h"

#include <stdio.h>

void
gateway_answer_stats(struct gateway *g, struct live_stream *stream)
{
    const struct live_ring *ring = live_feed_ring(g->feed);
    char text[2048];
    int n = snprintf(
        text, sizeof text,
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nConnection: close\r\n\r\n"
        "balcao_live_members %zu\n"
        "balcao_live_visitors %zu\n"
        "balcao_live_people %zu\n"
        "balcao_live_connections %zu\n"
        "balcao_live_connections_max %zu\n"
        "balcao_live_events_total %lld\n"
        "balcao_live_deliveries_total %lld\n"
        "balcao_live_replayed_total %lld\n"
        "balcao_live_resets_total %lld\n"
        "balcao_live_slow_readers_total %lld\n"
        "balcao_live_signed_out_total %lld\n"
        "balcao_live_refused_total %lld\n"
        "balcao_live_polls_total %lld\n"
        "balcao_live_polls_failed_total %lld\n"
        "balcao_live_lag_seconds %.3f\n"
        "balcao_live_ring_events %zu\n"
        "balcao_live_ring_bytes %zu\n"
        "balcao_live_database_up %d\n",
        live_crowd_members(g->crowd), live_crowd_visitors(g->crowd),
        live_presence_count(g->presence), g->stream_count, g->stream_max,
        (long long)g->counts.events, (long long)g->counts.deliveries, (long long)g->counts.replays,
        (long long)g->counts.resets, (long long)g->counts.slow, (long long)g->counts.signed_out,
        (long long)g->counts.refused, (long long)g->counts.polls, (long long)g->counts.away,
        (double)g->counts.lag_us / (double)US_PER_S, ring != NULL ? live_ring_count(ring) : 0,
        ring != NULL ? live_ring_bytes(ring) : 0, g->is_away ? 0 : 1);

    live_stream_forget_input(stream);
    if (gateway_put(g, stream, (struct str){ text, (size_t)n }))
        gateway_leave(g, stream);
}
