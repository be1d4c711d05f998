/*
 * Values of other systems as ours: exact decimals, dates, moments of the account's zone. What does not fit its type is
 * nothing. Money is read in reais and kept in cents.
 */
#include "http_request.h"

#include "decimals.h"
#include "values.h"

#include "base/fold.h"

enum { VALUE_MAX = 2000, LIST_MAX = 50, DAY_MINUTES = 24 * 60 };

enum variable_type
http_type(struct str name)
{
    for (int i = 0; i < VARIABLE__COUNT; i++)
        if (str_eq(name, str_of(variable_type_names[i])))
            return (enum variable_type)i;
    return VARIABLE_TEXT;
}

static struct str
printed(struct arena *a, const struct json *value)
{
    switch (json_kind(value)) {
    case JSON_TEXT: return fold_first_units(fold_clean(a, json_text(value)), VALUE_MAX);
    case JSON_NUMBER:
    case JSON_BOOL: return json_print(a, value);
    default: return (struct str){ 0 };
    }
}

static struct str
read_number(struct step *s, struct str text)
{
    struct decimal d;

    return decimal_read(text, &d) ? decimal_print(step_arena(s), d) : (struct str){ 0 };
}

static struct str
read_money(struct step *s, struct str text)
{
    struct decimal d;

    if (!decimal_read(text, &d))
        return (struct str){ 0 };
    d = decimal_in_cents(d);
    d.parts = 0;
    return decimal_print(step_arena(s), d);
}

static struct str
read_boolean(struct step *s, struct str text)
{
    (void)s;
    return str_eq(text, STR("true")) || str_eq(text, STR("false")) ? text : (struct str){ 0 };
}

static struct str
read_date(struct step *s, struct str text)
{
    int64_t day;

    (void)s;
    if (text.len > 10)
        text.len = 10;
    return day_parse(text, &day) ? text : (struct str){ 0 };
}

static bool
two_digits(struct str text, size_t at, int most, int *out)
{
    if (at + 2 > text.len || text.p[at] < '0' || text.p[at] > '9' || text.p[at + 1] < '0' ||
        text.p[at + 1] > '9')
        return false;
    *out = (text.p[at] - '0') * 10 + text.p[at + 1] - '0';
    return *out <= most;
}

static struct str
read_time(struct step *s, struct str text)
{
    int hour, minute;

    if (!two_digits(text, 0, 23, &hour) || text.len < 5 || text.p[2] != ':' ||
        !two_digits(text, 3, 59, &minute))
        return (struct str){ 0 };
    return str_fmt(step_arena(s), "%02d:%02d", hour, minute);
}

/* What stands behind the seconds: "Z", "-03:00", ".250-0300", or nothing: our own zone. */
static int64_t
minutes_off(struct step *s, struct str zone)
{
    int hour = 0, minute = 0;
    size_t at = 0;

    if (at < zone.len && zone.p[at] == '.')
        for (at = 1; at < zone.len && zone.p[at] >= '0' && zone.p[at] <= '9';)
            at++;
    if (at == zone.len)
        return step_facts(s)->utc_offset_s / 60;
    if (zone.p[at] != '+' && zone.p[at] != '-')
        return 0;
    if (two_digits(zone, at + 1, 23, &hour))
        two_digits(zone, at + 3 + (at + 3 < zone.len && zone.p[at + 3] == ':'), 59, &minute);
    return (zone.p[at] == '-' ? -1 : 1) * (hour * 60 + minute);
}

static struct str
read_datetime(struct step *s, struct str text)
{
    int64_t day, minutes;
    int hour = 0, minute = 0, second = 0;
    struct str date = read_date(s, text);

    if (date.len == 0 || !day_parse(date, &day))
        return (struct str){ 0 };
    if (text.len > 10) {
        struct str rest = { text.p + 11, text.len - 11 };
        bool has_seconds = rest.len >= 8 && rest.p[5] == ':';

        if (!two_digits(rest, 0, 23, &hour) || !two_digits(rest, 3, 59, &minute) ||
            (has_seconds && !two_digits(rest, 6, 59, &second)))
            return (struct str){ 0 };
        rest.p += has_seconds ? 8 : 5;
        rest.len -= has_seconds ? 8 : 5;
        minute += (int)(step_facts(s)->utc_offset_s / 60 - minutes_off(s, rest));
    }
    minutes = day * DAY_MINUTES + hour * 60 + minute;
    day = minutes / DAY_MINUTES;
    minutes %= DAY_MINUTES;
    return str_fmt(step_arena(s), "%.*sT%02d:%02d:%02d", STR_ARG(day_print(step_arena(s), day)),
                   (int)(minutes / 60), (int)(minutes % 60), second);
}

static struct str
read_document(struct step *s, struct str text)
{
    return value_spelled(s, VARIABLE_DOCUMENT, text);
}

static struct str
read_phone(struct step *s, struct str text)
{
    return value_spelled(s, VARIABLE_PHONE, text);
}

static struct str
read_email(struct step *s, struct str text)
{
    return value_spelled(s, VARIABLE_EMAIL, text);
}

static struct str (*const readers[VARIABLE__COUNT])(struct step *s, struct str text) = {
    [VARIABLE_NUMBER] = read_number,     [VARIABLE_MONEY] = read_money,
    [VARIABLE_BOOLEAN] = read_boolean,   [VARIABLE_DATE] = read_date,
    [VARIABLE_DATETIME] = read_datetime, [VARIABLE_TIME] = read_time,
    [VARIABLE_DOCUMENT] = read_document, [VARIABLE_PHONE] = read_phone,
    [VARIABLE_EMAIL] = read_email,
};

static struct str
read_list(struct arena *a, const struct json *array)
{
    struct buf list = { .arena = a };

    for (size_t i = 0; i < json_len(array) && i < LIST_MAX; i++) {
        struct str item = printed(a, json_at(array, i)), line;

        while (str_cut(&item, '\n', &line)) {
            if (line.len == 0)
                continue;
            if (list.len > 0)
                buf_char(&list, '\n');
            buf_add(&list, line);
        }
    }
    return fold_first_units(buf_str(&list), VALUE_MAX);
}

struct str
http_read(struct step *s, const struct json *value, enum variable_type type)
{
    struct str text;

    if (type == VARIABLE_LIST)
        return read_list(step_arena(s), value);
    text = printed(step_arena(s), value);
    if (text.len == 0 || readers[type] == NULL)
        return text;
    return readers[type](s, text);
}
