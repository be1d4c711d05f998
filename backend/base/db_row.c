#include "clock.h"
#include "db_private.h"

#include <stdlib.h>

struct db_row
db_row_at(const struct db_rows *rows, int index)
{
    if (index < 0 || index >= rows->count)
        BUG("row %d of %d", index, rows->count);
    return (struct db_row){ rows->result, index };
}

/* A column that does not exist is our bug, and libpq would only print a warning. */
static void
require_column(const struct db_row *row, int col)
{
    if (col < 0 || col >= PQnfields(row->result))
        BUG("column %d of %d", col, PQnfields(row->result));
}

bool
db_is_null(const struct db_row *row, int col)
{
    require_column(row, col);
    return PQgetisnull(row->result, row->index, col) == 1;
}

struct str
db_str(const struct db_row *row, int col)
{
    if (db_is_null(row, col))
        return (struct str){ NULL, 0 };
    return (struct str){ PQgetvalue(row->result, row->index, col),
                         (size_t)PQgetlength(row->result, row->index, col) };
}

int64_t
db_i64(const struct db_row *row, int col)
{
    struct str text = db_str(row, col);
    int64_t v = 0;

    if (text.p != NULL && !str_i64(text, &v))
        BUG("column %s is no whole number", PQfname(row->result, col));
    return v;
}

double
db_double(const struct db_row *row, int col)
{
    struct str text = db_str(row, col);

    return text.p == NULL ? 0 : strtod(text.p, NULL); /* libpq terminates values */
}

int64_t
db_time(const struct db_row *row, int col)
{
    struct str text = db_str(row, col);
    int64_t us = 0;

    if (text.p != NULL && !clock_parse(text, &us))
        BUG("column %s is no time", PQfname(row->result, col));
    return us;
}

bool
db_bool(const struct db_row *row, int col)
{
    struct str text = db_str(row, col);

    return text.len == 1 && text.p[0] == 't';
}

static int
nibble(char c)
{
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

struct str
db_bytes(struct cx *cx, const struct db_row *row, int col)
{
    struct str text = db_str(row, col);
    size_t len;
    char *bytes;

    if (text.p == NULL)
        return text;
    if (text.len < 2 || text.p[0] != '\\' || text.p[1] != 'x')
        BUG("column %s is no bytea", PQfname(row->result, col));

    len = (text.len - 2) / 2;
    bytes = arena_alloc(cx->arena, len + 1);
    for (size_t i = 0; i < len; i++)
        bytes[i] = (char)(nibble(text.p[2 + 2 * i]) << 4 | nibble(text.p[3 + 2 * i]));
    return (struct str){ bytes, len };
}
