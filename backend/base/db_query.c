#include "clock.h"
#include "db.sql.h"
#include "db_private.h"
#include "log.h"

#include <stdlib.h>

/* More would mean that a statement wants a table of its own. */
#define PARAMS_MAX 64

#define SLOW_US (200 * US_PER_MS)

/* --- sending ------------------------------------------------------------------ */

static void
await(struct db *db, int kind, const struct db_stmt *stmt)
{
    if (db->tail == db->awaited_max) {
        db->awaited_max = db->awaited_max == 0 ? 32 : 2 * db->awaited_max;
        db->awaited = realloc(db->awaited, db->awaited_max * sizeof(*db->awaited));
        if (db->awaited == NULL)
            BUG("out of memory");
    }
    db->awaited[db->tail++] = (struct db_awaited){ .kind = (unsigned)kind, .stmt = stmt };
}

/* libpq refuses to queue only for a dead connection; anything else is our misuse of it. */
static void
sending_failed(struct db *db, const struct db_stmt *stmt)
{
    if (PQstatus(db->pg) == CONNECTION_OK)
        BUG("cannot send %s: %s", stmt->name, PQerrorMessage(db->pg));
    db_drop(db, "send");
}

/* Puts a statement into the pipeline; on first use the server learns its name on the way. */
static void
put(struct db *db, const struct db_stmt *stmt, const char *const *values, int n)
{
    struct db_prepared *entry = db_prepared_find(db, stmt);

    if (entry->state == PREPARE_UNSENT) {
        if (PQsendPrepare(db->pg, stmt->name, stmt->text, 0, NULL) != 1) {
            sending_failed(db, stmt);
            return;
        }
        entry->state = PREPARE_SENT;
        await(db, AWAIT_PREPARE, stmt);
    }
    if (PQsendQueryPrepared(db->pg, stmt->name, n, values, NULL, NULL, 0) != 1) {
        sending_failed(db, stmt);
        return;
    }
    await(db, AWAIT_RESULT, stmt);
    db->has_sent = true;
}

/* The end of an implicit transaction, or the point where an aborted pipeline recovers. Flushes. */
static void
put_sync(struct db *db)
{
    if (db->pg == NULL)
        return;
    if (PQpipelineSync(db->pg) != 1)
        db_drop(db, "sync");
    else
        await(db, AWAIT_SYNC, NULL);
}

/*
 * libpq wants terminated texts, ours are not: one copy, into a buffer that stays.
 * False when a text holds a NUL, which PostgreSQL cannot store.
 */
static bool
print_params(struct db *db, const struct db_param *params, int n, const char **values)
{
    size_t needed = 0;
    char *to;

    for (int i = 0; i < n; i++)
        if (params[i].p != NULL && params[i].p != db_param_in_small)
            needed += params[i].len + 1;
    if (needed > db->texts_max) {
        db->texts_max = 2 * needed;
        free(db->texts);
        db->texts = malloc(db->texts_max);
        if (db->texts == NULL)
            BUG("out of memory");
    }

    to = db->texts;
    for (int i = 0; i < n; i++) {
        const struct db_param *param = &params[i];

        if (param->p == NULL) {
            values[i] = NULL;
        } else if (param->p == db_param_in_small) {
            values[i] = param->small;
        } else {
            if (param->len > 0 && memchr(param->p, '\0', param->len) != NULL)
                return false;
            if (param->len > 0)
                memcpy(to, param->p, param->len);
            to[param->len] = '\0';
            values[i] = to;
            to += param->len + 1;
        }
    }
    return true;
}

/*
 * In a read, each answer ended a transaction, and with it what the transaction had
 * set: the next statement starts by putting the account in force again.
 */
static void
begin_anew(struct db *db, struct account_id account)
{
    struct db_param id = db_p_id(account.v);
    const char *value = id.small;

    if (account.v != 0)
        put(db, &SQL_account_set, &value, 1);
    db->has_ended = false;
}

static void
enqueue(struct cx *cx, const struct db_stmt *stmt, const struct db_param *params, int n)
{
    struct db *db = cx->db;
    const char *values[PARAMS_MAX];

    if (n != stmt->params || n + stmt->bound_count > PARAMS_MAX)
        BUG("%s takes %d parameters, got %d", stmt->name, stmt->params, n);
    if (stmt->bound_count > 0 && cx->bound == NULL)
        BUG("%s before anybody said who sees what", stmt->name);
    if (db->tx == TX_NONE)
        BUG("%s outside a transaction", stmt->name);
    if (db->failed.code != ERR_NONE)
        return;
    if (!print_params(db, params, n, values)) {
        db->failed = FAIL(ERR_INVALID, "invalid_text");
        return;
    }
    for (int i = 0; i < stmt->bound_count; i++)
        values[n + i] = cx->bound[stmt->bound[i]];

    if (db->tx == TX_WRITE && !db->has_sent)
        put(db, &SQL_tx_begin, NULL, 0);
    if (db->has_ended)
        begin_anew(db, cx->account);
    if (db->pg != NULL)
        put(db, stmt, values, n + stmt->bound_count);
}

/* --- reading ------------------------------------------------------------------ */

static bool
is_refused(const PGresult *result)
{
    return PQresultStatus(result) == PGRES_FATAL_ERROR ||
           PQresultStatus(result) == PGRES_BAD_RESPONSE;
}

/* FATAL and PANIC end the session, whatever the reason. */
static bool
ends_session(const PGresult *result)
{
    const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);

    return severity != NULL && strcmp(severity, "ERROR") != 0;
}

static void
note_prepare(struct db *db, const struct db_stmt *stmt, const PGresult *result)
{
    db_prepared_find(db, stmt)->state =
        PQresultStatus(result) == PGRES_COMMAND_OK ? PREPARE_DONE : PREPARE_UNSENT;
}

/*
 * Reads the answer to the oldest thing awaited. The caller clears it. NULL: the
 * connection broke, and nothing is awaited any more.
 */
static PGresult *
read_next(struct db *db)
{
    struct db_awaited it = db->awaited[db->head];
    PGresult *result = PQgetResult(db->pg), *more = NULL;

    if (result == NULL || PQstatus(db->pg) != CONNECTION_OK || ends_session(result)) {
        PQclear(result);
        db_drop(db, it.stmt == NULL ? "sync" : it.stmt->name);
        return NULL;
    }
    /* Each command ends with a NULL; a sync does not. */
    if (it.kind == AWAIT_SYNC ? PQresultStatus(result) != PGRES_PIPELINE_SYNC
                              : (more = PQgetResult(db->pg)) != NULL) {
        PQclear(result);
        PQclear(more);
        db_drop(db, "out_of_step");
        return NULL;
    }
    if (it.kind == AWAIT_PREPARE)
        note_prepare(db, it.stmt, result);

    if (++db->head == db->tail)
        db->head = db->tail = 0;
    return result;
}

static void
clear_result(void *result)
{
    PQclear(result);
}

/* Hands a good answer to the one who asked for it earlier. */
static PGresult *
deliver(struct cx *cx, PGresult *result, struct db_rows *rows)
{
    if (rows == NULL || PQresultStatus(result) != PGRES_TUPLES_OK)
        return result;
    arena_cleanup(cx->arena, clear_result, result);
    *rows = (struct db_rows){ result, PQntuples(result) };
    return NULL;
}

/* Reads all that is awaited. Returns the last answer to a statement; the first failure stays in db->failed. */
static PGresult *
read_all(struct cx *cx)
{
    struct db *db = cx->db;
    PGresult *result = NULL;

    while (db->head < db->tail) {
        const struct db_stmt *stmt = db->awaited[db->head].stmt;
        struct db_rows *rows = db->awaited[db->head].rows;

        if (stmt == NULL) {
            PQclear(read_next(db));
            continue;
        }
        PQclear(result);
        result = read_next(db);
        if (is_refused(result) && db->failed.code == ERR_NONE && db->pg != NULL)
            db->failed = db_refusal(cx->arena, result, stmt);
        result = deliver(cx, result, rows);
    }
    return result;
}

void
db_drain(struct db *db)
{
    while (db->head < db->tail)
        PQclear(read_next(db));
}

static PGresult *
read_timed(struct cx *cx, const struct db_stmt *stmt)
{
    struct db *db = cx->db;
    int64_t began_us = clock_monotonic_us(), took_us;
    PGresult *result;

    db->round_trips++;
    result = read_all(cx);
    took_us = clock_monotonic_us() - began_us;
    if (took_us > SLOW_US)
        log_warn("db.slow", "statement=%s ms=%lld", stmt->name, (long long)(took_us / US_PER_MS));
    return result;
}

/*
 * Sends what is queued. A write asks for the answers so far, its transaction goes on.
 * A read ends its transaction with the same message, which spares the server a turn:
 * a call with one statement costs one message each way.
 */
static void
send_off(struct db *db)
{
    if (db->tx == TX_READ) {
        put_sync(db);
        db->has_sent = false;
        db->has_ended = true;
    } else if (PQsendFlushRequest(db->pg) != 1 || PQflush(db->pg) != 0) {
        db_drop(db, "flush");
    }
}

/* Sends a statement with all that was queued and waits for its answer, which the caller owns. */
static struct err
ask(struct cx *cx, const struct db_stmt *stmt, const struct db_param *params, int n,
    PGresult **answer)
{
    struct db *db = cx->db;
    PGresult *result;

    enqueue(cx, stmt, params, n);
    if (db->failed.code != ERR_NONE)
        return db->failed;
    send_off(db);
    result = read_timed(cx, stmt);
    if (db->failed.code != ERR_NONE) {
        PQclear(result);
        return db->failed;
    }
    *answer = result;
    return OK;
}

static void
require_shape(const struct db_stmt *stmt, enum db_shape shape)
{
    if (stmt->shape != shape)
        BUG("%s is asked in another shape than it has", stmt->name);
}

/* An answer of rows, kept until the call ends. */
static struct err
ask_rows(struct cx *cx, const struct db_stmt *stmt, const struct db_param *params, int n,
         struct db_rows *rows)
{
    PGresult *result = NULL;

    TRY(ask(cx, stmt, params, n, &result));
    arena_cleanup(cx->arena, clear_result, result);
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        BUG("%s gives no rows", stmt->name);
    *rows = (struct db_rows){ result, PQntuples(result) };
    if (stmt->shape != DB_MANY && rows->count > 1)
        BUG("%s gave %d rows", stmt->name, rows->count);
    return OK;
}

struct err
db_one_(struct cx *cx, const struct db_stmt *stmt, struct db_row *row,
        const struct db_param *params, int n)
{
    struct db_rows rows;

    require_shape(stmt, DB_ONE);
    TRY(ask_rows(cx, stmt, params, n, &rows));
    if (rows.count == 0)
        return FAIL(ERR_NOT_FOUND, "not_found");
    *row = (struct db_row){ rows.result, 0 };
    return OK;
}

struct err
db_opt_(struct cx *cx, const struct db_stmt *stmt, bool *found, struct db_row *row,
        const struct db_param *params, int n)
{
    struct db_rows rows;

    require_shape(stmt, DB_OPT);
    TRY(ask_rows(cx, stmt, params, n, &rows));
    *found = rows.count == 1;
    if (*found)
        *row = (struct db_row){ rows.result, 0 };
    return OK;
}

struct err
db_many_(struct cx *cx, const struct db_stmt *stmt, struct db_rows *rows,
         const struct db_param *params, int n)
{
    require_shape(stmt, DB_MANY);
    return ask_rows(cx, stmt, params, n, rows);
}

struct err
db_exec_(struct cx *cx, const struct db_stmt *stmt, int64_t *changed, const struct db_param *params,
         int n)
{
    PGresult *result = NULL;

    require_shape(stmt, DB_EXEC);
    TRY(ask(cx, stmt, params, n, &result));
    if (changed != NULL)
        *changed = atoll(PQcmdTuples(result)); /* "" for what counts no rows */
    PQclear(result);
    return OK;
}

void
db_queue_(struct cx *cx, const struct db_stmt *stmt, const struct db_param *params, int n)
{
    enqueue(cx, stmt, params, n);
}

struct err
db_hear(struct cx *cx)
{
    struct db *db = cx->db;

    if (db->failed.code == ERR_NONE && db->head < db->tail) {
        const struct db_stmt *last = db->awaited[db->tail - 1].stmt;

        send_off(db);
        PQclear(read_timed(cx, last));
    }
    return db->failed;
}

void
db_ask_(struct cx *cx, const struct db_stmt *stmt, struct db_rows *rows,
        const struct db_param *params, int n)
{
    struct db *db = cx->db;
    size_t before = db->tail;

    if (stmt->shape == DB_EXEC)
        BUG("%s gives no rows", stmt->name);
    *rows = (struct db_rows){ NULL, 0 };
    enqueue(cx, stmt, params, n);
    if (db->tail > before)
        db->awaited[db->tail - 1].rows = rows;
}

struct err
db_await(struct cx *cx, const struct db_rows *rows)
{
    if (rows->result != NULL)
        return OK;
    TRY(db_hear(cx));
    if (rows->result == NULL)
        BUG("an answer that nobody asked for");
    return OK;
}

/* --- transactions ------------------------------------------------------------- */

void
db_begin(struct cx *cx, enum db_tx tx)
{
    struct db *db = cx->db;

    if (db->tx != TX_NONE)
        BUG("a transaction inside a transaction");
    db->tx = tx;
    db->has_sent = db->has_ended = false;
    /* A connection that is found broken here is replaced, and that is no failure of this call. */
    db->failed = tx == TX_NONE || db_connect(db) ? OK : DB_AWAY;
}

void
db_set_account(struct cx *cx, struct account_id account)
{
    db_queue(cx, &SQL_account_set, P_ID(account));
}

/* After a call the connection is idle, or it is no more. */
static void
require_idle(struct db *db)
{
    if (db->pg != NULL && PQtransactionStatus(db->pg) != PQTRANS_IDLE)
        db_drop(db, "not_idle");
}

void
db_rollback(struct cx *cx)
{
    struct db *db = cx->db;

    if (db->has_sent && db->pg != NULL) {
        /* An aborted pipeline, or one that may yet abort, hears nothing before a sync. */
        put_sync(db);
        if (db->tx == TX_WRITE && db->pg != NULL) {
            put(db, &SQL_tx_rollback, NULL, 0);
            put_sync(db);
        }
        db->round_trips++;
        db_drain(db);
        require_idle(db);
    }
    db->tx = TX_NONE;
    db->has_sent = false;
}

struct err
db_commit(struct cx *cx)
{
    struct db *db = cx->db;
    struct err failed;

    if (db->failed.code == ERR_NONE && db->has_sent) {
        if (db->tx == TX_WRITE)
            put(db, &SQL_tx_commit, NULL, 0);
        put_sync(db);
        PQclear(read_timed(cx, &SQL_tx_commit));
    }
    failed = db->failed;
    if (failed.code != ERR_NONE) {
        db_rollback(cx);
        return failed;
    }
    require_idle(db);
    db->tx = TX_NONE;
    db->has_sent = false;
    return OK;
}

void
db_assert_tx(const struct cx *cx)
{
    if (cx->db->tx != TX_WRITE)
        BUG("no write transaction is open");
}

bool
db_in_tx(const struct db *db)
{
    return db->tx != TX_NONE;
}
