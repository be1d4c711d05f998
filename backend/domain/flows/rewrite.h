/*
 * A document with some of it said differently: another key, another name, other things that it refers to. The rest is as
 * it was, order and unknown members included. Pure.
 */
#ifndef DOMAIN_FLOWS_REWRITE_H
#define DOMAIN_FLOWS_REWRITE_H

#include "base/json.h"

struct rewrite_ref {
    struct str from, to; /* kind:id */
};

struct rewrite {
    struct str key, name; /* .p == NULL: as it is */
    struct str refs;      /* JSON array in place of "refs"; .p == NULL: as it is */
    struct str meta;      /* JSON object in place of "meta"; .p == NULL: as it is */
    const struct rewrite_ref
        *moved; /* texts of settings, cards and meta that are exactly `from`, in its order */
    size_t moved_count;
};

struct str document_rewrite(struct arena *a, const struct json *document,
                            const struct rewrite *how);

#endif
