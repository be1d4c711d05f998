#include "csv.h"

struct str
csv_after_mark(struct str text)
{
    return str_starts(text, STR("\xEF\xBB\xBF")) ? (struct str){ text.p + 3, text.len - 3 } : text;
}

/* Windows-1252 where it differs from Latin-1: what people really type; the rest is a question mark. */
static int
code_point(unsigned char c)
{
    switch (c) {
    case 0x80: return 0x20AC; /* € */
    case 0x85: return 0x2026;
    case 0x91: return 0x2018;
    case 0x92: return 0x2019;
    case 0x93: return 0x201C;
    case 0x94: return 0x201D;
    case 0x95: return 0x2022;
    case 0x96: return 0x2013;
    case 0x97: return 0x2014;
    default: return c >= 0x80 && c < 0xA0 ? '?' : c;
    }
}

static void
put_code_point(struct buf *out, int c)
{
    if (c < 0x80) {
        buf_char(out, (char)c);
    } else if (c < 0x800) {
        buf_char(out, (char)(0xC0 | c >> 6));
        buf_char(out, (char)(0x80 | (c & 0x3F)));
    } else {
        buf_char(out, (char)(0xE0 | c >> 12));
        buf_char(out, (char)(0x80 | (c >> 6 & 0x3F)));
        buf_char(out, (char)(0x80 | (c & 0x3F)));
    }
}

struct str
csv_utf8(struct arena *a, struct str text)
{
    struct buf out = { .arena = a };
    bool is_utf8 = str_is_utf8(text), is_clean = is_utf8;

    for (size_t i = 0; i < text.len && is_clean; i++)
        is_clean = (unsigned char)text.p[i] >= 0x20 || text.p[i] == '\t' || text.p[i] == '\n';
    if (is_clean)
        return text;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.p[i];

        if (c < 0x20 && c != '\t' && c != '\n')
            continue;
        if (is_utf8)
            buf_char(&out, (char)c);
        else
            put_code_point(&out, code_point(c));
    }
    return buf_str(&out);
}

/* Whatever stands most often in the first line, outside of quotes. */
static char
guess_divider(struct str text)
{
    static const char dividers[] = { ';', ',', '\t' };
    size_t counts[sizeof dividers] = { 0 }, best = 0;
    bool quoted = false;

    for (size_t i = 0; i < text.len && (quoted || text.p[i] != '\n'); i++) {
        quoted ^= text.p[i] == '"';
        for (size_t d = 0; d < sizeof dividers; d++)
            counts[d] += !quoted && text.p[i] == dividers[d];
    }
    for (size_t d = 1; d < sizeof dividers; d++)
        if (counts[d] > counts[best])
            best = d;
    return dividers[best];
}

/* Where the record ends; < 0: not within the buffer. */
static ptrdiff_t
record_end(struct str text)
{
    bool quoted = false;

    for (size_t i = 0; i < text.len; i++) {
        quoted ^= text.p[i] == '"';
        if (!quoted && text.p[i] == '\n')
            return (ptrdiff_t)i;
    }
    return -1;
}

/* A quoted cell from its first quote to its last, its doubled quotes made one. */
static struct str
unquote(struct arena *a, struct str cell)
{
    struct buf out = { .arena = a };

    for (size_t i = 1; i < cell.len; i++) {
        if (cell.p[i] == '"' && i + 1 < cell.len && cell.p[i + 1] == '"')
            i++;
        else if (cell.p[i] == '"')
            continue;
        buf_char(&out, cell.p[i]);
    }
    return buf_str(&out);
}

static struct str
read_cell(struct arena *a, struct str cell)
{
    cell = str_trim(cell);
    if (cell.len > 0 && cell.p[0] == '"')
        cell = unquote(a, cell);
    cell = csv_utf8(a, str_trim(cell));
    return str_first_code_points(cell, CSV_CELL_MAX);
}

/* False: more cells than anybody has. */
static bool
split(struct arena *a, struct str record, char divider, struct str cells[CSV_CELLS_MAX], int *n)
{
    size_t from = 0;
    bool quoted = false;

    *n = 0;
    for (size_t i = 0; i <= record.len; i++) {
        if (i < record.len) {
            quoted ^= record.p[i] == '"';
            if (quoted || record.p[i] != divider)
                continue;
        }
        if (*n == CSV_CELLS_MAX)
            return false;
        cells[(*n)++] = read_cell(a, (struct str){ record.p + from, i - from });
        from = i + 1;
    }
    return true;
}

enum csv_step
csv_next(struct csv *csv, struct arena *a, struct str cells[CSV_CELLS_MAX], int *n)
{
    while (csv->rest.len > 0) {
        ptrdiff_t end = record_end(csv->rest);
        struct str record = csv->rest;

        if (end < 0 && !csv->is_last)
            return CSV_PARTIAL;
        if (end >= 0)
            record.len = (size_t)end;
        if (csv->divider == 0)
            csv->divider = guess_divider(record);
        csv->rest.p += end < 0 ? csv->rest.len : (size_t)end + 1;
        csv->rest.len -= end < 0 ? csv->rest.len : (size_t)end + 1;
        if (str_trim(record).len == 0)
            continue;
        return split(a, record, csv->divider, cells, n) ? CSV_RECORD : CSV_TOO_MANY;
    }
    return csv->is_last ? CSV_END : CSV_PARTIAL;
}

bool
csv_is_formula(struct str text)
{
    return text.len > 0 && memchr("=+-@\t\r", text.p[0], 6) != NULL;
}

static void
put_quoted(struct buf *out, struct str text, bool is_formula, char end)
{
    buf_char(out, '"');
    if (is_formula)
        buf_char(out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.p[i] == '"')
            buf_char(out, '"');
        buf_char(out, text.p[i]);
    }
    buf_char(out, '"');
    buf_char(out, end);
}

void
csv_put(struct buf *out, struct str text, char end)
{
    put_quoted(out, text, csv_is_formula(text), end);
}

void
csv_put_as_is(struct buf *out, struct str text, char end)
{
    put_quoted(out, text, /* is_formula= */ false, end);
}
