/*
 * The least workbook that every spreadsheet opens: one sheet, every cell text where it stands. Text is never
 * taken for a formula, and a phone or CPF keeps its zeros.
 */
#ifndef DOMAIN_SHEETS_XLSX_WRITE_H
#define DOMAIN_SHEETS_XLSX_WRITE_H

#include "base/str.h"

#include <stdio.h>

/* One row of the sheet. Rows are gathered in a file of their own, which xlsx_write wraps. */
void xlsx_put_row(struct buf *out, const struct str *cells, size_t n);

/* rows: what xlsx_put_row made, from where it stands; out: empty. False: the disk is full. */
bool xlsx_write(FILE *rows, FILE *out);

#endif
