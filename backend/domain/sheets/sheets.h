/*
 * Tables as files, for whoever takes them in or gives them out: rows of text, read and written as streams, without
 * knowing what they say. Pure, and every byte of a file that is read is hostile.
 *
 *   csv.h         comma-separated text, read and written
 *   xlsx_read.h   the rows of a workbook
 *   xlsx_write.h  a workbook written in pieces
 */
#ifndef DOMAIN_SHEETS_SHEETS_H
#define DOMAIN_SHEETS_SHEETS_H

#include "csv.h"
#include "xlsx_read.h"
#include "xlsx_write.h"

#endif
