/*
 * Comma-separated text as spreadsheets write it: quoted cells with doubled quotes, line ends within
 * them, a mark of the encoding before all, semicolons where a comma is the decimal point. A pure reader
 * of a buffer that may end anywhere.
 */
#ifndef DOMAIN_SHEETS_CSV_H
#define DOMAIN_SHEETS_CSV_H

#include "base/str.h"

enum { CSV_CELLS_MAX = 60, CSV_CELL_MAX = 4000 /* code points kept of a cell */ };

struct csv {
    struct str rest; /* not read yet */
    char divider;    /* 0: the first record decides */
    bool is_last;    /* nothing comes after rest */
};

enum csv_step {
    CSV_RECORD,
    CSV_END,     /* nothing left */
    CSV_PARTIAL, /* the record goes on beyond the buffer: rest is where it begins */
    CSV_TOO_MANY /* of cells; the record was passed over */
};

/* The next record that is not blank. Cells live in the arena or in the buffer. */
enum csv_step csv_next(struct csv *csv, struct arena *a, struct str cells[CSV_CELLS_MAX], int *n);

/* What is no UTF-8 comes from an old Windows: its letters are made ours. NUL and the like go. */
struct str csv_utf8(struct arena *a, struct str text);

/* Without the mark that some programs put before UTF-8. */
struct str csv_after_mark(struct str text);

/* Begins as a spreadsheet's formulas do. */
bool csv_is_formula(struct str text);

/* One cell for others to read: always quoted, and no spreadsheet takes it for a formula. */
void csv_put(struct buf *out, struct str text, char end);

/* One cell for ourselves to read again: quoted, and nothing but what it is. */
void csv_put_as_is(struct buf *out, struct str text, char end);

#endif
