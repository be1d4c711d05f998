#include "bare.h"

#include "domain/auth/access.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PREPARED_MAX = 16, PARAMS_MAX = 64 };

/* One connection per process, so what is prepared belongs to the process. */
static const struct db_stmt *prepared[PREPARED_MAX];
static int prepared_n;

PGconn *
sql_connect(const char *conninfo)
{
    PGconn *pg = PQconnectdb(conninfo);

    if (PQstatus(pg) != CONNECTION_OK || PQenterPipelineMode(pg) != 1) {
        fprintf(stderr, "bare: %s", PQerrorMessage(pg));
        exit(EXIT_FAILURE);
    }
    return pg;
}

static bool
is_prepared(const struct db_stmt *stmt)
{
    for (int i = 0; i < prepared_n; i++)
        if (prepared[i] == stmt)
            return true;
    if (prepared_n == PREPARED_MAX)
        abort();
    prepared[prepared_n++] = stmt;
    return false;
}

void
sql_queue_(PGconn *pg, const struct db_stmt *stmt, const char *const params[], int n)
{
    const char *all[PARAMS_MAX];

    if (n != stmt->params) {
        fprintf(stderr, "bare: %s takes %d parameters, got %d\n", stmt->name, stmt->params, n);
        exit(EXIT_FAILURE);
    }
    memcpy(all, params, (size_t)n * sizeof *all);
    for (int i = 0; i < stmt->bound_count; i++)
        all[n + i] = access_everything[stmt->bound[i]];
    if (!is_prepared(stmt))
        PQsendPrepare(pg, stmt->name, stmt->text, 0, NULL);
    PQsendQueryPrepared(pg, stmt->name, n + stmt->bound_count, all, NULL, NULL, 0);
}

void
sql_queue_words(PGconn *pg, const char *words)
{
    PQsendQueryParams(pg, words, 0, NULL, NULL, NULL, NULL, 0);
}

/* Reads up to the end of the pipeline; true when every statement went well. */
static bool
take_results(PGconn *pg, PGresult **rows)
{
    bool is_good = true;

    for (;;) {
        PGresult *result = PQgetResult(pg); /* NULL between two statements */
        ExecStatusType status = PQresultStatus(result);

        if (result == NULL && PQstatus(pg) != CONNECTION_OK)
            exit(EXIT_FAILURE);
        if (result == NULL)
            continue;
        if (status == PGRES_TUPLES_OK) {
            PQclear(*rows);
            *rows = result;
            continue;
        }
        if (status == PGRES_FATAL_ERROR)
            fprintf(stderr, "bare: %s", PQresultErrorMessage(result));
        is_good = is_good && (status == PGRES_COMMAND_OK || status == PGRES_PIPELINE_SYNC);
        PQclear(result);
        if (status == PGRES_PIPELINE_SYNC)
            return is_good;
    }
}

static bool
flush(PGconn *pg, PGresult **rows)
{
    PGresult *ignored = NULL;

    PQpipelineSync(pg);
    if (take_results(pg, rows))
        return true;
    sql_queue_words(pg, "ROLLBACK");
    PQpipelineSync(pg);
    take_results(pg, &ignored);
    PQclear(ignored);
    return false;
}

PGresult *
sql_flush(PGconn *pg)
{
    PGresult *rows = NULL;

    if (flush(pg, &rows))
        return rows;
    PQclear(rows);
    return NULL;
}

bool
sql_flush_writes(PGconn *pg)
{
    PGresult *rows = NULL;
    bool is_good = flush(pg, &rows);

    PQclear(rows);
    return is_good;
}

PGresult *
sql_run_(PGconn *pg, const struct db_stmt *stmt, const char *const params[], int n)
{
    sql_queue_(pg, stmt, params, n);
    return sql_flush(pg);
}
