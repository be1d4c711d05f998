/*
 * A zip archive that a stranger made, in memory: its list is read, and single files of it are unpacked as they
 * are asked for. All that it says is checked before it is believed, and what it may unpack to is bounded, all of
 * its files together: a small file that would fill the disk is refused when it has unpacked too much of itself.
 */
#ifndef DOMAIN_SHEETS_ZIP_READ_H
#define DOMAIN_SHEETS_ZIP_READ_H

#include "base/err.h"
#include "base/str.h"

enum {
    ZIP_FILES_MAX = 1000,
    ZIP_UNPACKED_MAX = 200 * 1024 * 1024,
    ZIP_RATIO_MAX = 100, /* unpacked to packed … */
    ZIP_RATIO_FROM =
        1024 * 1024 /* … of what unpacks to more than this: little repeats itself more */
};

struct zip {
    struct str bytes;
    struct zip_file *files;
    int count;
    int64_t unpacked; /* so far */
};

/* Takes what was unpacked, piece by piece; an error stops it. */
typedef struct err (*zip_take)(void *arg, struct str bytes);

/* bytes must outlive *out. ERR_INVALID "workbook_broken" (or no archive), "workbook_too_large". */
MUST_CHECK struct err zip_open(struct arena *a, struct str bytes, struct zip *out);

bool zip_has(const struct zip *z, struct str name);

/* The same errors, those of take, and "workbook_broken" when there is none of this name. */
MUST_CHECK struct err zip_unpack(struct zip *z, struct str name, zip_take take, void *arg);

#endif
