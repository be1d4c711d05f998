/*
 * balcaoctl jobs: how the queues are, what died, one of the dead again.
 */
#include "base/db.h"
#include "main/ctl.h"

#include "jobs.sql.h"

#include <stdio.h>

enum { DEAD_SHOWN = 100 };

static struct err
show_queues(struct cx *cx)
{
    struct db_rows rows;

    TRY(db_many_(cx, &SQL_queues_status, &rows, NULL, 0));
    printf("%-10s %8s %8s %8s %8s %12s\n", "queue", "lanes", "held", "waiting", "jobs",
           "oldest due");
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        printf("%-10.*s %8lld %8lld %8lld %8lld %10lld s\n", STR_ARG(db_str(&row, 0)),
               (long long)db_i64(&row, 1), (long long)db_i64(&row, 2), (long long)db_i64(&row, 3),
               (long long)db_i64(&row, 4), (long long)db_i64(&row, 5));
    }
    return OK;
}

static struct err
show_dead(struct cx *cx)
{
    struct db_rows rows;

    TRY(db_many(cx, &SQL_dead_jobs_list, &rows, P_I64(DEAD_SHOWN)));
    printf("%10s %-28s %8s %12s %8s  %-27s %s\n", "id", "kind", "account", "subject", "attempts",
           "died", "why");
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        printf("%10lld %-28.*s %8lld %12lld %8lld  %-27.*s %.*s\n", (long long)db_i64(&row, 0),
               STR_ARG(db_str(&row, 1)), (long long)db_i64(&row, 2), (long long)db_i64(&row, 3),
               (long long)db_i64(&row, 4), STR_ARG(db_str(&row, 6)), STR_ARG(db_str(&row, 5)));
    }
    if (rows.count == DEAD_SHOWN)
        printf("(the latest %d)\n", DEAD_SHOWN);
    return OK;
}

static struct err
replay(struct cx *cx, int64_t id)
{
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_dead_job_replay, &found, &row, P_I64(id)));
    if (!found)
        return FAIL(ERR_NOT_FOUND, "no_such_dead_job");
    printf("job %lld in queue %.*s\n", (long long)db_i64(&row, 0), STR_ARG(db_str(&row, 1)));
    return OK;
}

struct err
ctl_jobs(struct call *call)
{
    struct cx *cx = &call->cx;
    int64_t id;

    db_begin(cx, TX_WRITE);
    if (call->n == 0)
        TRY(show_queues(cx));
    else if (call->n == 1 && ctl_is_word(call, 0, "dead"))
        TRY(show_dead(cx));
    else if (call->n == 2 && ctl_is_word(call, 0, "replay") && str_i64(str_of(call->words[1]), &id))
        TRY(replay(cx, id));
    else
        return FAIL(ERR_INVALID, "usage");
    return db_commit(cx);
}
