/*
 * How rows become a file: text that Excel in Brazil opens by a double click, or a workbook.
 */
#include "exports_private.h"

/* Without its mark Excel takes UTF-8 for the old Windows. */
static void
csv_begin(struct xlsx *file, struct buf *out)
{
    *file = (struct xlsx){ .size_bytes = 3 };
    buf_add(out, STR("\xEF\xBB\xBF"));
}

/* Where the comma is the decimal point, cells are divided by semicolons. */
static void
csv_put_row(struct buf *rows, const struct str *cells, size_t n)
{
    for (size_t i = 0; i + 1 < n; i++)
        csv_put(rows, cells[i], ';');
    csv_put(rows, cells[n - 1], '\r');
    buf_char(rows, '\n');
}

static bool
csv_add(struct xlsx *file, struct buf *out, struct str rows)
{
    buf_add(out, rows);
    file->size_bytes += (int64_t)rows.len;
    return true;
}

static bool
csv_end(struct xlsx *file, struct buf *out)
{
    (void)file;
    (void)out;
    return true;
}

static const struct export_format formats[] = {
    { "csv", "text/csv", csv_begin, csv_put_row, csv_add, csv_end },
    { "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_begin,
      xlsx_put_row, xlsx_add, xlsx_end },
};

const struct export_format *
export_format_find(struct str word)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (str_eq(word, str_of(formats[i].word)))
            return &formats[i];
    return NULL;
}
