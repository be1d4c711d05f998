/*
 * When somebody is there: the pure heart of the room. A schedule and an instant go in;
 * open or closed, by which rule, until when, come out. No database, no clock of its own.
 *
 * One sentence says everything: an instant is open when what the clock on the wall shows
 * then lies in a range of that date's plan, or in one of the day before that passes
 * midnight. A date's plan is its exception, if it has one; or else, where holidays count,
 * that of holidays; or else its weekday's. So a Friday night that lasts until two is
 * Friday's, whatever Saturday is; a night in which the clock is put back has the hour
 * that comes twice open twice, one in which it leaps is as much shorter.
 *
 * Ranges begin with their first minute and end before their last ("08:00–18:36" is closed
 * at 18:36:00). Everything is counted over days, not over ranges or seconds.
 */
#ifndef DOMAIN_HOURS_OPENINGS_H
#define DOMAIN_HOURS_OPENINGS_H

#include "base/zone.h"
#include "holidays.h"

enum {
    OPENINGS_HOLIDAY = 7,   /* the eighth day of a week: hours of holidays */
    OPENINGS_DAY_KINDS = 8, /* 0 is Sunday */
    OPENINGS_DAY_MIN = 1440,
    OPENINGS_HORIZON_DAYS = 400, /* who does not open within these does not open */
    OPENINGS_LASTING_DAYS = 60   /* who does not close within these does not close */
};

/* Minutes after midnight. until: after from, by a day at most; beyond 1440 is the next date. */
struct opening {
    int from_min, until_min;
};

/* Of one date: in order, none touching another one's inside. */
struct openings {
    const struct opening *v;
    size_t n; /* 0: closed */
};

struct opening_exception {
    int64_t day; /* since 1970 */
    struct str name;
    struct openings openings;
};

struct schedule {
    const struct zone *zone;
    struct openings week[OPENINGS_DAY_KINDS];
    const struct holiday_calendar *calendar;    /* NULL: holidays are days like others */
    const struct opening_exception *exceptions; /* by day, one for a day */
    size_t exception_count;
};

enum opening_rule {
    OPENING_WEEK,      /* as every such weekday */
    OPENING_HOLIDAY,   /* as on holidays; name says which one */
    OPENING_EXCEPTION, /* as said for this date; name, if it has one */
    OPENING_ALWAYS     /* nobody said anything: see hours.h */
};

struct opening_state {
    bool is_open;
    enum opening_rule rule; /* of the range it lies in; closed: of its date */
    struct str name;
    bool has_range;
    struct opening range;  /* that it lies in */
    int64_t range_day;     /* the date that the range belongs to */
    int64_t changes_at_us; /* closes or opens then; 0: not in sight */
};

void openings_at(const struct schedule *schedule, int64_t at_us, struct opening_state *out);

/* The first open instant from this one on; 0: none within the horizon. */
int64_t openings_next(const struct schedule *schedule, int64_t from_us);

/* Open time in [from, until), in µs; 0 when until is not after from. */
int64_t openings_between(const struct schedule *schedule, int64_t from_us, int64_t until_us);

/*
 * The first instant by which so much open time has passed since from; from itself for
 * none. 0: there is not that much (a horizon passed without any).
 */
int64_t openings_after(const struct schedule *schedule, int64_t from_us, int64_t open_us);

/* Ranges of one date can be used as they are: each in bounds, in order, none over another. */
bool openings_are_sound(struct openings openings);

#endif
