#include "clock.h"

#include <time.h>

/* 0000-01-01 and the last microsecond of 9999: what four digits of year can say. */
#define ISO_LEAST INT64_C(-62167219200000000)
#define ISO_MOST INT64_C(253402300799999999)

static int64_t
read_clock(clockid_t id)
{
    struct timespec t;

    clock_gettime(id, &t);
    return (int64_t)t.tv_sec * US_PER_S + t.tv_nsec / 1000;
}

int64_t
clock_now_us(void)
{
    return read_clock(CLOCK_REALTIME);
}

int64_t
clock_monotonic_us(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

/*
 * Days since 1970 of a date and back, in the proleptic Gregorian calendar. The
 * year is counted from March, so that the leap day is its last: month lengths
 * then follow (153 m + 2) / 5. An era is 400 years, 146097 days; the shift of
 * 719468 days leads from 0000-03-01 to 1970-01-01.
 */
int64_t
clock_days(int year, int month, int day)
{
    int64_t y = year - (month <= 2);
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}

void
clock_date(int64_t days, int *year, int *month, int *day)
{
    int64_t shifted = days + 719468;
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int64_t d = shifted - era * 146097;
    int64_t y = (d - d / 1460 + d / 36524 - d / 146096) / 365;
    int64_t day_of_year = d - (365 * y + y / 4 - y / 100);
    int64_t m = (5 * day_of_year + 2) / 153;

    *day = (int)(day_of_year - (153 * m + 2) / 5 + 1);
    *month = (int)(m < 10 ? m + 3 : m - 9);
    *year = (int)(y + era * 400 + (*month <= 2));
}

static char *
put_digits(char *p, int64_t v, int n)
{
    for (int i = n - 1; i >= 0; i--) {
        p[i] = (char)('0' + v % 10);
        v /= 10;
    }
    return p + n;
}

struct str
clock_iso(int64_t us, char out[CLOCK_ISO_BYTES])
{
    int64_t days, in_day;
    int year, month, day;
    char *p = out;

    us = us < ISO_LEAST ? ISO_LEAST : us > ISO_MOST ? ISO_MOST : us;
    days = us / US_PER_DAY;
    in_day = us % US_PER_DAY;
    if (in_day < 0) {
        in_day += US_PER_DAY;
        days--;
    }
    clock_date(days, &year, &month, &day);

    p = put_digits(p, year, 4);
    *p++ = '-';
    p = put_digits(p, month, 2);
    *p++ = '-';
    p = put_digits(p, day, 2);
    *p++ = 'T';
    p = put_digits(p, in_day / US_PER_HOUR, 2);
    *p++ = ':';
    p = put_digits(p, in_day / US_PER_MIN % 60, 2);
    *p++ = ':';
    p = put_digits(p, in_day / US_PER_S % 60, 2);
    *p++ = '.';
    p = put_digits(p, in_day % US_PER_S, 6);
    *p++ = 'Z';
    *p = '\0';
    return (struct str){ out, (size_t)(p - out) };
}

/* Exactly n digits off the head of *s, of a value in [least, most]. */
static bool
take(struct str *s, int n, int least, int most, int *out)
{
    int v = 0;

    if (s->len < (size_t)n)
        return false;
    for (int i = 0; i < n; i++) {
        int digit = s->p[i] - '0';

        if (digit < 0 || digit > 9)
            return false;
        v = v * 10 + digit;
    }
    s->p += n;
    s->len -= (size_t)n;
    *out = v;
    return v >= least && v <= most;
}

static bool
skip(struct str *s, char c)
{
    if (s->len == 0 || s->p[0] != c)
        return false;
    s->p++;
    s->len--;
    return true;
}

/* ".5" → 500000. Digits beyond the microsecond are dropped. */
static bool
take_fraction(struct str *s, int64_t *us)
{
    int64_t unit = US_PER_S / 10;
    int digit;

    *us = 0;
    if (!skip(s, '.'))
        return true;
    if (!take(s, 1, 0, 9, &digit))
        return false;
    do {
        *us += digit * unit;
        unit /= 10;
    } while (take(s, 1, 0, 9, &digit));
    return true;
}

/* "Z", "+00", "-0330", "-03:30", "+00:19:32" (old local times, as PostgreSQL prints them). */
static bool
take_offset(struct str *s, int64_t *us)
{
    int hours, minutes = 0, seconds = 0;
    bool minus;

    *us = 0;
    if (skip(s, 'Z') || skip(s, 'z'))
        return true;
    minus = skip(s, '-');
    if (!minus && !skip(s, '+'))
        return false;
    if (!take(s, 2, 0, 23, &hours))
        return false;
    if (s->len > 0) {
        skip(s, ':');
        if (!take(s, 2, 0, 59, &minutes))
            return false;
    }
    if (s->len > 0 && !(skip(s, ':') && take(s, 2, 0, 59, &seconds)))
        return false;
    *us = hours * US_PER_HOUR + minutes * US_PER_MIN + seconds * US_PER_S;
    if (minus)
        *us = -*us;
    return true;
}

int
clock_days_in_month(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    return days[month - 1] + (month == 2 && leap);
}

bool
clock_parse(struct str s, int64_t *out_us)
{
    int year, month, day, hour, minute, second;
    int64_t fraction_us, offset_us;

    if (!take(&s, 4, 0, 9999, &year) || !skip(&s, '-') || !take(&s, 2, 1, 12, &month) ||
        !skip(&s, '-') || !take(&s, 2, 1, 31, &day) || day > clock_days_in_month(year, month))
        return false;
    if (!skip(&s, 'T') && !skip(&s, ' ') && !skip(&s, 't'))
        return false;
    /* A 60th second is a leap second: it counts as the first of the next minute. */
    if (!take(&s, 2, 0, 23, &hour) || !skip(&s, ':') || !take(&s, 2, 0, 59, &minute) ||
        !skip(&s, ':') || !take(&s, 2, 0, 60, &second))
        return false;
    if (!take_fraction(&s, &fraction_us) || !take_offset(&s, &offset_us) || s.len != 0)
        return false;

    *out_us = clock_days(year, month, day) * US_PER_DAY + hour * US_PER_HOUR + minute * US_PER_MIN +
              second * US_PER_S + fraction_us - offset_us;
    return true;
}
