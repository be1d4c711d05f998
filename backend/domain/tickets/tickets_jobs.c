#include "tickets_private.h"

const struct job_kind tickets_jobs[] = {
    { .name = "ticket.wake", .queue = QUEUE_CHORES, .step = ticket_wake_step, .backoff_ms = 1000 },
    { 0 },
};
