#include "company.h"

#include "base/testing/testing.h"

void
test_waiting_jobs(struct cx *cx, const char *kind, struct job jobs[], int expected)
{
    static const struct db_stmt waiting = {
        .name = "jobs_waiting",
        .shape = DB_MANY,
        .params = 1,
        .text = "SELECT id, lane, subject_id FROM jobs WHERE kind = $1::text ORDER BY id",
    };
    struct db_rows rows;

    CHECK_OK(db_many(cx, &waiting, &rows, P_STR(str_of(kind))));
    CHECK_I64(rows.count, expected);
    for (int i = 0; i < expected; i++) {
        struct db_row row = db_row_at(&rows, i);

        jobs[i] = (struct job){ .id = db_i64(&row, 0),
                                .lane = db_i64(&row, 1),
                                .subject_id = db_i64(&row, 2),
                                .account = cx->account };
    }
}

int64_t
test_company_works(struct cx *cx, const char *kind, int expected)
{
    static const struct db_stmt worked = { .name = "jobs_worked",
                                           .shape = DB_EXEC,
                                           .params = 1,
                                           .text = "DELETE FROM jobs WHERE kind = $1::text" };
    const struct job_kind *known = jobs_kind(str_of(kind));
    struct job jobs[JOBS_TOGETHER];
    const struct job *company[JOBS_TOGETHER];
    void *foreseen[JOBS_TOGETHER];
    int64_t before;

    test_waiting_jobs(cx, kind, jobs, expected);
    for (int i = 0; i < expected; i++)
        company[i] = &jobs[i];
    before = db_round_trips(cx->db);
    CHECK_OK(known->foresee(cx, company, expected, foreseen));
    for (int i = 0; i < expected; i++) {
        struct job_outcome outcome = { .verdict = JOB_DONE };

        jobs[i].foreseen = foreseen[i];
        CHECK_OK(known->step(cx, &jobs[i], NULL, &outcome));
        CHECK_I64(outcome.verdict, JOB_DONE);
    }
    before = db_round_trips(cx->db) - before;
    CHECK_OK(db_exec(cx, &worked, NULL, P_STR(str_of(kind))));
    return before;
}
