#include "openings.h"

#include "base/clock.h"

enum { DAY_S = 86400, MIN_S = 60, HORIZON_S = OPENINGS_HORIZON_DAYS * DAY_S };

/* The plan of a date, and what made it so. */
struct plan {
    int64_t day;
    enum opening_rule rule;
    struct str name;
    struct openings openings;
};

static const struct opening_exception *
exception_on(const struct schedule *s, int64_t day)
{
    size_t low = 0, high = s->exception_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (s->exceptions[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low < s->exception_count && s->exceptions[low].day == day ? &s->exceptions[low] : NULL;
}

static struct plan
plan_of(const struct schedule *s, int64_t day)
{
    const struct opening_exception *exception = exception_on(s, day);
    int weekday = (int)(((day + 4) % 7 + 7) % 7);
    struct str holiday = { 0 };

    if (exception != NULL)
        return (struct plan){ day, OPENING_EXCEPTION, exception->name, exception->openings };
    if (s->calendar != NULL)
        holiday = holidays_on(s->calendar, day);
    if (holiday.p != NULL)
        return (struct plan){ day, OPENING_HOLIDAY, holiday, s->week[OPENINGS_HOLIDAY] };
    return (struct plan){ day, OPENING_WEEK, { 0 }, s->week[weekday] };
}

/* --- walking through open time ------------------------------------------------------- */

/*
 * Open stretches one after the other. Within a stretch of one offset the dates follow
 * each other as on paper; where the offset changes, the walk begins anew with the new
 * one, and done_s keeps it from going over the same ground.
 */
struct walk {
    const struct schedule *schedule;
    struct zone_stretch offset;
    struct plan plan;
    size_t next;     /* range of the plan */
    int64_t done_s;  /* nothing before this is wanted any more */
    int64_t limit_s; /* days that begin after this are not looked at */
};

struct open_stretch {
    int64_t from_s, until_s;
    const struct plan *plan;
    struct opening range;
};

static void
enter_offset(struct walk *w)
{
    w->offset = zone_at(w->schedule->zone, w->done_s);
    /* The day before may reach into this one. */
    w->plan = plan_of(w->schedule, zone_floor_div(w->done_s + w->offset.offset_s, DAY_S) - 1);
    w->next = 0;
}

static struct walk
walk_from(const struct schedule *schedule, int64_t from_s)
{
    struct walk w = {
        .schedule = schedule,
        .done_s = from_s,
        .limit_s = from_s + HORIZON_S,
    };

    enter_offset(&w);
    return w;
}

static bool
walk_on(struct walk *w, struct open_stretch *out)
{
    for (;;) {
        int64_t midnight_s = w->plan.day * DAY_S - w->offset.offset_s;
        int64_t from_s, until_s;

        if (midnight_s >= w->offset.until_s) {
            w->done_s = w->offset.until_s;
            enter_offset(w);
            continue;
        }
        if (midnight_s > w->limit_s)
            return false;
        if (w->next == w->plan.openings.n) {
            w->plan = plan_of(w->schedule, w->plan.day + 1);
            w->next = 0;
            continue;
        }
        out->range = w->plan.openings.v[w->next++];
        from_s = midnight_s + out->range.from_min * MIN_S;
        until_s = midnight_s + out->range.until_min * MIN_S;
        if (from_s < w->done_s)
            from_s = w->done_s;
        if (until_s > w->offset.until_s)
            until_s = w->offset.until_s;
        if (from_s >= until_s)
            continue;
        out->from_s = from_s;
        out->until_s = w->done_s = until_s;
        out->plan = &w->plan;
        if (w->limit_s < until_s + HORIZON_S)
            w->limit_s = until_s + HORIZON_S;
        return true;
    }
}

/* --- questions --------------------------------------------------------------------------- */

/* Ranges that follow each other without a break are one for whoever waits for the end. */
static int64_t
closing_of(struct walk *w, int64_t until_s)
{
    int64_t patience_s = until_s + OPENINGS_LASTING_DAYS * DAY_S;
    struct open_stretch next;

    while (until_s < patience_s && walk_on(w, &next) && next.from_s == until_s)
        until_s = next.until_s;
    return until_s < patience_s ? until_s * US_PER_S : 0;
}

static void
explain_closed(const struct schedule *s, int64_t at_s, struct opening_state *out)
{
    int64_t local_s = at_s + zone_at(s->zone, at_s).offset_s;
    struct plan plan = plan_of(s, zone_floor_div(local_s, DAY_S));

    out->rule = plan.rule;
    out->name = plan.name;
}

void
openings_at(const struct schedule *schedule, int64_t at_us, struct opening_state *out)
{
    int64_t at_s = zone_floor_div(at_us, US_PER_S);
    struct walk w = walk_from(schedule, at_s);
    struct open_stretch open;

    *out = (struct opening_state){ 0 };
    if (!walk_on(&w, &open)) {
        explain_closed(schedule, at_s, out);
        return;
    }
    if (open.from_s > at_s) {
        explain_closed(schedule, at_s, out);
        out->changes_at_us = open.from_s * US_PER_S;
        return;
    }
    out->is_open = out->has_range = true;
    out->rule = open.plan->rule;
    out->name = open.plan->name;
    out->range = open.range;
    out->range_day = open.plan->day;
    out->changes_at_us = closing_of(&w, open.until_s);
}

int64_t
openings_next(const struct schedule *schedule, int64_t from_us)
{
    struct walk w = walk_from(schedule, zone_floor_div(from_us, US_PER_S));
    struct open_stretch open;

    if (!walk_on(&w, &open))
        return 0;
    return open.from_s * US_PER_S > from_us ? open.from_s * US_PER_S : from_us;
}

int64_t
openings_between(const struct schedule *schedule, int64_t from_us, int64_t until_us)
{
    struct walk w;
    struct open_stretch open;
    int64_t sum_us = 0;

    if (until_us <= from_us)
        return 0;
    w = walk_from(schedule, zone_floor_div(from_us, US_PER_S));
    if (w.limit_s < until_us / US_PER_S)
        w.limit_s = until_us / US_PER_S;
    while (walk_on(&w, &open)) {
        int64_t starts_us = open.from_s * US_PER_S, ends_us = open.until_s * US_PER_S;

        if (starts_us >= until_us)
            break;
        sum_us +=
            (ends_us < until_us ? ends_us : until_us) - (starts_us > from_us ? starts_us : from_us);
    }
    return sum_us;
}

int64_t
openings_after(const struct schedule *schedule, int64_t from_us, int64_t open_us)
{
    struct walk w;
    struct open_stretch open;

    if (open_us <= 0)
        return from_us;
    w = walk_from(schedule, zone_floor_div(from_us, US_PER_S));
    while (walk_on(&w, &open)) {
        int64_t starts_us = open.from_s * US_PER_S, ends_us = open.until_s * US_PER_S;

        if (starts_us < from_us)
            starts_us = from_us;
        if (ends_us - starts_us >= open_us)
            return starts_us + open_us;
        open_us -= ends_us - starts_us;
    }
    return 0;
}

bool
openings_are_sound(struct openings openings)
{
    for (size_t i = 0; i < openings.n; i++) {
        const struct opening *o = &openings.v[i];

        if (o->from_min < 0 || o->from_min >= OPENINGS_DAY_MIN || o->until_min <= o->from_min ||
            o->until_min > o->from_min + OPENINGS_DAY_MIN)
            return false;
        if (i > 0 && o->from_min < openings.v[i - 1].until_min)
            return false;
    }
    return true;
}
