/* Days and hours, as people say them. */
#include "validators_private.h"

#include "base/fold.h"

#include <stdio.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

enum { WORDS_MAX = 8, YEAR_FIRST = 1900, YEAR_LAST = 2100, DAYS_OF_400_YEARS = 146097 };

/* --- the calendar ----------------------------------------------------------------- */

struct date {
    int64_t year, month, day;
};

/* Days since 1970-01-01, by eras of 400 years that begin in March, so that a leap day is a year's last. */
static int64_t
day_of(struct date d)
{
    int64_t y = d.year - (d.month <= 2), era = y / 400, of_era = y - era * 400;
    int64_t of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;

    return era * DAYS_OF_400_YEARS + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static struct date
date_of(int64_t day)
{
    int64_t z = day + 719468, era = z / DAYS_OF_400_YEARS, of_era = z - era * DAYS_OF_400_YEARS;
    int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * y + y / 4 - y / 100), m = (5 * of_year + 2) / 153;
    int64_t month = m < 10 ? m + 3 : m - 9;

    return (struct date){ y + era * 400 + (month <= 2), month, of_year - (153 * m + 2) / 5 + 1 };
}

/* False: there is no such day. */
static bool
make_day(struct date d, int64_t *out)
{
    struct date back;

    if (d.year < YEAR_FIRST || d.year > YEAR_LAST || d.month < 1 || d.month > 12 || d.day < 1 ||
        d.day > 31)
        return false;
    *out = day_of(d);
    back = date_of(*out);
    return back.month == d.month && back.day == d.day;
}

bool
day_parse(struct str text, int64_t *out)
{
    struct date d;

    return text.len == 10 && text.p[4] == '-' && text.p[7] == '-' &&
           str_i64((struct str){ text.p, 4 }, &d.year) &&
           str_i64((struct str){ text.p + 5, 2 }, &d.month) &&
           str_i64((struct str){ text.p + 8, 2 }, &d.day) && make_day(d, out);
}

struct str
day_print(struct arena *a, int64_t day)
{
    struct date d = date_of(day);

    return str_fmt(a, "%04d-%02d-%02d", (int)d.year, (int)d.month, (int)d.day);
}

/* --- what was said ---------------------------------------------------------------- */

struct words {
    struct str v[WORDS_MAX];
    int n;
};

/* The folded message without words that say nothing; false: too many for a date. */
static bool
split(struct arena *a, struct str said, const char *const *fillers, struct words *out)
{
    struct str rest = fold(a, said), word;

    *out = (struct words){ .n = 0 };
    while (str_cut(&rest, ' ', &word)) {
        bool is_filler = false;

        for (const char *const *f = fillers; *f != NULL; f++)
            is_filler |= str_eq(word, str_of(*f));
        if (is_filler)
            continue;
        if (out->n == WORDS_MAX)
            return false;
        out->v[out->n++] = word;
    }
    return out->n > 0;
}

static bool
number_in(struct str word, size_t most_digits, int64_t *out)
{
    return word.len <= most_digits && is_digit(word.len > 0 ? *word.p : ' ') && str_i64(word, out);
}

static int64_t
month_of(struct str word)
{
    static const char *const months[] = { "janeiro",  "fevereiro", "marco",    "abril",
                                          "maio",     "junho",     "julho",    "agosto",
                                          "setembro", "outubro",   "novembro", "dezembro" };

    for (size_t i = 0; i < COUNT(months); i++) {
        struct str month = str_of(months[i]);

        if (str_eq(word, month) || (word.len == 3 && str_starts(month, word)))
            return (int64_t)i + 1;
    }
    return 0;
}

/* The years that a day without one may mean, by when it must be. */
static bool
in_some_year(const struct validator_call *call, int64_t month, int64_t day, int64_t *out)
{
    int64_t year = date_of(call->today).year;
    int step = call->limits->when == WHEN_PAST ? -1 : 1;

    if (call->limits->when == WHEN_ANY)
        return make_day((struct date){ year, month, day }, out);
    /* Eight years hold a leap day, whatever century begins between. */
    for (int i = 0; i <= 8; i++)
        if (make_day((struct date){ year + step * i, month, day }, out) &&
            (step < 0 ? *out <= call->today : *out >= call->today))
            return true;
    return false;
}

static int64_t
whole_year(const struct validator_call *call, struct str word, int64_t year)
{
    if (word.len > 2)
        return year;
    if (call->limits->when == WHEN_FUTURE || year <= date_of(call->today).year % 100)
        return 2000 + year;
    return 1900 + year;
}

/* 25 12 2026, 25 12 26, 25 12, 2026 12 25, 25122026. */
static bool
read_figures(const struct validator_call *call, const struct words *w, int64_t *out)
{
    int64_t a, b, c;

    if (w->n == 1 && w->v[0].len == 8 && number_in(w->v[0], 8, &a))
        return make_day((struct date){ a % 10000, a / 10000 % 100, a / 1000000 }, out);
    if (w->n < 2 || !number_in(w->v[0], 4, &a) || !number_in(w->v[1], 2, &b))
        return false;
    if (w->n == 2)
        return w->v[0].len <= 2 && in_some_year(call, b, a, out);
    if (w->n != 3 || !number_in(w->v[2], 4, &c) || w->v[2].len == 3)
        return false;
    if (w->v[0].len == 4)
        return w->v[2].len <= 2 && make_day((struct date){ a, b, c }, out);
    return w->v[0].len <= 2 && make_day((struct date){ whole_year(call, w->v[2], c), b, a }, out);
}

/* 20 novembro, 5 dez 2026. */
static bool
read_month(const struct validator_call *call, const struct words *w, int64_t *out)
{
    int64_t day, year, month = w->n >= 2 ? month_of(w->v[1]) : 0;

    if (month == 0 || !number_in(w->v[0], 2, &day))
        return false;
    if (w->n == 2)
        return in_some_year(call, month, day, out);
    return w->n == 3 && w->v[2].len != 3 && number_in(w->v[2], 4, &year) &&
           make_day((struct date){ whole_year(call, w->v[2], year), month, day }, out);
}

static bool
read_word(const struct validator_call *call, const struct words *w, int64_t *out)
{
    static const struct {
        const char *word;
        int days;
    } near[] = { { "hoje", 0 }, { "ontem", -1 }, { "anteontem", -2 }, { "amanha", 1 } };
    static const char *const weekdays[] = { "domingo", "segunda", "terca", "quarta",
                                            "quinta",  "sexta",   "sabado" };

    if (w->n == 2 && str_eq(w->v[0], STR("depois")) && str_eq(w->v[1], STR("amanha"))) {
        *out = call->today + 2;
        return true;
    }
    if (w->n != 1)
        return false;
    for (size_t i = 0; i < COUNT(near); i++)
        if (str_eq(w->v[0], str_of(near[i].word))) {
            *out = call->today + near[i].days;
            return true;
        }
    for (size_t i = 0; i < COUNT(weekdays); i++)
        if (str_eq(w->v[0], str_of(weekdays[i]))) {
            int64_t is_now = (call->today % 7 + 11) % 7; /* 1970-01-01 was a Thursday */

            *out = call->today + ((int64_t)i - is_now + 6) % 7 + 1;
            return true;
        }
    return false;
}

/* A date, or days from today. */
static bool
limit_of(const struct validator_call *call, struct str text, int64_t *out)
{
    int64_t days;
    struct str figure =
        text.len > 0 && *text.p == '+' ? (struct str){ text.p + 1, text.len - 1 } : text;

    if (day_parse(text, out))
        return true;
    if (!str_i64(figure, &days))
        return false;
    *out = call->today + days;
    return true;
}

enum verdict
judge_date(const struct validator_call *call, struct str *value)
{
    static const char *const fillers[] = { "de", "do",    "dia",     "em",      "no",
                                           "na", "feira", "proxima", "proximo", NULL };
    const struct validator_limits *limits = call->limits;
    struct words words;
    int64_t day, limit;

    if (!split(call->arena, call->said->text, fillers, &words) ||
        (!read_figures(call, &words, &day) && !read_month(call, &words, &day) &&
         !read_word(call, &words, &day)))
        return VERDICT_INVALID;
    if ((limits->when == WHEN_PAST && day > call->today) ||
        (limits->when == WHEN_FUTURE && day < call->today) ||
        (limit_of(call, limits->min, &limit) && day < limit) ||
        (limit_of(call, limits->max, &limit) && day > limit))
        return VERDICT_INVALID;
    *value = day_print(call->arena, day);
    return VERDICT_VALID;
}

/* --- the clock -------------------------------------------------------------------- */

/* 14h, 14h30, 14h30min: one word, split where the letters are. */
static bool
read_h(struct str word, int64_t *hour, int64_t *minute)
{
    ptrdiff_t h = str_find(word, 'h');
    struct str rest;

    if (h <= 0 || !number_in((struct str){ word.p, (size_t)h }, 2, hour))
        return false;
    rest = (struct str){ word.p + h + 1, word.len - (size_t)h - 1 };
    for (const char *const *unit = (const char *const[]){ "min", "m", "s", "rs", NULL };
         *unit != NULL; unit++)
        if (str_ends(rest, str_of(*unit)))
            rest.len -= strlen(*unit);
    *minute = 0;
    return rest.len == 0 || number_in(rest, 2, minute);
}

enum verdict
judge_time(const struct validator_call *call, struct str *value)
{
    static const char *const fillers[] = { "as", "a",   "da", "hora", "horas",
                                           "hs", "hrs", "h",  "e",    NULL };
    struct words w;
    int64_t hour = -1, minute = 0;
    bool is_late = false;

    if (!split(call->arena, call->said->text, fillers, &w))
        return VERDICT_INVALID;
    if (w.n > 1 && (str_eq(w.v[w.n - 1], STR("tarde")) || str_eq(w.v[w.n - 1], STR("noite"))) &&
        !str_eq(w.v[0], STR("meia"))) {
        is_late = true;
        w.n--;
    }
    if (w.n == 2 && str_eq(w.v[0], STR("meio")) && str_eq(w.v[1], STR("dia")))
        hour = 12;
    else if (w.n == 2 && str_eq(w.v[0], STR("meia")) && str_eq(w.v[1], STR("noite")))
        hour = 0;
    else if (w.n > 2 ||
             (!(w.n == 1 && read_h(w.v[0], &hour, &minute)) &&
              (!number_in(w.v[0], 2, &hour) || (w.n == 2 && !number_in(w.v[1], 2, &minute)))))
        return VERDICT_INVALID;
    hour += is_late && hour < 12 ? 12 : 0;
    if (hour < 0 || hour > 23 || minute > 59)
        return VERDICT_INVALID;
    *value = str_fmt(call->arena, "%02d:%02d", (int)hour, (int)minute);
    return VERDICT_VALID;
}
