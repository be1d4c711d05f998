/*
 * The least workbook that every spreadsheet opens: one sheet, every cell the text that it is, so that a phone or
 * a CPF keeps its zeros.
 *
 * It is written in pieces by processes that know nothing of one another but struct xlsx: each piece is packed
 * by itself, to a byte's end and without looking back, and packed pieces one behind the other are one packed
 * whole. Nothing that was written is ever changed.
 */
#ifndef DOMAIN_SHEETS_XLSX_WRITE_H
#define DOMAIN_SHEETS_XLSX_WRITE_H

#include "base/str.h"

#include <stdint.h>

enum { XLSX_ROWS_MAX = 1048576 }; /* what spreadsheets have room for, the title row included */

/* How far it is. Zero: nothing is written yet. */
struct xlsx {
    int64_t size_bytes;  /* of the file so far */
    int64_t sheet_bytes; /* of the sheet, before packing */
    uint32_t sheet_crc;
};

/* Everything before the first row. */
void xlsx_begin(struct xlsx *x, struct buf *out);

/* One row more of a piece, not packed yet. A cell that a spreadsheet might take for a formula gets a ' before it. */
void xlsx_put_row(struct buf *rows, const struct str *cells, size_t n);

/* A piece, packed. False: a workbook does not hold so much. */
bool xlsx_add(struct xlsx *x, struct buf *out, struct str rows);

/* Everything after the last row. */
bool xlsx_end(struct xlsx *x, struct buf *out);

#endif
