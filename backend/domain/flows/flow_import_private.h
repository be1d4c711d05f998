/* What an import is going to do, found out before anything is written. */
#ifndef DOMAIN_FLOWS_FLOW_IMPORT_PRIVATE_H
#define DOMAIN_FLOWS_FLOW_IMPORT_PRIVATE_H

#include "flows_private.h"

enum { IMPORT_REFS_MAX = 500 };

/* A reference of the file: what it is here. */
struct import_ref {
    struct str ref, name; /* as the file says */
    struct str to;        /* kind:id here; empty: nothing of the sort */
    struct str moved_to;  /* what documents say: `to`, or kind:? */
    bool is_made;         /* a tag or a department that is added for it */
};

struct import_flow {
    const struct json *given; /* filled by us, with the keys of the file */
    struct str key, new_key;
    int64_t id; /* 0: not made */
    struct flow_text text;
    struct findings findings;
};

struct plan {
    struct import_flow *flows;
    size_t flow_count;
    bool is_sum_right, has_sum;
    struct import_ref *refs;
    size_t ref_count;
    struct lint_ref *made;
    size_t made_count;
};

/* "department" of "department:1". */
struct str flow_ref_kind(struct str ref);

/*
 * What is missing and may be made gets a place to be: what was made, or, of a dry run, a number that nobody has.
 * Errors of tags_add and org_add_department.
 */
MUST_CHECK struct err flow_import_make(struct cx *cx, const struct flow_import *wish, bool is_dry,
                                       struct plan *plan);

/* As JSON: what becomes of it, or would. */
struct str flow_import_report(struct arena *a, const struct plan *plan);

#endif
