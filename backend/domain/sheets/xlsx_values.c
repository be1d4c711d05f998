/*
 * What cells name by number, texts and formats, and how numbers are written out.
 */
#include "xlsx_private.h"

#include "base/clock.h"

#include <math.h>
#include <stdlib.h>

enum {
    STRINGS_MAX = 2000000,
    STRINGS_BYTES_MAX = 64 * 1024 * 1024,
    STYLES_MAX = 65536, /* cell formats of a workbook, as spreadsheets have it */
};

/* --- texts --------------------------------------------------------------------------- */

struct strings_reader {
    struct xml *xml;
    struct arena *arena;
    struct xlsx_strings *out;
    size_t room, bytes;
    struct buf text;
    bool is_text, is_spoken; /* readings of East Asian words stand beside the text */
};

static void
strings_open(void *arg, struct str name, struct xml_attributes attributes)
{
    struct strings_reader *r = arg;

    (void)attributes;
    if (str_eq(name, STR("si")))
        r->text.len = 0;
    else if (str_eq(name, STR("rPh")))
        r->is_spoken = true;
    else if (str_eq(name, STR("t")))
        r->is_text = !r->is_spoken;
}

static void
strings_text(void *arg, struct str text)
{
    struct strings_reader *r = arg;

    if (r->is_text && r->text.len < CSV_CELL_MAX * 4)
        buf_add(&r->text, str_first_code_points(text, CSV_CELL_MAX));
}

static void
keep_string(struct strings_reader *r)
{
    struct xlsx_strings *s = r->out;

    r->bytes += r->text.len;
    if (s->count == STRINGS_MAX || r->bytes > STRINGS_BYTES_MAX) {
        xml_stop(r->xml, FAIL(ERR_INVALID, "workbook_too_large"));
        return;
    }
    if (s->count == r->room) {
        size_t room = r->room == 0 ? 1024 : r->room * 2;

        s->v = arena_grow(r->arena, s->v, r->room * sizeof *s->v, room * sizeof *s->v);
        r->room = room;
    }
    s->v[s->count++] = r->text.len == 0 ? STR("") : str_dup(r->arena, buf_str(&r->text));
}

static void
strings_close(void *arg, struct str name)
{
    struct strings_reader *r = arg;

    if (str_eq(name, STR("si")))
        keep_string(r);
    else if (str_eq(name, STR("rPh")))
        r->is_spoken = false;
    else if (str_eq(name, STR("t")))
        r->is_text = false;
}

struct err
xlsx_read_strings(struct arena *a, struct zip *z, struct str part, struct xlsx_strings *out)
{
    static const struct xml_events events = { strings_open, strings_text, strings_close };
    struct strings_reader r = { .arena = a, .out = out, .text = { .arena = a } };

    *out = (struct xlsx_strings){ 0 };
    return xlsx_parse(a, z, part, &events, &r);
}

/* --- formats ------------------------------------------------------------------------- */

enum { DATE_FORMATS_MAX = 1000 };

struct styles_reader {
    struct xml *xml;
    struct xlsx_styles *out;
    int64_t dates[DATE_FORMATS_MAX]; /* the workbook's own formats that show one */
    size_t date_count;
    bool is_in_cells;
};

/* "dd/mm/yyyy", but not "[Red]0" nor "0 \"dias\"". */
static bool
shows_date(struct str code)
{
    char until = 0;

    for (size_t i = 0; i < code.len; i++) {
        char c = code.p[i];

        if (until != 0)
            until = c == until ? 0 : until;
        else if (c == '"' || c == '[')
            until = c == '[' ? ']' : '"';
        else if (c == '\\' || c == '_' || c == '*')
            i++;
        else if (strchr("dmyhs", c | 0x20) != NULL)
            return true;
    }
    return false;
}

/* The formats that every spreadsheet has. */
static bool
is_known_date(int64_t format)
{
    return (format >= 14 && format <= 22) || (format >= 27 && format <= 36) ||
           (format >= 45 && format <= 47) || (format >= 50 && format <= 58);
}

static int64_t
whole(struct str text)
{
    int64_t n = 0;

    return str_i64(text, &n) ? n : 0;
}

static void
add_style(struct styles_reader *r, int64_t format)
{
    bool is_date = is_known_date(format);

    if (r->out->count == STYLES_MAX)
        return;
    for (size_t i = 0; i < r->date_count; i++)
        is_date = is_date || r->dates[i] == format;
    r->out->is_date[r->out->count++] = is_date;
}

static void
styles_open(void *arg, struct str name, struct xml_attributes attributes)
{
    struct styles_reader *r = arg;

    if (str_eq(name, STR("cellXfs")))
        r->is_in_cells = true;
    else if (str_eq(name, STR("xf")) && r->is_in_cells)
        add_style(r, whole(xml_attribute(attributes, "numFmtId")));
    else if (str_eq(name, STR("numFmt")) && r->date_count < DATE_FORMATS_MAX &&
             shows_date(xml_attribute(attributes, "formatCode")))
        r->dates[r->date_count++] = whole(xml_attribute(attributes, "numFmtId"));
}

static void
styles_close(void *arg, struct str name)
{
    struct styles_reader *r = arg;

    if (str_eq(name, STR("cellXfs")))
        r->is_in_cells = false;
}

struct err
xlsx_read_styles(struct arena *a, struct zip *z, struct str part, struct xlsx_styles *out)
{
    static const struct xml_events events = { styles_open, NULL, styles_close };
    struct styles_reader *r = arena_new_of(a, struct styles_reader);

    *out = (struct xlsx_styles){ .is_date = arena_array(a, bool, STYLES_MAX) };
    r->out = out;
    return xlsx_parse(a, z, part, &events, r);
}

/* --- numbers -------------------------------------------------------------------------- */

/* False: not a number that anybody typed. */
static bool
read_number(struct arena *a, struct str typed, double *out)
{
    const char *text = str_cstr(a, typed);
    char *end;

    *out = strtod(text, &end);
    return typed.len > 0 && *end == 0 && isfinite(*out) &&
           strspn(text, "+-0123456789.eE") == typed.len;
}

struct str
xlsx_number(struct arena *a, struct str typed)
{
    double v;

    /* Beyond 2^53 the last digits are no longer those that were typed: it stays as it is, and is refused as a phone. */
    if (!read_number(a, typed, &v) || fabs(v) >= 9007199254740992.0)
        return typed;
    if (v == floor(v))
        return str_fmt(a, "%.0f", v);
    return str_fmt(a, "%.15g", v);
}

struct str
xlsx_date(struct arena *a, struct str typed, bool is_1904)
{
    int year, month, day, minutes;
    int64_t days;
    double v;

    /* 2958466 is the year 10000. */
    if (!read_number(a, typed, &v) || v < 0 || v >= 2958466)
        return typed;
    days = (int64_t)floor(v);
    minutes = (int)floor((v - (double)days) * 1440 + 0.5) % 1440;
    if (days == 0 && !is_1904)
        return str_fmt(a, "%02d:%02d", minutes / 60, minutes % 60);
    /* Day 60 is 29 February 1900, which never was: before it everything is one day late. */
    days += is_1904 ? 1462 : days < 60 ? 1 : 0;
    clock_date(days - 25569, &year, &month, &day);
    if (minutes == 0)
        return str_fmt(a, "%04d-%02d-%02d", year, month, day);
    return str_fmt(a, "%04d-%02d-%02d %02d:%02d", year, month, day, minutes / 60, minutes % 60);
}
