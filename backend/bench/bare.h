/*
 * The limit of this stack, for `make bench`: the smallest FastCGI worker that runs
 * the product's own statements. No authentication, no tenancy (it connects as a
 * role that row-level security does not apply to), no routes, no limits, no log.
 * Never part of the product.
 */
#ifndef BENCH_BARE_H
#define BENCH_BARE_H

#include "base/db.h"

#include <fcgiapp.h>
#include <libpq-fe.h>

enum { BODY_MAX = 8192, PAGE_MAX = 256 * 1024 };

/* Whom it serves: said once on the command line. */
struct house {
    const char *account;
    const char *hook_token;
};

/* What is written back; one per process, big enough for every case. */
struct page {
    char text[PAGE_MAX];
    size_t n;
};

struct call {
    const struct house *house;
    PGconn *pg;
    FCGX_Request *request;
    struct page *page;
};

/* A case answers one request; false: the statement failed. */
struct bare_case {
    const char *name;
    bool (*answer)(struct call *call);
};

extern const struct bare_case bare_cases[]; /* ended by a NULL name */

/*
 * bare_sql.c: named statements, prepared once per connection. A statement of the
 * house that has got more parameters since this was written ends the program. What the
 * gate would bind is bound to see everything.
 */
PGconn *sql_connect(const char *conninfo);
#define sql_queue(pg, stmt, ...) sql_queue_(pg, stmt, SQL_WORDS_(__VA_ARGS__))
/* One statement and its rows; the caller clears them. NULL when it failed. */
#define sql_run(pg, stmt, ...) sql_run_(pg, stmt, SQL_WORDS_(__VA_ARGS__))
#define SQL_WORDS_(...)                                                                            \
    (const char *const[]){ __VA_ARGS__ },                                                          \
        (int)(sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(const char *))
void sql_queue_(PGconn *pg, const struct db_stmt *stmt, const char *const params[], int n);
PGresult *sql_run_(PGconn *pg, const struct db_stmt *stmt, const char *const params[], int n);
/* The words themselves: BEGIN, COMMIT. */
void sql_queue_words(PGconn *pg, const char *words);
/* Sends what is queued. The last rows that came; NULL when there were none, or after a failure. */
PGresult *sql_flush(PGconn *pg);
/* The same when no rows are awaited: true when all of it went well. */
bool sql_flush_writes(PGconn *pg);

/* bare_page.c: rows as JSON, with the columns' own names. */
void page_add(struct page *page, const char *text, size_t n);
void page_words(struct page *page, const char *words);
void page_row(struct page *page, const PGresult *rows, int row);
void page_rows(struct page *page, const PGresult *rows);

#endif
