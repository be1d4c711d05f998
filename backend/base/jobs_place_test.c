/*
 * Lanes that a place holds without anybody knowing: of a worker that died there, and of a claim whose answer was lost. They go
 * on at once; their leases would end a minute later.
 */
#include "base/clock.h"
#include "base/testing/testing.h"
#include "jobs_private.h"

enum { HERE = 7, ELSEWHERE = 8, LANES = 4 };

static struct err
step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
     struct job_outcome *out)
{
    (void)cx;
    (void)job;
    (void)answer;
    (void)out;
    return OK;
}

static const struct job_kind kinds[] = { { "test.placed", QUEUE_FLOW, step }, { 0 } };

/* A queue of so many lanes, a job in each. */
static struct cx *
queue(void)
{
    static const struct job_kind *const tables[] = { kinds };
    struct cx *owner = test_connection(NULL), *cx = test_connection("balcao_worker");

    if (jobs_kind(STR("test.placed")) == NULL)
        jobs_register(tables, 1);
    CHECK(db_script(owner->db, owner->arena, "TRUNCATE jobs, lanes, dead_jobs") == NULL);
    cx->now_us = clock_now_us() - US_PER_S;
    db_begin(cx, TX_WRITE);
    for (int lane = 1; lane <= LANES; lane++)
        jobs_add(cx, "test.placed", lane, lane, STR(""), 0);
    CHECK_OK(db_commit(cx));
    return cx;
}

static void
free_worker(void *w)
{
    jobs_worker_free(w);
}

static struct worker *
worker(struct cx *cx, int64_t place)
{
    struct worker *w = jobs_worker_new(cx, QUEUE_FLOW, place);

    testing_at_end(free_worker, w);
    return w;
}

/* The attempt of the first job of each lane held, all the same; 0: it holds none. */
static int
attempt_of_all(const struct worker *w)
{
    int attempt = 0;

    for (int i = 0; i < LANES_MAX; i++) {
        const struct held *h = &w->held[i];

        if (h->state == HELD_FREE)
            continue;
        CHECK(attempt == 0 || attempt == h->jobs[0].job.attempt);
        attempt = h->jobs[0].job.attempt;
    }
    return attempt;
}

TEST(what_died_in_a_place_goes_on_with_the_next_who_stands_there)
{
    struct cx *cx = queue();
    struct worker *next;

    CHECK_I64(jobs_leave_and_claim(worker(cx, HERE), LANES), LANES);
    CHECK_I64(jobs_leave_and_claim(worker(cx, ELSEWHERE), LANES), 0);

    next = worker(cx, HERE);
    CHECK_I64(jobs_leave_and_claim(next, LANES), LANES);
    /* It may have died of one of them: that counts. */
    CHECK_I64(attempt_of_all(next), 2);
    for (int i = 0; i < LANES; i++)
        CHECK(next->held[i].is_alone);
}

TEST(whoever_is_thought_dead_can_finish_nothing_any_more)
{
    struct cx *cx = queue();
    struct worker *first = worker(cx, HERE), *next = worker(cx, HERE);

    CHECK_I64(jobs_leave_and_claim(first, LANES), LANES);
    CHECK_I64(jobs_leave_and_claim(next, LANES), LANES);
    jobs_run_ready(first);
    CHECK_I64(first->ended, 0);
    jobs_run_ready(next);
    CHECK_I64(next->ended, LANES);
}

TEST(a_claim_whose_answer_was_lost_is_made_again_and_costs_no_attempt)
{
    struct cx *cx = queue();
    struct worker *w = worker(cx, HERE);

    CHECK_I64(jobs_leave_and_claim(w, 1), 1);
    CHECK_I64(jobs_leave_and_claim(w, LANES - 1), LANES - 1);
    for (int i = 1; i < LANES; i++)
        jobs_free_slot(&w->held[i]);
    w->unknown = UNKNOWN_UNBEGUN;

    CHECK_I64(jobs_leave_and_claim(w, LANES), LANES - 1);
    CHECK_I64(attempt_of_all(w), 1);
    jobs_run_ready(w);
    CHECK_I64(w->ended, LANES);
}

/* All that was claimed is done, by a commit of which the worker never heard; in one lane there is more. */
TEST(a_commit_whose_answer_was_lost_holds_up_no_lane)
{
    static const struct db_stmt done = {
        .name = "jobs_place_done",
        .shape = DB_EXEC,
        .text = "DELETE FROM jobs WHERE id IN (SELECT min(id) FROM jobs GROUP BY lane)",
    };
    struct cx *cx = queue();
    struct worker *w = worker(cx, HERE);

    CHECK_I64(jobs_leave_and_claim(w, LANES), LANES);
    db_begin(cx, TX_WRITE);
    jobs_add(cx, "test.placed", 1, 1, STR(""), 0);
    CHECK_OK(db_exec_(cx, &done, NULL, NULL, 0));
    CHECK_OK(db_commit(cx));

    jobs_run_ready(w);
    CHECK_I64(w->ended, 0);
    CHECK_I64(jobs_leave_and_claim(w, LANES), LANES);
    jobs_run_ready(w);
    CHECK_I64(w->ended, 1);
}

TEST(a_claim_that_fails_is_taken_for_lost)
{
    struct cx *cx = queue(), *owner = test_connection(NULL);
    struct worker *w = worker(cx, HERE);

    CHECK(db_script(cx->db, cx->arena, "SET lock_timeout = '10ms'") == NULL);
    CHECK_I64(jobs_leave_and_claim(w, 1), 1);
    CHECK_I64(w->unknown, UNKNOWN_NONE);

    CHECK(db_script(owner->db, owner->arena, "BEGIN; LOCK lanes") == NULL);
    CHECK_I64(jobs_leave_and_claim(w, LANES), 0);
    CHECK_I64(w->unknown, UNKNOWN_UNBEGUN);
    CHECK(db_script(owner->db, owner->arena, "COMMIT") == NULL);

    CHECK_I64(jobs_leave_and_claim(w, LANES), LANES - 1);
    CHECK_I64(attempt_of_all(w), 1);
}
