#include "zone_posix.h"

#include "clock.h"

enum { DAY_S = 86400 };

static bool
skip(struct str *s, char c)
{
    if (s->len == 0 || s->p[0] != c)
        return false;
    s->p++;
    s->len--;
    return true;
}

static bool
take_number(struct str *s, int most, int *out)
{
    int v = 0, digits = 0;

    while (s->len > 0 && s->p[0] >= '0' && s->p[0] <= '9' && v <= most) {
        v = v * 10 + (s->p[0] - '0');
        s->p++;
        s->len--;
        digits++;
    }
    *out = v;
    return digits > 0 && v <= most;
}

/* "EST", "<-03>": what the zone calls itself is nobody's business here. */
static bool
skip_name(struct str *s)
{
    size_t n = 0;

    if (skip(s, '<')) {
        struct str name;

        return str_cut(s, '>', &name);
    }
    while (s->len > 0 && ((s->p[0] | 0x20) >= 'a' && (s->p[0] | 0x20) <= 'z')) {
        s->p++;
        s->len--;
        n++;
    }
    return n >= 3;
}

/* "[+-]h[h[h]][:mm[:ss]]" */
static bool
take_time(struct str *s, int64_t *out)
{
    bool minus = skip(s, '-');
    int hours, minutes = 0, seconds = 0;

    if (!minus)
        skip(s, '+');
    if (!take_number(s, 167, &hours))
        return false;
    if (skip(s, ':') && !take_number(s, 59, &minutes))
        return false;
    if (skip(s, ':') && !take_number(s, 59, &seconds))
        return false;
    *out = hours * 3600 + minutes * 60 + seconds;
    if (minus)
        *out = -*out;
    return true;
}

static bool
take_change(struct str *s, struct zone_change *out)
{
    *out = (struct zone_change){ .kind = 'n', .time_s = 2 * 3600 };
    if (skip(s, 'M')) {
        out->kind = 'M';
        if (!take_number(s, 12, &out->month) || out->month == 0 || !skip(s, '.') ||
            !take_number(s, 5, &out->week) || out->week == 0 || !skip(s, '.') ||
            !take_number(s, 6, &out->day))
            return false;
    } else {
        if (skip(s, 'J'))
            out->kind = 'J';
        if (!take_number(s, 365, &out->day))
            return false;
    }
    return !skip(s, '/') || take_time(s, &out->time_s);
}

bool
zone_rule_parse(struct str text, struct zone_rule *out)
{
    *out = (struct zone_rule){ 0 };
    /* POSIX counts westwards. */
    if (!skip_name(&text) || !take_time(&text, &out->offset_s))
        return false;
    out->offset_s = -out->offset_s;
    if (text.len == 0)
        return true;
    out->has_summer = true;
    out->summer_offset_s = out->offset_s + 3600;
    if (!skip_name(&text))
        return false;
    if (text.len > 0 && text.p[0] != ',') {
        if (!take_time(&text, &out->summer_offset_s))
            return false;
        out->summer_offset_s = -out->summer_offset_s;
    }
    return skip(&text, ',') && take_change(&text, &out->summer_starts) && skip(&text, ',') &&
           take_change(&text, &out->summer_ends) && text.len == 0;
}

int64_t
zone_change_local(const struct zone_change *c, int year)
{
    bool leaps = clock_days_in_month(year, 2) == 29;
    int64_t days, first;

    if (c->kind != 'M') {
        days = clock_days(year, 1, 1) + c->day;
        /* Day 60 of 'J' is the first of March in every year. */
        if (c->kind == 'J')
            days += (leaps && c->day >= 60) - 1;
        return days * DAY_S + c->time_s;
    }
    first = clock_days(year, c->month, 1);
    days = first + (c->day - (first + 4) % 7 + 7) % 7 + 7 * (c->week - 1);
    if (days >= first + clock_days_in_month(year, c->month))
        days -= 7;
    return days * DAY_S + c->time_s;
}
