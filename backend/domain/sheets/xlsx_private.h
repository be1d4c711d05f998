/*
 * What the readers of a workbook's parts share.
 */
#ifndef DOMAIN_SHEETS_XLSX_PRIVATE_H
#define DOMAIN_SHEETS_XLSX_PRIVATE_H

#include "xlsx_read.h"
#include "xml.h"

/* One part of the archive, parsed. reader: the events' arg, which begins with a struct xml *. */
MUST_CHECK struct err xlsx_parse(struct arena *a, struct zip *z, struct str part,
                                 const struct xml_events *events, void *reader);

/* Cell formats by their number: which of them show a date. */
struct xlsx_styles {
    bool *is_date;
    size_t count;
};
MUST_CHECK struct err xlsx_read_styles(struct arena *a, struct zip *z, struct str part,
                                       struct xlsx_styles *out);

/* Texts that cells name by their number. */
struct xlsx_strings {
    struct str *v;
    size_t count;
};
MUST_CHECK struct err xlsx_read_strings(struct arena *a, struct zip *z, struct str part,
                                        struct xlsx_strings *out);

/* How a number is written out, as "5549988412076", "12.5"; days since the book's first one as a date. */
struct str xlsx_number(struct arena *a, struct str typed);
struct str xlsx_date(struct arena *a, struct str typed, bool is_1904);

#endif
