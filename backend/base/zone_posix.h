/*
 * The last line of a TZif file: the rule for all years to come, in the notation of
 * POSIX's TZ ("EST5EDT,M3.2.0,M11.1.0", "<-03>3").
 */
#ifndef BASE_ZONE_POSIX_H
#define BASE_ZONE_POSIX_H

#include "str.h"

/* When a year's clock changes. */
struct zone_change {
    char kind; /* 'M': month, week, day; 'J': day 1 to 365 without leap days; 'n': day 0 to 365 */
    int month, week; /* week 5: the last */
    int day;         /* of 'M': of the week, 0 is Sunday */
    int64_t time_s;  /* after the day's midnight; may be negative or beyond a day */
};

struct zone_rule {
    int64_t offset_s; /* without summer time */
    bool has_summer;
    int64_t summer_offset_s;
    struct zone_change summer_starts, summer_ends;
};

bool zone_rule_parse(struct str text, struct zone_rule *out);

/* The change's moment in this year, as the wall shows it just before. */
int64_t zone_change_local(const struct zone_change *change, int year);

#endif
