/*
 * A zip archive written from front to back: a few files in it, each compressed as it comes, so that what
 * is large is never in memory. No more of the format than spreadsheets need.
 */
#ifndef DOMAIN_SHEETS_ZIP_WRITE_H
#define DOMAIN_SHEETS_ZIP_WRITE_H

#include "base/str.h"

#include <stdint.h>
#include <stdio.h>
#include <zlib.h>

enum { ZIP_ENTRIES_MAX = 8 };

struct zip_out {
    FILE *file; /* the caller's: opened for writing, can be sought in */
    bool failed;
    z_stream deflate;
    struct zip_entry {
        const char *name;
        uint32_t at, crc, packed, size;
    } entries[ZIP_ENTRIES_MAX];
    int count;
};

/* name is kept as it is. Between begin and end everything put belongs to this file. */
void zip_begin(struct zip_out *z, const char *name);
void zip_put(struct zip_out *z, struct str bytes);
void zip_end(struct zip_out *z);

/* The list at the end. False: the disk is full, or something grew past what the format holds. */
bool zip_finish(struct zip_out *z);

#endif
