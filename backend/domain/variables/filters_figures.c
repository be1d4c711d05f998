/*
 * Filters of numbers, documents, phones and dates. A value that does not have the form a
 * filter needs is left alone: better said as it is than not at all.
 */
#include "variables_private.h"

/* Numbers ------------------------------------------------------------------- */

enum { DECIMALS_MAX = 6, DIGITS_MAX = 30 };

/* An exact decimal, cut in its parts. */
struct decimal {
    bool is_negative;
    char digits[DIGITS_MAX + DECIMALS_MAX + 2]; /* without point, a leading 0 for the carry */
    size_t n;                                   /* of them */
    size_t decimals;                            /* of these, behind the point */
};

static bool
decimal_read(struct str s, struct decimal *out)
{
    bool has_point = false;

    *out = (struct decimal){ .digits = "0", .n = 1 };
    if (s.len > 0 && *s.p == '-') {
        out->is_negative = true;
        s.p++;
        s.len--;
    }
    if (s.len == 0 || s.len > DIGITS_MAX)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] == '.' && !has_point && i > 0 && i + 1 < s.len) {
            has_point = true;
            continue;
        }
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        out->digits[out->n++] = s.p[i];
        out->decimals += has_point;
    }
    return true;
}

/* Half away from zero. */
static void
decimal_round(struct decimal *d, size_t decimals)
{
    bool up = false;

    while (d->decimals > decimals) {
        up = d->digits[--d->n] >= '5';
        d->decimals--;
    }
    for (size_t i = d->n; up && i-- > 0;) {
        up = d->digits[i] == '9';
        d->digits[i] = (char)(up ? '0' : d->digits[i] + 1);
    }
    while (d->decimals < decimals) {
        d->digits[d->n++] = '0';
        d->decimals++;
    }
}

/* 1.234,50 */
static struct str
decimal_print(struct arena *a, const struct decimal *d)
{
    struct buf b = { .arena = a };
    size_t whole = d->n - d->decimals, from = 0;

    while (from + 1 < whole && d->digits[from] == '0')
        from++;
    for (size_t i = from; i < whole; i++) {
        if (i > from && (whole - i) % 3 == 0)
            buf_char(&b, '.');
        buf_char(&b, d->digits[i]);
    }
    if (d->decimals > 0) {
        buf_char(&b, ',');
        buf_add(&b, (struct str){ d->digits + whole, d->decimals });
    }
    return buf_str(&b);
}

static bool
decimal_of(struct variable_value value, struct decimal *out)
{
    if (!decimal_read(value.text, out))
        return false;
    if (value.type == VARIABLE_MONEY) {
        if (out->decimals > 0)
            return false;
        /* Cents are decimals of the whole; "5" is 0,05. */
        while (out->n < 3) {
            memmove(out->digits + 1, out->digits, out->n);
            out->digits[0] = '0';
            out->n++;
        }
        out->decimals = 2;
    }
    return true;
}

static struct str
signed_text(struct arena *a, const struct decimal *d, const char *unit)
{
    struct str figures = decimal_print(a, d);

    return str_fmt(a, "%s%s%.*s", d->is_negative ? "-" : "", unit, STR_ARG(figures));
}

struct variable_value
filter_number(const struct filter_call *call, struct variable_value value)
{
    struct decimal d;
    int64_t decimals;

    if (!decimal_of(value, &d))
        return value;
    if (call->argument_count > 0 && str_i64(call->arguments[0], &decimals))
        decimal_round(&d, (size_t)(decimals > DECIMALS_MAX ? DECIMALS_MAX : decimals));
    return filter_said(signed_text(call->arena, &d, ""));
}

struct variable_value
filter_money(const struct filter_call *call, struct variable_value value)
{
    struct decimal d;

    if (!decimal_of(value, &d))
        return value;
    decimal_round(&d, 2);
    return filter_said(signed_text(call->arena, &d, "R$ "));
}

struct variable_value
filter_plural(const struct filter_call *call, struct variable_value value)
{
    return filter_said(call->arguments[str_eq(value.text, STR("1")) ? 0 : 1]);
}

bool
filter_fits_number(const struct filter_call *call)
{
    int64_t n;

    return str_i64(call->arguments[0], &n) && n >= 0 && n <= 10000;
}

/* Documents and phones -------------------------------------------------------- */

/* Each # of the pattern is the next character; false when there are more or fewer. */
static bool
patterned(struct arena *a, struct str s, const char *pattern, struct str *out)
{
    struct buf b = { .arena = a };
    size_t used = 0;

    for (const char *p = pattern; *p != '\0'; p++) {
        if (*p == '#' && used == s.len)
            return false;
        buf_char(&b, *p == '#' ? s.p[used++] : *p);
    }
    *out = buf_str(&b);
    return used == s.len;
}

/* CPF and CNPJ without their marks; letters are part of the newer CNPJ. */
static struct str
bare(struct arena *a, struct str s)
{
    struct buf b = { .arena = a };

    for (size_t i = 0; i < s.len; i++)
        if (strchr(" .-/", s.p[i]) == NULL)
            buf_char(&b, s.p[i]);
    return buf_str(&b);
}

struct variable_value
filter_cpf(const struct filter_call *call, struct variable_value value)
{
    struct str out;

    if (patterned(call->arena, bare(call->arena, value.text), "###.###.###-##", &out))
        return filter_said(out);
    return value;
}

struct variable_value
filter_cnpj(const struct filter_call *call, struct variable_value value)
{
    struct str out;

    if (patterned(call->arena, bare(call->arena, value.text), "##.###.###/####-##", &out))
        return filter_said(out);
    return value;
}

struct variable_value
filter_document(const struct filter_call *call, struct variable_value value)
{
    return bare(call->arena, value.text).len == 11 ? filter_cpf(call, value)
                                                   : filter_cnpj(call, value);
}

struct variable_value
filter_phone(const struct filter_call *call, struct variable_value value)
{
    struct str digits = str_digits(call->arena, value.text), local = digits, out;

    /* A masked phone is not one to be laid out. */
    if (digits.len == 0 || str_has(value.text, STR("•")))
        return filter_said(value.text);
    if (str_starts(digits, STR("55")) && digits.len >= 12)
        local = (struct str){ digits.p + 2, digits.len - 2 };
    if (patterned(call->arena, local, "(##) #####-####", &out) ||
        patterned(call->arena, local, "(##) ####-####", &out))
        return filter_said(out);
    return filter_said(str_fmt(call->arena, "+%.*s", STR_ARG(digits)));
}

/* Dates ------------------------------------------------------------------------ */

struct moment {
    int year, month, day, hour, minute;
    bool has_time;
};

static bool
figures(struct str s, size_t at, size_t n, int *out)
{
    *out = 0;
    if (at + n > s.len)
        return false;
    for (size_t i = at; i < at + n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        *out = *out * 10 + (s.p[i] - '0');
    }
    return true;
}

/* 2026-03-04, 2026-03-04T12:00…, with T or a space. */
static bool
moment_read(struct str s, struct moment *out)
{
    *out = (struct moment){ 0 };
    if (!figures(s, 0, 4, &out->year) || !figures(s, 5, 2, &out->month) ||
        !figures(s, 8, 2, &out->day) || s.p[4] != '-' || s.p[7] != '-' || out->month < 1 ||
        out->month > 12 || out->day < 1 || out->day > 31)
        return false;
    out->has_time = figures(s, 11, 2, &out->hour) && figures(s, 14, 2, &out->minute);
    return out->has_time || s.len == 10;
}

/* Days since 1970-01-01: a year begins in March, so that leap days come last. */
static int64_t
day_of(const struct moment *m)
{
    int64_t year = m->month <= 2 ? m->year - 1 : m->year;
    int64_t month = m->month <= 2 ? m->month + 9 : m->month - 3;
    int64_t century = year / 400, of_century = year - century * 400;
    int64_t of_year = (153 * month + 2) / 5 + m->day - 1;

    return century * 146097 + of_century * 365 + of_century / 4 - of_century / 100 + of_year -
           719468;
}

static const char *const weekdays[] = { "domingo",      "segunda-feira", "terça-feira",
                                        "quarta-feira", "quinta-feira",  "sexta-feira",
                                        "sábado" };

/* 1970-01-01 was a Thursday. */
static const char *
weekday_of(int64_t day)
{
    return weekdays[((day % 7) + 7 + 4) % 7];
}

/* What the letters of a pattern stand for; the longer ones first. */
static const struct {
    const char *letters;
    size_t offset; /* in struct moment */
    int width, modulo;
} date_parts[] = {
    { "dd", offsetof(struct moment, day), 2, 100 },
    { "d", offsetof(struct moment, day), 1, 100 },
    { "MM", offsetof(struct moment, month), 2, 100 },
    { "M", offsetof(struct moment, month), 1, 100 },
    { "yyyy", offsetof(struct moment, year), 4, 10000 },
    { "yy", offsetof(struct moment, year), 2, 100 },
    { "HH", offsetof(struct moment, hour), 2, 100 },
    { "mm", offsetof(struct moment, minute), 2, 100 },
};

/* How many letters of the pattern that took. */
static size_t
put_part(struct buf *b, struct str pattern, const struct moment *m)
{
    for (size_t i = 0; i < sizeof date_parts / sizeof date_parts[0]; i++)
        if (str_starts(pattern, str_of(date_parts[i].letters))) {
            int v = *(const int *)((const char *)m + date_parts[i].offset);

            buf_fmt(b, "%0*d", date_parts[i].width, v % date_parts[i].modulo);
            return strlen(date_parts[i].letters);
        }
    buf_char(b, *pattern.p);
    return 1;
}

struct variable_value
filter_date(const struct filter_call *call, struct variable_value value)
{
    struct buf b = { .arena = call->arena };
    struct str pattern = STR("dd/MM/yyyy");
    struct moment m;

    if (!moment_read(value.text, &m))
        return value;
    if (call->argument_count > 0)
        pattern = call->arguments[0];
    else if (value.type == VARIABLE_DATETIME)
        pattern = STR("dd/MM/yyyy HH:mm");
    while (pattern.len > 0) {
        size_t n = put_part(&b, pattern, &m);

        pattern.p += n;
        pattern.len -= n;
    }
    return filter_said(buf_str(&b));
}

/* 14:30, of a time or of a moment. */
static bool
time_read(struct str s, struct str *out)
{
    int hour, minute;
    size_t at = s.len > 10 ? 11 : 0;

    if (!figures(s, at, 2, &hour) || !figures(s, at + 3, 2, &minute) || s.p[at + 2] != ':')
        return false;
    *out = (struct str){ s.p + at, 5 };
    return true;
}

struct variable_value
filter_time(const struct filter_call *call, struct variable_value value)
{
    struct str out;

    (void)call;
    return time_read(value.text, &out) ? filter_said(out) : value;
}

struct variable_value
filter_weekday(const struct filter_call *call, struct variable_value value)
{
    struct moment m;

    (void)call;
    if (!moment_read(value.text, &m))
        return value;
    return filter_said(str_of(weekday_of(day_of(&m))));
}

struct variable_value
filter_relative(const struct filter_call *call, struct variable_value value)
{
    struct moment m, now;
    struct str day, time;
    int64_t ahead;

    if (!moment_read(value.text, &m) || !moment_read(call->now, &now))
        return value;
    ahead = day_of(&m) - day_of(&now);
    if (ahead == 0)
        day = STR("hoje");
    else if (ahead == 1)
        day = STR("amanhã");
    else if (ahead > 1 && ahead < 7)
        day = str_of(weekday_of(day_of(&m)));
    else
        day = str_fmt(call->arena, "%02d/%02d", m.day, m.month);
    if (!m.has_time || !time_read(value.text, &time))
        return filter_said(day);
    return filter_said(str_fmt(call->arena, "%.*s às %.*s", STR_ARG(day), STR_ARG(time)));
}
