/*
 * The records of a zip archive, for those who write one from front to back. No more of the format than
 * spreadsheets need: no comments, no dates, nothing beyond 4 GB.
 */
#ifndef DOMAIN_SHEETS_ZIP_WRITE_H
#define DOMAIN_SHEETS_ZIP_WRITE_H

#include "base/str.h"

struct zip_entry {
    const char *name;
    uint32_t at; /* where its head stands in the archive */
    uint32_t crc, packed, size;
    bool is_packed; /* by deflate, and its sizes come after it; else as it is */
};

/* Before its bytes. What is packed says its sizes in zip_put_tail. */
void zip_put_head(struct buf *out, const struct zip_entry *e);
void zip_put_tail(struct buf *out, const struct zip_entry *e);

/* The list of all of them at the end; at: where it begins in the archive. */
void zip_put_list(struct buf *out, const struct zip_entry *entries, int n, uint32_t at);

#endif
