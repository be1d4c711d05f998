/*
 * Time zones: what the clock on a wall shows at an instant, by the name that the zone
 * has in the IANA's database ("America/Sao_Paulo").
 *
 * The files of the system's database (TZif, RFC 9636) are read here. Not by the C
 * library: its zone is one for the whole process, in an environment variable, and
 * whoever forgets to put it back moves everybody's clock. Not by PostgreSQL: a calendar
 * walks through hundreds of days, and a question each would be the slowest way to add
 * three hours. Debian's PostgreSQL reads the same files, so AT TIME ZONE agrees with us
 * (a test holds the two together).
 *
 * A zone is a row of stretches with one offset each. Times are seconds since 1970: of
 * UTC (_s), or as the wall shows them if it were UTC (local_s).
 */
#ifndef BASE_ZONE_H
#define BASE_ZONE_H

#include "str.h"

struct zone;

struct zone_stretch {
    int64_t from_s;   /* INT64_MIN: always was */
    int64_t until_s;  /* the next one's first second; INT64_MAX: for good */
    int64_t offset_s; /* local minus UTC */
};

/* NULL: there is none of this name. What was found is kept for the process's life. */
const struct zone *zone_find(struct str name);

/* UTC: what is left when a zone has vanished from the system. Never NULL. */
const struct zone *zone_utc(void);

struct str zone_name(const struct zone *zone);

/* The stretch that an instant lies in. */
struct zone_stretch zone_at(const struct zone *zone, int64_t at_s);

/*
 * The first instant at which the wall shows local_s or something later: of a time that
 * comes twice the first, of one that is left out the moment of the leap.
 */
int64_t zone_instant(const struct zone *zone, int64_t local_s);

/* Rounds towards the past, as days and weeks need it: -1 / 86400 is day -1. */
static inline int64_t
zone_floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

#endif
