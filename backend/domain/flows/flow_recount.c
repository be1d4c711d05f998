#include "flow_recount.h"

#include "base/log.h"

#include "flows_recount.sql.h"

/* Columns of flow_counters_differ. */
enum { FLOW, NUMBER, CARD, WHAT, OUTLET, COUNTED, AGAIN };

static const struct str purposes[] = {
    STR_INIT("finished"),
    STR_INIT("transferred"),
    STR_INIT("diverted"),
    STR_INIT("migrated_to_whatsapp"),
};
enum { PURPOSES = sizeof purposes / sizeof purposes[0] };

bool
flow_is_purpose(struct str reason)
{
    for (size_t i = 0; i < PURPOSES; i++)
        if (str_eq(reason, purposes[i]))
            return true;
    return false;
}

struct err
flow_recount(struct cx *cx, struct str day, int *differing)
{
    struct db_rows rows;

    TRY(db_many(cx, &SQL_flow_counters_differ, &rows, P_ID(cx->account), P_STR(day),
                db_p_strs(cx->arena, purposes, PURPOSES)));
    *differing = rows.count;
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        log_error("flow.counters_differ",
                  "day=%.*s flow=%lld number=%lld card=%.*s what=%.*s outlet=%.*s counted=%lld "
                  "again=%lld",
                  STR_ARG(day), (long long)db_i64(&row, FLOW), (long long)db_i64(&row, NUMBER),
                  STR_ARG(db_str(&row, CARD)), STR_ARG(db_str(&row, WHAT)),
                  STR_ARG(db_str(&row, OUTLET)), (long long)db_i64(&row, COUNTED),
                  (long long)db_i64(&row, AGAIN));
    }
    return OK;
}

struct err
flow_recount_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                  struct job_outcome *out)
{
    int differing;

    (void)answer;
    (void)out;
    return flow_recount(cx, job->arg, &differing);
}
