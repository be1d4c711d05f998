/*
 * The rows of a workbook's first sheet, as text. What a cell shows is told where it can be told without the
 * spreadsheet: text as it is, whole numbers with all of their digits, dates as 2026-11-27, yes and no as true
 * and false. Formulas are never reckoned: their last result stands in the file.
 */
#ifndef DOMAIN_SHEETS_XLSX_READ_H
#define DOMAIN_SHEETS_XLSX_READ_H

#include "csv.h"
#include "zip_read.h"

struct xlsx_cell {
    struct str text;
    bool is_number; /* typed as one: zeros before it are lost */
};

/* A row that is not blank, up to its last cell that holds anything. Text is good until it returns. */
typedef struct err (*xlsx_row)(void *arg, const struct xlsx_cell *cells, int n);

/* A workbook by its first bytes; what was made before 2007, or is locked by a password, by others. */
bool xlsx_is(struct str head);
bool xlsx_is_old(struct str head);

/*
 * Tells rows one by one. ERR_INVALID "workbook_broken", "workbook_too_large", "too_many_columns" (more than
 * CSV_CELLS_MAX), and whatever row returns.
 */
MUST_CHECK struct err xlsx_read(struct arena *a, struct str file, xlsx_row row, void *arg);

#endif
