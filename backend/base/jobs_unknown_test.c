/*
 * Jobs of kinds that this program does not know: of a newer one while an upgrade is rolling, or of an older one, gone for good.
 */
#include "base/clock.h"
#include "base/jobs.h"
#include "base/testing/testing.h"
#include "jobs.sql.h"

#define STMT(constant, of_shape, count, sql)                                                       \
    static const struct db_stmt constant = {                                                       \
        .name = #constant, .shape = of_shape, .params = count, .text = sql                         \
    }

STMT(kind_becomes, DB_EXEC, 1, "UPDATE jobs SET kind = $1::text WHERE subject_id = 1");
STMT(attempts_most, DB_ONE, 0, "SELECT max(attempt) FROM jobs");
STMT(lanes_leased, DB_ONE, 0, "SELECT count(*) FROM lanes WHERE lease_until IS NOT NULL");
STMT(lanes_left, DB_ONE, 0, "SELECT count(*) FROM lanes");
STMT(dead_all, DB_MANY, 0, "SELECT id, kind, attempts, why FROM dead_jobs");

/* Of tests that share a process, one alone learns what is newer. */
static const char gone[] = "test.gone", newer[] = "test.newer";

static struct {
    int64_t done[8]; /* subjects, in order */
    int n;
} did;

static struct err
step_plain(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
           struct job_outcome *out)
{
    (void)cx;
    (void)answer;
    (void)out;
    did.done[did.n++] = job->subject_id;
    return OK;
}

static struct err
step_later(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
           struct job_outcome *out)
{
    (void)cx;
    (void)job;
    (void)answer;
    *out = (struct job_outcome){ .verdict = JOB_LATER };
    return OK;
}

static const struct job_kind kinds[] = {
    { "test.plain", QUEUE_FLOW, step_plain },
    { "test.later", QUEUE_FLOW, step_later },
    { 0 },
};

/* The job of subject 1 is of this kind, from here on. */
static void
become(struct cx *owner, const char *kind)
{
    db_begin(owner, TX_WRITE);
    CHECK_OK(db_exec(owner, &kind_becomes, NULL, P_STR(str_of(kind))));
    CHECK_OK(db_commit(owner));
}

/* A lane with a job that nobody knows, of subject 1, and one after it, of subject 2; and its worker. */
static struct cx *
lane_of_an_unknown(const char *kind, struct cx **owner)
{
    static const struct job_kind *const tables[] = { kinds };
    struct cx *cx = test_connection("balcao_worker");

    if (jobs_kind(STR("test.plain")) == NULL)
        jobs_register(tables, 1);
    memset(&did, 0, sizeof did);
    *owner = test_connection(NULL);
    CHECK(db_script((*owner)->db, (*owner)->arena, "TRUNCATE jobs, lanes, dead_jobs") == NULL);
    db_begin(cx, TX_WRITE);
    jobs_add(cx, "test.plain", 5, 1, STR(""), 0);
    jobs_add(cx, "test.plain", 5, 2, STR(""), 0);
    CHECK_OK(db_commit(cx));
    become(*owner, kind);
    return cx;
}

/* A worker meets it each minute; how many jobs ended meanwhile. */
static int
minutes_pass(struct cx *cx, int minutes)
{
    int ended = 0;

    for (int i = 0; i < minutes; i++) {
        ended += jobs_work_once(cx, QUEUE_FLOW);
        cx->now_us += US_PER_MIN;
    }
    return ended;
}

/* An upgrade is rolling: the job is of a program that this worker is not yet. */
TEST(what_only_a_newer_program_knows_waits_for_it_unharmed_and_keeps_its_order)
{
    static const struct job_kind newer_kinds[] = { { newer, QUEUE_FLOW, step_plain }, { 0 } };
    static const struct job_kind *const upgrade[] = { newer_kinds };
    struct cx *owner, *cx = lane_of_an_unknown(newer, &owner);

    CHECK_I64(minutes_pass(cx, 50), 0); /* more often than anything is tried */
    CHECK_I64(test_rows(cx, &dead_all).count, 0);
    CHECK_I64(test_ask(cx, &attempts_most), 0);
    CHECK_I64(test_ask(cx, &lanes_leased), 0);
    jobs_register(upgrade, 1);
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 2);
    CHECK_I64(did.done[0], 1);
    CHECK_I64(did.done[1], 2);
}

TEST(a_kind_that_is_gone_lands_among_the_dead_and_its_lane_goes_on)
{
    struct cx *owner, *cx = lane_of_an_unknown(gone, &owner);
    struct db_rows dead;
    struct db_row row;

    CHECK_I64(minutes_pass(cx, 60), 0);
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 2);
    CHECK_I64(did.n, 1);
    CHECK_I64(did.done[0], 2);
    dead = test_rows(cx, &dead_all);
    CHECK_I64(dead.count, 1);
    row = db_row_at(&dead, 0);
    CHECK_STR(db_str(&row, 1), gone);
    CHECK_I64(db_i64(&row, 2), 0);
    CHECK_STR(db_str(&row, 3), "kind_unknown");
    CHECK_I64(test_ask(cx, &lanes_left), 0);
}

/* What waited long for its time, or in its lane, has not been put off for a moment. */
TEST(the_hour_begins_when_somebody_first_meets_it)
{
    struct cx *owner, *cx = lane_of_an_unknown(gone, &owner);

    cx->now_us += 30 * US_PER_DAY;
    CHECK_I64(minutes_pass(cx, 60), 0);
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 2);
}

/* Old and new workers side by side, and a job that is put off by both: its kind is not gone. */
TEST(who_knows_the_kind_ends_the_hour)
{
    struct cx *owner, *cx = lane_of_an_unknown(gone, &owner);

    CHECK_I64(minutes_pass(cx, 50), 0);
    become(owner, "test.later");
    CHECK_I64(minutes_pass(cx, 1), 0);
    become(owner, gone);
    CHECK_I64(minutes_pass(cx, 50), 0);
    CHECK_I64(test_rows(cx, &dead_all).count, 0);
}

TEST(one_that_is_replayed_has_its_hour_again)
{
    struct cx *owner, *cx = lane_of_an_unknown(gone, &owner);
    struct db_rows dead;
    struct db_row row;
    bool found;

    CHECK_I64(minutes_pass(cx, 61), 2);
    dead = test_rows(cx, &dead_all);
    row = db_row_at(&dead, 0);
    db_begin(cx, TX_WRITE);
    CHECK_OK(db_opt(cx, &SQL_dead_job_replay, &found, &row, P_I64(db_i64(&row, 0))));
    CHECK_OK(db_commit(cx));
    CHECK(found);
    cx->now_us = clock_now_us() + US_PER_S; /* it is due at the server's time */
    CHECK_I64(minutes_pass(cx, 60), 0);
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 1);
    CHECK_I64(test_rows(cx, &dead_all).count, 1);
}
