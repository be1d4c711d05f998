#include "messages_private.h"

const struct job_kind messages_jobs[] = {
    { .name = "inbound.event",
      .queue = QUEUE_INBOUND,
      .step = inbound_event_step,
      .foresee = inbound_event_foresee,
      .backoff_ms = 200 },
    { .name = "message.send",
      .queue = QUEUE_OUTBOUND,
      .step = message_send_step,
      .backoff_ms = 1000 },
    { .name = "message.mark_read",
      .queue = QUEUE_OUTBOUND,
      .step = message_mark_read_step,
      .attempts = 3 },
    { .name = "media.fetch", .queue = QUEUE_CHORES, .step = media_fetch_step, .backoff_ms = 1000 },
    { .name = "house.daily", .queue = QUEUE_CHORES, .step = house_daily_step, .attempts = 1000 },
    { 0 },
};
