/*
 * What the files behind db.h share: the connection, what was sent to it, and what
 * it already knows. Nobody else includes this.
 */
#ifndef BASE_DB_PRIVATE_H
#define BASE_DB_PRIVATE_H

#include "db.h"

#include <libpq-fe.h>

/* Marks a parameter whose text is in its own `small`: values move, so no pointer into itself. */
extern const char db_param_in_small[];

/*
 * A name the server knows, or will know when the pipeline in flight succeeds. A
 * rollback does not undo a prepare, but an aborted pipeline never runs it.
 */
struct db_prepared {
    const struct db_stmt *stmt; /* NULL: empty slot */
    enum { PREPARE_UNSENT, PREPARE_SENT, PREPARE_DONE } state;
};

/* Something sent whose answer was not read yet, in the order of sending. */
struct db_awaited {
    enum { AWAIT_PREPARE, AWAIT_RESULT, AWAIT_SYNC } kind;
    const struct db_stmt *stmt; /* NULL for AWAIT_SYNC */
    struct db_rows *rows;       /* where the answer goes; NULL: to whoever waits, or nowhere */
};

struct db {
    PGconn *pg;     /* in pipeline mode; NULL: not connected */
    bool is_ending; /* the server said goodbye between two calls */
    char *conninfo;
    char *application_name;
    int64_t backoff_us;  /* 0: the last attempt to connect succeeded */
    int64_t next_try_us; /* monotonic; no attempt before */

    enum db_tx tx;     /* of the running call */
    bool has_sent;     /* something of this call is in the pipeline (TX_WRITE: BEGIN too) */
    bool has_ended;    /* TX_READ: the last answer ended a transaction */
    struct err failed; /* the call's first failure: everything after it fails alike */

    struct db_awaited *awaited; /* awaited[head .. tail) */
    size_t head, tail, awaited_max;

    struct db_prepared *prepared; /* hash table by name; size is a power of two */
    size_t prepared_used, prepared_max;

    char *texts; /* NUL-terminated copies of the parameters of one statement */
    size_t texts_max;

    int64_t round_trips;
};

#define DB_AWAY FAIL(ERR_UNAVAILABLE, "database_away")

/* Makes the connection usable, unless a recent attempt failed: then false at once. */
bool db_connect(struct db *db);

/* Ends a connection that is beyond use, with all that was known about it. */
void db_drop(struct db *db, const char *why);

/* The entry of a statement, made on first sight. */
struct db_prepared *db_prepared_find(struct db *db, const struct db_stmt *stmt);

/*
 * What a failed result means to the caller; texts go to the arena. Our own bugs do
 * not come back. stmt names the culprit in the log.
 */
struct err db_refusal(struct arena *a, const PGresult *result, const struct db_stmt *stmt);

/* Reads everything still awaited and forgets it, failures included. */
void db_drain(struct db *db);

#endif
