/*
 * What the files of this room share.
 */
#ifndef DOMAIN_EXPORTS_PRIVATE_H
#define DOMAIN_EXPORTS_PRIVATE_H

#include "domain/sheets/sheets.h"
#include "exports.h"

enum {
    OWN_COLUMNS_MAX = 100
}; /* as many fields as an account may have; export_begin takes no more */

/* One as its job goes on with it: its row locked. */
struct writing {
    struct export x;
    struct user_id user;
    struct str locale, path;
    struct str field_ids; /* the account's own columns, as an array of the database */
    int64_t epoch;        /* of the access it is written with; 0: nothing is written yet */
    int64_t after_id;
    struct xlsx file; /* how far the file is; of a CSV only its size */
};

MUST_CHECK struct err export_lock(struct cx *cx, struct export_id id, struct writing *out);
struct export export_from_row(const struct db_row *row);

/* One way to write rows. */
struct export_format {
    const char *word, *mime;
    void (*begin)(struct xlsx *file, struct buf *out);
    void (*put_row)(struct buf *rows, const struct str *cells, size_t n);
    bool (*add)(struct xlsx *file, struct buf *out, struct str rows); /* false: it does not fit */
    bool (*end)(struct xlsx *file, struct buf *out);
};

/* NULL: unknown. */
const struct export_format *export_format_find(struct str word);

/* Which of the words of export_columns.c; < 0: none. */
int export_locale_find(struct str locale);

/* The titles, and the contacts with these ids, as rows. field_ids of w say which own columns there are. */
MUST_CHECK struct err export_put_titles(struct cx *cx, const struct writing *w,
                                        const struct export_format *format, struct buf *rows);
MUST_CHECK struct err export_put_contacts(struct cx *cx, const struct writing *w,
                                          const struct export_format *format, const int64_t *ids,
                                          int n, struct buf *rows);

#endif
