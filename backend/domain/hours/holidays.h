/*
 * The holidays of Brazil, computed from the laws that made them: nobody types Good
 * Friday. Pure: a year or a date goes in, a day or a name comes out.
 *
 * Optional points (pontos facultativos) are no holidays by law; who keeps them says so.
 * And a company may keep any holiday open, or a law may have been read wrongly here: so
 * each of them can be switched, under its code, which is never given to another one.
 *
 * Names are those of the law, in Portuguese: they are names, not words of a screen.
 */
#ifndef DOMAIN_HOURS_HOLIDAYS_H
#define DOMAIN_HOURS_HOLIDAYS_H

#include "base/str.h"

struct holiday {
    const char *code;
    const char *name;
    const char *uf;   /* NULL: the whole country */
    bool is_optional; /* kept only by those who say so */
    /* The rule, see holidays.c */
    int rule, month, day;
    int first_year, last_year; /* 0: no bound */
};

/* All of them: the country's in the order of the year, then the states'. Ends with .code == NULL. */
extern const struct holiday holidays[];
enum { HOLIDAYS_MAX = 80 };

/* NULL: no such code. */
const struct holiday *holidays_find(struct str code);

/* One of the 27 units of the federation, in capitals. */
bool holidays_is_uf(struct str uf);

/* Its day (since 1970) in a year. False: it has none in that one. */
bool holiday_day(const struct holiday *holiday, int year, int64_t *day);

/* Easter Sunday, Gregorian. */
int64_t holidays_easter(int year);

/* A day that a city keeps, typed by the account. */
struct city_holiday {
    struct str name;
    int year; /* 0: every year */
    int month, day;
};

/* What one place keeps: its state's and its city's days beside the country's. */
struct holiday_calendar {
    const struct holiday *kept[HOLIDAYS_MAX]; /* of this place and switched on */
    size_t kept_count;
    const struct city_holiday *city;
    size_t city_count;
};

/*
 * uf: empty for none. switched: codes that the account turned on or off, against what
 * they are by law. city: as long as the calendar lives.
 */
struct holiday_switch {
    struct str code;
    bool is_kept;
};
void holidays_calendar(struct str uf, const struct holiday_switch *switched, size_t n,
                       struct holiday_calendar *out);

/* The name of what this place keeps on a day; .p == NULL: nothing. */
struct str holidays_on(const struct holiday_calendar *calendar, int64_t day);

#endif
