/*
 * Files of rows, as people keep them in spreadsheets: text with dividers (CSV) and workbooks (XLSX), read and
 * written. Pure: knows neither the database nor whose rows they are.
 */
#ifndef DOMAIN_SHEETS_SHEETS_H
#define DOMAIN_SHEETS_SHEETS_H

#include "domain/sheets/csv.h"
#include "domain/sheets/xlsx_read.h"
#include "domain/sheets/xlsx_write.h"

#endif
