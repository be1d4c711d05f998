/*
 * The chore that finds tickets to look at, once a second, and the jobs that look. A look that dies is asked for again:
 * what the chore handed out comes back after a minute.
 */
#include "timers_private.h"

#include "base/clock.h"

#include "timers.sql.h"

enum { TICK_BATCH = 500, AGAIN_BATCH = 200 };

static void
look_soon(struct cx *cx, int64_t ticket_id)
{
    jobs_add(cx, "timers.look", jobs_lane("timers", ticket_id, 0), ticket_id, STR(""), 0);
}

static struct err
tick_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
          struct job_outcome *out)
{
    struct account_id own = cx->account;
    struct db_rows rows;

    (void)job;
    (void)answer;
    TRY(db_many(cx, &SQL_timers_due, &rows, P_TIME(cx->now_us), P_I64(TICK_BATCH)));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        cx->account.v = db_i64(&row, 0);
        look_soon(cx, db_i64(&row, 1));
    }
    cx->account = own;
    out->verdict = JOB_LATER;
    out->at_us = rows.count >= TICK_BATCH ? cx->now_us : cx->now_us + US_PER_S;
    return OK;
}

static struct err
look_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
          struct job_outcome *out)
{
    struct err e = timers_look(cx, (struct ticket_id){ job->subject_id });

    (void)answer;
    (void)out;
    return e.code == ERR_NOT_FOUND ? OK : e; /* the ticket is gone: there is nothing to look at */
}

/* Rules were changed: every live ticket is looked at, some at a time; subject is the last one that was. */
static struct err
again_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
           struct job_outcome *out)
{
    struct db_rows rows;
    int64_t last = 0;

    (void)answer;
    (void)out;
    TRY(db_many(cx, &SQL_timer_tickets, &rows, P_ID(cx->account), P_I64(job->subject_id),
                P_I64(AGAIN_BATCH)));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        last = db_i64(&row, 0);
        look_soon(cx, last);
    }
    if (rows.count == AGAIN_BATCH)
        jobs_add(cx, "timers.again", jobs_lane("timers", cx->account.v, 0), last, STR(""), 0);
    return OK;
}

const struct job_kind timers_jobs[] = {
    { .name = "timers.tick",
      .queue = QUEUE_CHORES,
      .step = tick_step,
      .attempts = 1000000,
      .backoff_max_ms = 10000 },
    { .name = "timers.look", .queue = QUEUE_CHORES, .step = look_step, .backoff_ms = 500 },
    { .name = "timers.again", .queue = QUEUE_CHORES, .step = again_step },
    { 0 },
};
