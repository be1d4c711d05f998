/*
 * A clock runs while its schedule is open. Running, it knows the instants at which it warns and is due; paused, it
 * knows what it has spent.
 */
#include "timers_private.h"

#include "base/clock.h"

const char *const clock_kind_names[CLOCK__MAX] = {
    [CLOCK_FIRST_ANSWER] = "first_answer",
    [CLOCK_NEXT_ANSWER] = "next_answer",
    [CLOCK_RESOLUTION] = "resolution",
    [CLOCK_TRANSFER] = "transfer",
    [CLOCK_IDLE] = "idle",
};

int64_t
open_after(const struct schedule *schedule, int64_t from_us, int64_t open_us)
{
    if (open_us < 0)
        open_us = 0;
    return schedule == NULL ? from_us + open_us : openings_after(schedule, from_us, open_us);
}

int64_t
open_next(const struct schedule *schedule, int64_t from_us)
{
    return schedule == NULL ? from_us : openings_next(schedule, from_us);
}

void
clock_run(struct clock *c, const struct schedule *schedule, int64_t from_us)
{
    int64_t left_us = c->target_us - c->spent_us;

    c->is_set = true;
    c->running_since_us = from_us;
    c->due_at_us = open_after(schedule, from_us, left_us);
    c->warn_at_us = c->lead_us < 0 ? 0 : open_after(schedule, from_us, left_us - c->lead_us);
}

int64_t
clock_spent(const struct clock *c, const struct schedule *schedule, int64_t at_us)
{
    if (c->running_since_us == 0 || at_us <= c->running_since_us)
        return c->spent_us;
    return c->spent_us + (schedule == NULL
                              ? at_us - c->running_since_us
                              : openings_between(schedule, c->running_since_us, at_us));
}

void
clock_pause(struct clock *c, const struct schedule *schedule, int64_t at_us)
{
    c->spent_us = clock_spent(c, schedule, at_us);
    c->running_since_us = c->warn_at_us = c->due_at_us = 0;
}

int64_t
clock_look_at(const struct clock *c)
{
    if (!c->is_set || c->breached_at_us != 0)
        return 0;
    return c->warn_at_us != 0 && c->warned_at_us == 0 && c->warn_at_us < c->due_at_us
               ? c->warn_at_us
               : c->due_at_us;
}

/* The open ranges in which a clock runs until it is due: by them a screen counts what is left. */
static void
write_open(struct json_out *o, const struct schedule *schedule, int64_t from_us, int64_t until_us)
{
    enum { RANGES_MAX = 40 };

    json_key(o, "open");
    json_open(o, '[');
    for (int n = 0; n < RANGES_MAX && from_us < until_us; n++) {
        struct opening_state state = { 0 };
        int64_t begin_us = open_next(schedule, from_us), end_us = until_us;

        if (begin_us == 0 || begin_us >= until_us)
            break;
        if (schedule != NULL)
            openings_at(schedule, begin_us, &state);
        if (state.changes_at_us != 0 && state.changes_at_us < until_us && n + 1 < RANGES_MAX)
            end_us = state.changes_at_us;
        json_open(o, '{');
        json_kv_time(o, "from", begin_us);
        json_kv_time(o, "until", end_us);
        json_close(o, '}');
        from_us = end_us;
    }
    json_close(o, ']');
}

struct promise
clocks_promise(struct arena *a, const struct clock clocks[CLOCK__MAX],
               const struct schedule *schedule)
{
    const struct clock *nearest = NULL;
    struct promise promise = { 0 };
    struct buf buf = { .arena = a };
    struct json_out o = { .buf = &buf };

    for (int kind = 0; kind < CLOCK__PROMISES; kind++)
        if (clocks[kind].is_set && clocks[kind].due_at_us != 0 &&
            (nearest == NULL || clocks[kind].due_at_us < nearest->due_at_us))
            nearest = &clocks[kind];
    if (nearest == NULL)
        return promise;
    promise.due_at_us = nearest->due_at_us;
    promise.warn_at_us = nearest->warn_at_us != 0 ? nearest->warn_at_us : nearest->due_at_us;
    json_open(&o, '{');
    json_kv_str(&o, "kind", str_of(clock_kind_names[nearest - clocks]));
    json_kv_time(&o, "warn_at", promise.warn_at_us);
    json_kv_time(&o, "due_at", promise.due_at_us);
    json_kv_str(&o, "time_zone", schedule == NULL ? (struct str){ 0 } : zone_name(schedule->zone));
    write_open(&o, schedule, nearest->running_since_us, nearest->due_at_us);
    json_close(&o, '}');
    promise.json = buf_str(&buf);
    return promise;
}
