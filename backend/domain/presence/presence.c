#include "presence.h"

#include "base/clock.h"

#include "presence.sql.h"

struct err
presence_hold(struct cx *cx, struct member_id member, bool *may_receive)
{
    struct db_row row;

    db_assert_tx(cx);
    return db_opt(cx, &SQL_presence_hold, may_receive, &row, P_ID(cx->account), P_ID(member));
}

/* Gateways notice each other's death; this is for the death of the last. */
static struct err
sweep_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
           struct job_outcome *out)
{
    (void)job;
    (void)answer;
    TRY(db_exec_(cx, &SQL_presence_sweep, NULL, NULL, 0));
    out->verdict = JOB_LATER;
    out->at_us = cx->now_us + 15 * US_PER_S;
    return OK;
}

const struct job_kind presence_jobs[] = {
    { .name = "presence.sweep",
      .queue = QUEUE_CHORES,
      .step = sweep_step,
      .attempts = 1000000,
      .backoff_max_ms = 15000 },
    { 0 },
};
