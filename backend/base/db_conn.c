#include "clock.h"
#include "db_private.h"
#include "log.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>

/* A server that restarts needs seconds; a first stumble needs nothing. */
#define BACKOFF_FIRST_US (50 * US_PER_MS)
#define BACKOFF_MAX_US (2 * US_PER_S)

#define PREPARED_FIRST 256

/* FATAL and PANIC end a session; between calls they come as notices. */
static void
hear_notice(void *arg, const PGresult *result)
{
    struct db *db = arg;
    const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);

    if (severity != NULL && (strcmp(severity, "FATAL") == 0 || strcmp(severity, "PANIC") == 0))
        db->is_ending = true;
    log_debug("db.notice", "sqlstate=%s", PQresultErrorField(result, PG_DIAG_SQLSTATE));
}

static char *
copy_of(const char *s)
{
    char *copy = strdup(s);

    if (copy == NULL)
        BUG("out of memory");
    return copy;
}

struct db *
db_open(const char *conninfo, const char *application_name)
{
    struct db *db = calloc(1, sizeof(*db));

    if (db == NULL)
        BUG("out of memory");
    db->conninfo = copy_of(conninfo);
    db->application_name = copy_of(application_name);
    db_connect(db);
    return db;
}

static void
forget_connection(struct db *db)
{
    PQfinish(db->pg); /* NULL is fine */
    db->pg = NULL;
    db->is_ending = false;
    db->head = db->tail = 0;
    db->prepared_used = 0;
    if (db->prepared != NULL)
        memset(db->prepared, 0, db->prepared_max * sizeof(*db->prepared));
}

void
db_close(struct db *db)
{
    if (db == NULL)
        return;
    forget_connection(db);
    free(db->awaited);
    free(db->prepared);
    free(db->texts);
    free(db->conninfo);
    free(db->application_name);
    free(db);
}

void
db_drop(struct db *db, const char *why)
{
    log_warn("db.connection_lost", "application=%s why=%s", db->application_name, why);
    forget_connection(db);
    db->failed = DB_AWAY;
}

/*
 * True when the connection has not been closed under us while it was idle. What
 * arrived meanwhile is read: the end of the last call, a notice, or a farewell
 * with the end of the stream somewhere behind it. One system call when all is well.
 */
static bool
still_there(struct db *db)
{
    char byte;

    while (!db->is_ending) {
        ssize_t n = recv(PQsocket(db->pg), &byte, 1, MSG_PEEK | MSG_DONTWAIT);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno == EAGAIN || errno == EWOULDBLOCK;
        if (n == 0 || !PQconsumeInput(db->pg))
            return false;
        if (!PQisBusy(db->pg)) { /* parses */
            db_drain(db);
            if (db->pg == NULL)
                return false;
            (void)PQisBusy(db->pg); /* what stood behind the end of the call */
        }
    }
    return false;
}

static bool
try_to_connect(struct db *db)
{
    /*
     * What stands before dbname is a default for the connection string, what stands after rules.
     * A read's questions are one implicit transaction, whose isolation only the session can choose.
     */
    const char *keys[] = { "connect_timeout", "dbname",  "application_name",
                           "client_encoding", "options", NULL };
    const char *values[] = { "3",
                             db->conninfo,
                             db->application_name,
                             "UTF8",
                             "-c default_transaction_isolation=repeatable\\ read",
                             NULL };

    db->pg = PQconnectdbParams(keys, values, /* expand_dbname= */ 1);
    if (db->pg == NULL)
        BUG("out of memory");
    if (PQstatus(db->pg) == CONNECTION_OK && PQenterPipelineMode(db->pg) == 1) {
        PQsetNoticeReceiver(db->pg, hear_notice, db);
        return true;
    }
    /* The message names the host and the role, never the password. */
    log_error("db.connect_failed", "application=%s why=\"%s\"", db->application_name,
              PQerrorMessage(db->pg));
    forget_connection(db);
    return false;
}

bool
db_connect(struct db *db)
{
    int64_t now_us;

    if (db->pg != NULL && still_there(db))
        return true;
    if (db->pg != NULL) {
        log_warn("db.connection_lost", "application=%s why=idle", db->application_name);
        forget_connection(db);
    }

    now_us = clock_monotonic_us();
    if (now_us < db->next_try_us)
        return false;
    if (try_to_connect(db)) {
        db->backoff_us = 0;
        db->next_try_us = 0;
        return true;
    }
    db->backoff_us = db->backoff_us == 0 ? BACKOFF_FIRST_US : 2 * db->backoff_us;
    if (db->backoff_us > BACKOFF_MAX_US)
        db->backoff_us = BACKOFF_MAX_US;
    /* Jitter: the children of a pool lost their connections together. */
    db->next_try_us =
        now_us + db->backoff_us / 2 + (int64_t)arc4random_uniform((uint32_t)(db->backoff_us / 2));
    return false;
}

bool
db_ready(struct db *db)
{
    return db_connect(db);
}

int64_t
db_round_trips(const struct db *db)
{
    return db->round_trips;
}

/* FNV-1a: names are short and ours. */
static size_t
hash(const char *name)
{
    uint64_t h = 14695981039346656037u;

    for (; *name != '\0'; name++)
        h = (h ^ (unsigned char)*name) * 1099511628211u;
    return (size_t)(h ^ (h >> 32));
}

static struct db_prepared *
slot_of(struct db_prepared *table, size_t max, const char *name)
{
    size_t i = hash(name) & (max - 1);

    while (table[i].stmt != NULL && strcmp(table[i].stmt->name, name) != 0)
        i = (i + 1) & (max - 1);
    return &table[i];
}

static void
grow_prepared(struct db *db)
{
    size_t max = db->prepared_max == 0 ? PREPARED_FIRST : 2 * db->prepared_max;
    struct db_prepared *table = calloc(max, sizeof(*table));

    if (table == NULL)
        BUG("out of memory");
    for (size_t i = 0; i < db->prepared_max; i++)
        if (db->prepared[i].stmt != NULL)
            *slot_of(table, max, db->prepared[i].stmt->name) = db->prepared[i];
    free(db->prepared);
    db->prepared = table;
    db->prepared_max = max;
}

struct db_prepared *
db_prepared_find(struct db *db, const struct db_stmt *stmt)
{
    struct db_prepared *entry;

    if (2 * (db->prepared_used + 1) > db->prepared_max)
        grow_prepared(db);
    entry = slot_of(db->prepared, db->prepared_max, stmt->name);
    if (entry->stmt == NULL) {
        entry->stmt = stmt;
        db->prepared_used++;
    } else if (entry->stmt != stmt && strcmp(entry->stmt->text, stmt->text) != 0) {
        BUG("two statements are called %s", stmt->name);
    }
    return entry;
}

/* Runs fn outside pipeline mode, where libpq's simple calls work. */
static const char *
in_plain_mode(struct db *db, struct arena *a, PGresult *(*fn)(PGconn *, const void *),
              const void *arg)
{
    const char *why = NULL;
    PGresult *result;
    ExecStatusType status;

    if (!db_connect(db))
        return "database_away";
    db_drain(db);
    if (db->pg == NULL || PQexitPipelineMode(db->pg) != 1)
        return "database_away";

    result = fn(db->pg, arg);
    status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY)
        why = str_cstr(a, str_trim(str_of(PQerrorMessage(db->pg))));
    PQclear(result);

    if (PQstatus(db->pg) != CONNECTION_OK || PQenterPipelineMode(db->pg) != 1)
        db_drop(db, "plain");
    return why;
}

static PGresult *
prepare_unnamed(PGconn *pg, const void *arg)
{
    const struct db_stmt *stmt = arg;

    return PQprepare(pg, "", stmt->text, 0, NULL);
}

const char *
db_prepare_check(struct db *db, struct arena *a, const struct db_stmt *stmt)
{
    return in_plain_mode(db, a, prepare_unnamed, stmt);
}

static PGresult *
run_script(PGconn *pg, const void *arg)
{
    return PQexec(pg, arg);
}

const char *
db_script(struct db *db, struct arena *a, const char *sql)
{
    const char *why;

    if (db->tx != TX_NONE)
        BUG("a script runs outside calls");
    /* It writes, and what it meets meanwhile is no reason to refuse it: the session's default is for reads. */
    (void)in_plain_mode(db, a, run_script, "SET default_transaction_isolation = 'read committed'");
    why = in_plain_mode(db, a, run_script, sql);
    (void)in_plain_mode(db, a, run_script, "RESET default_transaction_isolation");
    return why;
}
