/*
 * The one door to PostgreSQL; nothing else includes libpq-fe.h.
 *
 * Statements come from .sql files (tools/sqlgen.awk makes a header of SQL_x
 * constants), are prepared once per connection under their own name, and run in
 * pipeline mode: what is queued travels with the next statement that needs an
 * answer. So BEGIN, the access gate and a handler's statement are one round
 * trip, and a handler's last writes travel with COMMIT.
 *
 * Rows live until the call's arena is reset. A failure is decided by SQLSTATE:
 *   23505 23P01 unique, exclusion → ERR_CONFLICT, slug = constraint name
 *   23503 23514 foreign key, check → ERR_INVALID, slug = constraint name
 *   22021 22P05 text that cannot be stored → ERR_INVALID "invalid_text"
 *   40001 40P01 serialization, deadlock → ERR_RETRY
 *   57014 statement timeout, 55P03 lock timeout → ERR_UNAVAILABLE "busy"
 *   BA401 BA402 BA403 BA404 BA409 raised by gate.refuse() → matching code, slug = message
 *   53* 58* 25006 the server lacks something → ERR_UNAVAILABLE "busy", logged
 *   08* 57P0* connection → ERR_UNAVAILABLE "database_away"
 *   anything else is our bug: logged with the statement's name, then abort
 */
#ifndef BASE_DB_H
#define BASE_DB_H

#include "cx.h"

enum db_shape {
    DB_ONE,  /* exactly one row; none is ERR_NOT_FOUND "not_found" */
    DB_OPT,  /* none or one */
    DB_MANY, /* any number */
    DB_EXEC  /* no rows */
};

/* A named statement. Constants of this type come from the generated headers only. */
struct db_stmt {
    const char *name;
    const char *text;
    enum db_shape shape;
    int params; /* how many $n the caller gives */
    /* What comes after them: places in cx->bound, which the gate filled. */
    const unsigned char *bound;
    int bound_count;
};

/* One parameter: text or NULL. Numbers and times print into the value itself. */
struct db_param {
    const char *p; /* NULL: SQL NULL */
    size_t len;
    char small[40]; /* room for printed numbers and times */
};

struct db_param db_p_i64(int64_t v);
struct db_param db_p_id(int64_t v);    /* 0 → NULL */
struct db_param db_p_time(int64_t us); /* 0 → NULL */
struct db_param db_p_bool(bool v);
struct db_param db_p_str(struct str s); /* .p == NULL → NULL */
struct db_param db_p_double(double v);
/* Arrays in PostgreSQL's text form; the text lives in the arena. */
struct db_param db_p_i64s(struct arena *a, const int64_t *v, size_t n);
struct db_param db_p_strs(struct arena *a, const struct str *v, size_t n);
struct db_param db_p_bytes(struct arena *a, struct str bytes); /* bytea, hex form */

#define P_I64(v) db_p_i64(v)
#define P_ID(id) db_p_id((id).v)
#define P_TIME(us) db_p_time(us)
#define P_BOOL(v) db_p_bool(v)
#define P_STR(s) db_p_str(s)
#define P_NULL ((struct db_param){ 0 })

struct db_row {
    const void *result; /* opaque */
    int index;
};

struct db_rows {
    const void *result;
    int count;
};

/*
 * Runs a statement and waits for its answer; whatever was queued goes first.
 * The macros count the parameters; a wrong count is a bug and aborts.
 */
#define db_one(cx, stmt, row, ...) db_one_(cx, stmt, row, DB_ARGS_(__VA_ARGS__))
#define db_opt(cx, stmt, found, row, ...) db_opt_(cx, stmt, found, row, DB_ARGS_(__VA_ARGS__))
#define db_many(cx, stmt, rows, ...) db_many_(cx, stmt, rows, DB_ARGS_(__VA_ARGS__))
#define db_exec(cx, stmt, changed, ...) db_exec_(cx, stmt, changed, DB_ARGS_(__VA_ARGS__))

/*
 * Queues a statement whose answer nobody reads: it travels with the next one, at
 * the latest with COMMIT, and its failure fails that one. Saves a round trip.
 */
#define db_queue(cx, stmt, ...) db_queue_(cx, stmt, DB_ARGS_(__VA_ARGS__))

#define DB_ARGS_(...)                                                                              \
    (const struct db_param[]){ __VA_ARGS__ },                                                      \
        (int)(sizeof((const struct db_param[]){ __VA_ARGS__ }) / sizeof(struct db_param))

MUST_CHECK struct err db_one_(struct cx *cx, const struct db_stmt *stmt, struct db_row *row,
                              const struct db_param *params, int n);
MUST_CHECK struct err db_opt_(struct cx *cx, const struct db_stmt *stmt, bool *found,
                              struct db_row *row, const struct db_param *params, int n);
MUST_CHECK struct err db_many_(struct cx *cx, const struct db_stmt *stmt, struct db_rows *rows,
                               const struct db_param *params, int n);
/* changed (may be NULL): rows touched. */
MUST_CHECK struct err db_exec_(struct cx *cx, const struct db_stmt *stmt, int64_t *changed,
                               const struct db_param *params, int n);
void db_queue_(struct cx *cx, const struct db_stmt *stmt, const struct db_param *params, int n);

/* Sends what is queued and hears how it went; the transaction goes on. */
MUST_CHECK struct err db_hear(struct cx *cx);

/*
 * Asks without waiting: the question travels with the next statement that is waited for,
 * and *rows is its answer from then on, in the arena of whoever waited. Several questions
 * so cost one round trip. db_await waits for an answer that is not there yet; until then
 * *rows is { NULL, 0 } and has to stay where it is, unless the transaction ends before.
 */
#define db_ask(cx, stmt, rows, ...) db_ask_(cx, stmt, rows, DB_ARGS_(__VA_ARGS__))
void db_ask_(struct cx *cx, const struct db_stmt *stmt, struct db_rows *rows,
             const struct db_param *params, int n);
MUST_CHECK struct err db_await(struct cx *cx, const struct db_rows *rows);

struct db_row db_row_at(const struct db_rows *rows, int index);

/*
 * Columns by position, in the order of the statement's SELECT list: a cursor
 * would hide mistakes less well than a name, so readers use an enum beside the
 * statement or the plain number in one *_from_row function.
 */
bool db_is_null(const struct db_row *row, int col);
int64_t db_i64(const struct db_row *row, int col);                     /* NULL → 0 */
double db_double(const struct db_row *row, int col);                   /* NULL → 0 */
int64_t db_time(const struct db_row *row, int col);                    /* NULL → 0 */
bool db_bool(const struct db_row *row, int col);                       /* NULL → false */
struct str db_str(const struct db_row *row, int col);                  /* NULL → { NULL, 0 } */
struct str db_bytes(struct cx *cx, const struct db_row *row, int col); /* bytea, decoded */

/*
 * Connections and transactions: for edges (dispatcher, worker, ctl, tests) only.
 */
enum db_tx {
    TX_NONE, /* the handler needs no database */
    TX_READ, /* no BEGIN, nothing to commit: see below */
    TX_WRITE /* BEGIN … COMMIT, read committed */
};

/* Connects; keeps the string for reconnecting. Never fails: the first use tells. */
struct db *db_open(const char *conninfo, const char *application_name);
void db_close(struct db *db);

/* True when the connection is usable (reconnects with back-off when it is not). */
bool db_ready(struct db *db);

/*
 * Starts a call's transaction; in TX_READ each statement that is waited for is one of
 * its own, together with what was queued before it: they all see one moment (repeatable
 * read), so an answer made of several is of a piece. The account stays in force
 * from one to the next. Nothing travels yet, and nothing ever does if no
 * statement follows. Once a statement has failed, every later one of the call fails alike.
 */
void db_begin(struct cx *cx, enum db_tx tx);

/* Queues setting the account for row-level security; for jobs and tests (requests use the gate). */
void db_set_account(struct cx *cx, struct account_id account);

/* Sends what is queued, commits, waits. A failed commit is reported here and nowhere else. */
MUST_CHECK struct err db_commit(struct cx *cx);

/* Ends the transaction without effect; brings the connection back to idle, or drops it. */
void db_rollback(struct cx *cx);

/* Aborts the process when no write transaction is open: a guard at the head of decisions. */
void db_assert_tx(const struct cx *cx);

/* True between db_begin and its end: httpc refuses to call out then. */
bool db_in_tx(const struct db *db);

/* How often this connection has waited for the server: tests hold calls to one. */
int64_t db_round_trips(const struct db *db);

/* Prepares a statement to see whether the server accepts it; the text of the refusal otherwise. */
const char *db_prepare_check(struct db *db, struct arena *a, const struct db_stmt *stmt);

/* Plain SQL without parameters, read committed: migrations, the demo and tests only. NULL or the server's message. */
const char *db_script(struct db *db, struct arena *a, const char *sql);

#endif
