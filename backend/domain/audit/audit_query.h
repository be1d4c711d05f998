/*
 * Questions to the trail: the filters of the screen, and its rows in pages.
 */
#ifndef DOMAIN_AUDIT_QUERY_H
#define DOMAIN_AUDIT_QUERY_H

#include "domain/audit/audit_private.h"

enum { AUDIT_PAGE_MAX = 100, AUDIT_EXPORT_MAX = 10000 };

/* Zero asks for everything, latest first. */
struct audit_query {
    struct str action, subject_kind; /* empty: any */
    int64_t actor_id, subject_id;    /* 0: any; the actor is a person (users) */
    int64_t from_us, to_us;          /* 0: open; to is not included */
    int64_t after_us, after_id;      /* cursor; 0: the first page */
    int64_t limit;
};

/* A row with what the question added to it. */
struct audit_found {
    struct audit_row row;
    int64_t seq;     /* 0: not sealed yet */
    struct str hash; /* hex; empty: not sealed yet */
    struct str actor_name;
};

/* Times as text ("" : open) into a query; ERR_INVALID time_invalid, cursor_invalid, required. */
MUST_CHECK struct err audit_query_times(struct audit_query *query, struct str from, struct str to);
MUST_CHECK struct err audit_query_cursor(struct audit_query *query, struct str after);
MUST_CHECK struct err audit_query_check(const struct audit_query *query);

MUST_CHECK struct err audit_find(struct cx *cx, const struct audit_query *query,
                                 struct db_rows *rows);
struct audit_found audit_found_at(struct cx *cx, const struct db_rows *rows, int index);

/* The cursor behind this row. */
struct str audit_cursor(struct arena *a, const struct audit_row *row);

/* Exports, in the body of an answer. */
void audit_write_csv(struct cx *cx, struct buf *out, const struct db_rows *rows);
MUST_CHECK struct err audit_write_jsonl(struct cx *cx, struct buf *out, const struct db_rows *rows);
void audit_write_row(struct json_out *o, const struct audit_found *found);

#endif
