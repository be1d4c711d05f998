/*
 * Time is an integer: microseconds since 1970 UTC, in names that end in _us.
 * Code that decides reads cx->now_us, never the system clock, so that tests own
 * time; the edges (main loops, supervisors, timeouts) read it here.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "str.h"

#define US_PER_MS INT64_C(1000)
#define US_PER_S INT64_C(1000000)
#define US_PER_MIN (60 * US_PER_S)
#define US_PER_HOUR (60 * US_PER_MIN)
#define US_PER_DAY (24 * US_PER_HOUR)

/* Wall clock. */
int64_t clock_now_us(void);

/* Never goes back: for durations and deadlines within one process. */
int64_t clock_monotonic_us(void);

/* "2026-11-20T14:31:05.123456Z" in out[28], NUL-terminated; returns its text. */
#define CLOCK_ISO_BYTES 28
struct str clock_iso(int64_t us, char out[CLOCK_ISO_BYTES]);

/* RFC 3339 with Z or offset, and PostgreSQL's "2026-11-20 14:31:05.123+00". */
bool clock_parse(struct str s, int64_t *out_us);

/*
 * Dates are days since 1970-01-01, in the proleptic Gregorian calendar: month 1 to 12,
 * day 1 to 31. Day 0 was a Thursday.
 */
int64_t clock_days(int year, int month, int day);
void clock_date(int64_t days, int *year, int *month, int *day);
int clock_days_in_month(int year, int month);

#endif
