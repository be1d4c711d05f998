/*
 * The steps of held jobs, and which of them share a transaction.
 */
#include "clock.h"
#include "jobs.sql.h"
#include "jobs_private.h"
#include "log.h"

#include <stdlib.h>

/*
 * Jobs of one account share a transaction: a commit is what a short job costs most, and
 * 16 with one drain a queue twice as fast as 8. A failure undoes the company, and then each runs alone. Two accounts
 * never meet in one: their counters, locked in different orders by two workers, would
 * be deadlocks.
 *
 * Sending waits for the network anyway, and what it locks (a ticket) is locked by those
 * who receive too: with one each at most, no two can wait for one another in a circle.
 */
static const int group_jobs[QUEUE__MAX] = {
    [QUEUE_INBOUND] = JOBS_TOGETHER,
    [QUEUE_OUTBOUND] = 1,
    [QUEUE_FLOW] = JOBS_TOGETHER,
    [QUEUE_DELIVERY] = 1,
    [QUEUE_CHORES] = 1,
};

#define ATTEMPTS 20
#define BACKOFF_MS 1000
#define BACKOFF_MAX_MS (15 * 60 * 1000)

/* Losing against another transaction is no fault: again at once, this often. */
#define RERUNS 3

/* An upgrade rolls for minutes; a kind that nobody has known for so long is gone. */
#define UNKNOWN_US US_PER_HOUR

/* --- one step -------------------------------------------------------------------- */

static struct held_job *
present(struct held *h)
{
    return &h->jobs[h->next];
}

static struct cx
step_cx(const struct worker *w, struct held *h, const struct job *job)
{
    struct cx cx = {
        .arena = h->arena,
        .db = w->cx->db,
        .conf = w->cx->conf,
        .now_us = w->is_cx_clock ? w->cx->now_us : clock_now_us(),
        .account = job->account,
        .actor = ACTOR_JOB,
        .bound = w->cx->bound,
        .request_id = str_fmt(h->arena, "job%lld.%d", (long long)job->id, job->attempt),
    };
    size_t len = cx.request_id.len;

    if (len >= sizeof(cx.log.request_id))
        len = sizeof(cx.log.request_id) - 1;
    memcpy(cx.log.request_id, cx.request_id.p, len);
    cx.log.account_id = job->account.v;
    return cx;
}

static int
attempts_of(const struct job_kind *kind)
{
    return kind == NULL || kind->attempts == 0 ? ATTEMPTS : kind->attempts;
}

/* Doubles with each attempt, up to a limit; a quarter more or less, so that crowds disperse. */
static int64_t
backoff_us(const struct job *job)
{
    int64_t first =
        job->kind == NULL || job->kind->backoff_ms == 0 ? BACKOFF_MS : job->kind->backoff_ms;
    int64_t most = job->kind == NULL || job->kind->backoff_max_ms == 0 ? BACKOFF_MAX_MS
                                                                       : job->kind->backoff_max_ms;
    int64_t ms = first;

    for (int i = 1; i < job->attempt && ms < most; i++)
        ms *= 2;
    if (ms > most)
        ms = most;
    return ms * 750 + (int64_t)arc4random_uniform((uint32_t)(ms < 4000000 ? ms : 4000000)) * 500;
}

/* give_back makes it so, once what the lane did before is ended. */
static void
put_off(struct held *h, int64_t at_us, int64_t wait_us, int attempts)
{
    h->put_off.at_us = at_us;
    h->put_off.wait_us = wait_us;
    h->put_off.attempts = attempts;
    h->state = HELD_GONE;
}

/* The lane of a job that was put off; its fence is no longer ours from here on. */
static void
give_back(struct worker *w, struct held *h)
{
    if (h->state == HELD_GONE)
        db_queue(w->cx, &SQL_job_again, P_STR(str_of(job_queue_names[w->queue])), P_I64(h->lane),
                 P_I64(h->fence), P_I64(present(h)->job.id), P_TIME(h->put_off.at_us),
                 P_I64(h->put_off.wait_us), P_I64(h->put_off.attempts), jobs_now(w),
                 P_BOOL(present(h)->job.kind == NULL));
}

static void
queue_bury(struct worker *w, struct held *h, const char *why)
{
    const struct job *job = &present(h)->job;
    const struct job_kind *heir =
        job->kind == NULL || job->kind->heir == NULL ? NULL : jobs_kind(str_of(job->kind->heir));

    int attempts = job->kind == NULL ? job->attempt - 1 : job->attempt; /* nobody tried this one */

    log_warn("job.dead", "kind=%s job=%lld attempt=%d why=%s",
             log_safe(h->arena, present(h)->kind_name), (long long)job->id, attempts, why);
    db_queue(w->cx, &SQL_job_bury, P_STR(str_of(job_queue_names[w->queue])), P_I64(h->lane),
             P_I64(h->fence), P_I64(job->id), P_I64(attempts), P_STR(str_of(why)), jobs_now(w),
             P_STR(heir == NULL ? (struct str){ 0 } : str_of(job_queue_names[heir->queue])),
             P_STR(heir == NULL ? (struct str){ 0 } : str_of(heir->name)),
             P_I64(jobs_lane_alone()));
    if (heir != NULL)
        jobs_touch(heir->queue);
    h->next++;
}

/* Queues what the verdict means for the job and its lane, in the transaction of its effects. */
static void
settle(struct worker *w, struct held *h)
{
    const struct job_outcome *outcome = &h->outcome;
    const struct job *job = &present(h)->job;
    const char *why = outcome->why == NULL ? "no_reason_given" : outcome->why;

    switch (outcome->verdict) {
    case JOB_DONE: h->next++; return; /* end_jobs, for the whole group */
    case JOB_AGAIN:
        if (job->attempt >= attempts_of(job->kind)) {
            queue_bury(w, h, why);
            return;
        }
        log_info("job.again", "kind=%s job=%lld attempt=%d why=%s",
                 log_safe(h->arena, present(h)->kind_name), (long long)job->id, job->attempt, why);
        put_off(h, outcome->at_us, backoff_us(job), 1);
        return;
    case JOB_LATER: put_off(h, outcome->at_us, BACKOFF_MS * US_PER_MS, 0); return;
    case JOB_CALL:
    case JOB_RUN: h->state = HELD_CALLING; return;
    case JOB_DEAD: queue_bury(w, h, why); return;
    }
    BUG("verdict %d", (int)outcome->verdict);
}

/*
 * From a newer program: an upgrade is rolling, and a worker that knows it is there or comes soon. It has not been tried, so
 * nothing is counted, and it waits no longer than a moment. Or from an older one, and nobody comes: then what is behind it in
 * its lane would wait for ever, so after a while it is put where people see it.
 */
static struct job_outcome
unknown(const struct held_job *held, const struct cx *cx)
{
    int64_t since_us = held->unknown_since_us == 0 ? cx->now_us : held->unknown_since_us;

    if (cx->now_us - since_us >= UNKNOWN_US)
        return (struct job_outcome){ .verdict = JOB_DEAD, .why = "kind_unknown" };
    log_info("job.kind_unknown", "kind=%s job=%lld", log_safe(cx->arena, held->kind_name),
             (long long)held->job.id);
    return (struct job_outcome){ .verdict = JOB_LATER };
}

/* Runs the next step of the present job and settles it; the transaction is the caller's. */
static struct err
step(struct worker *w, struct held *h)
{
    const struct job *job = &present(h)->job;
    struct cx cx = step_cx(w, h, job);
    struct err failed = OK;

    log_set_context(&cx.log);
    if (job->kind == NULL) {
        h->outcome = unknown(present(h), &cx);
    } else if (job->attempt > attempts_of(job->kind)) {
        h->outcome = (struct job_outcome){ .verdict = JOB_DEAD, .why = "worker_died" };
    } else {
        h->outcome = (struct job_outcome){
            .state = h->outcome.state,
            .state_bytes = h->outcome.state_bytes,
            .step = h->outcome.step,
        };
        failed = job->kind->step(&cx, job, h->has_answer ? &h->answer : NULL, &h->outcome);
    }
    if (failed.code == ERR_NONE)
        settle(w, h);
    log_set_context(NULL);
    return failed;
}

/* --- steps that share a transaction ------------------------------------------------ */

/* How a lane was before its turn in the transaction, to go back to. */
struct before {
    struct held *held;
    int next;
    bool has_answer;
    struct job_outcome outcome;
    const void *memory; /* a copy of outcome.state; NULL: it had none */
};

struct group {
    struct arena *arena; /* what it needs until it has ended */
    struct before before[JOBS_TOGETHER];
    int most[JOBS_TOGETHER]; /* jobs of that lane */
    int lanes;
    int jobs;                        /* that may run in it */
    struct account_id account;       /* of all its jobs */
    const struct job_kind *foreseer; /* of those that look ahead; NULL: none does */
    struct {
        int64_t lanes[JOBS_TOGETHER], fences[JOBS_TOGETHER], ids[JOBS_TOGETHER];
        size_t n;
    } done;
};

static const struct job_kind *
foreseer_of(const struct job *job)
{
    return job->kind != NULL && job->kind->foresee != NULL ? job->kind : NULL;
}

static bool
fits(const struct group *group, const struct job *job)
{
    const struct job_kind *foreseer = foreseer_of(job);

    return job->account.v == group->account.v &&
           (foreseer == NULL || group->foreseer == NULL || foreseer == group->foreseer);
}

static struct before
remember(const struct group *group, struct held *h)
{
    struct before before = { h, h->next, h->has_answer, h->outcome, NULL };

    if (h->outcome.state != NULL)
        before.memory = memcpy(arena_alloc(group->arena, h->outcome.state_bytes), h->outcome.state,
                               h->outcome.state_bytes);
    return before;
}

/* Chooses the next jobs of a lane, at most so many. */
static void
join(struct group *group, struct held *h, int most)
{
    int n = 0;

    while (n < most && h->next + n < h->n && fits(group, &h->jobs[h->next + n].job)) {
        if (group->foreseer == NULL)
            group->foreseer = foreseer_of(&h->jobs[h->next + n].job);
        n++;
    }
    group->before[group->lanes] = remember(group, h);
    group->most[group->lanes++] = n;
    group->jobs += n;
}

static void
undo(const struct group *group, bool is_alone_now)
{
    for (int i = 0; i < group->lanes; i++) {
        const struct before *before = &group->before[i];
        struct held *h = before->held;

        h->state = HELD_READY;
        h->next = before->next;
        h->has_answer = before->has_answer;
        h->outcome = before->outcome;
        if (before->memory != NULL)
            memcpy(h->outcome.state, before->memory, h->outcome.state_bytes);
        h->is_alone |= is_alone_now;
    }
}

static void
note_done(struct group *group, const struct held *h, const struct job *job)
{
    group->done.lanes[group->done.n] = h->lane;
    group->done.fences[group->done.n] = h->fence;
    group->done.ids[group->done.n] = job->id;
    group->done.n++;
}

/* Queues the end of what is done: one statement, however many jobs share the transaction. Then what is put off. */
static void
end_jobs(struct worker *w, const struct group *group)
{
    struct arena *a = w->cx->arena;

    if (group->done.n > 0)
        db_queue(w->cx, &SQL_jobs_done, P_STR(str_of(job_queue_names[w->queue])),
                 db_p_i64s(a, group->done.lanes, group->done.n),
                 db_p_i64s(a, group->done.fences, group->done.n),
                 db_p_i64s(a, group->done.ids, group->done.n));
    for (int i = 0; i < group->lanes; i++)
        give_back(w, group->before[i].held);
}

/* The next job of a lane starts with the memory of the last one given back. */
static void
begin_next(struct held *h)
{
    h->outcome = (struct job_outcome){ .verdict = JOB_DONE };
    h->has_answer = false;
    h->reruns = 0;
    arena_rewind(h->arena, h->mark);
}

static void
call_out(struct worker *w, struct held *h)
{
    if (w->is_nested) {
        h->state = HELD_LEAVING;
        return;
    }
    h->reruns = 0;
    if (h->outcome.verdict == JOB_RUN) {
        if (w->programs == NULL)
            w->programs = program_set_new();
        program_start(w->programs, h->arena, &h->outcome.program, h);
        return;
    }
    if (w->calls == NULL)
        w->calls = httpc_set_new(w->cx->conf);
    httpc_start(w->calls, h->arena, &h->outcome.call, h);
}

/* After commit. */
static void
keep(struct worker *w, const struct group *group)
{
    for (int i = 0; i < group->lanes; i++) {
        struct held *h = group->before[i].held;

        w->ended += h->next - group->before[i].next;
        if (h->state == HELD_GONE) {
            jobs_free_slot(h);
        } else if (h->state == HELD_CALLING) {
            call_out(w, h);
        } else if (h->next == h->n) {
            h->state = HELD_LEAVING;
        } else if (h->next != group->before[i].next) {
            begin_next(h);
        }
    }
    jobs_ring(w->cx);
}

static bool
may_join(const struct group *group, struct held *h)
{
    return h->state == HELD_READY && h->next < h->n &&
           (group->jobs == 0 || fits(group, &present(h)->job));
}

/* Who shares the transaction: some that may, or one of those that must be alone. */
static void
choose(struct worker *w, struct group *group)
{
    struct held *alone = NULL;
    int most = group_jobs[w->queue];

    for (int i = 0; i < LANES_MAX && group->jobs < most; i++) {
        struct held *h = &w->held[i];

        if (!may_join(group, h))
            continue;
        if (h->is_alone || w->is_nested) {
            if (alone == NULL)
                alone = h;
            continue;
        }
        group->account = present(h)->job.account;
        join(group, h, most - group->jobs);
    }
    if (group->jobs == 0 && alone != NULL) {
        group->account = present(alone)->job.account;
        join(group, alone, 1);
    }
}

/* Those that begin and look ahead. */
static int
beginners(struct group *group, struct job *out[JOBS_TOGETHER])
{
    int n = 0;

    for (int i = 0; i < group->lanes; i++) {
        struct held *h = group->before[i].held;

        for (int k = 0; k < group->most[i]; k++) {
            struct job *job = &h->jobs[h->next + k].job;

            job->foreseen = NULL;
            if ((k == 0 && h->has_answer) || foreseer_of(job) == NULL ||
                job->attempt > attempts_of(job->kind))
                continue;
            out[n++] = job;
        }
    }
    return n;
}

static struct err
foresee(struct worker *w, struct group *group)
{
    struct job *jobs[JOBS_TOGETHER];
    const struct job *seen[JOBS_TOGETHER];
    void *foreseen[JOBS_TOGETHER] = { NULL };
    int n = beginners(group, jobs);
    struct cx cx;

    if (n == 0)
        return OK;
    cx = step_cx(w, group->before[0].held, jobs[0]);
    cx.arena = w->cx->arena;
    for (int i = 0; i < n; i++)
        seen[i] = jobs[i];
    TRY(jobs[0]->kind->foresee(&cx, seen, n, foreseen));
    for (int i = 0; i < n; i++)
        jobs[i]->foreseen = foreseen[i];
    return OK;
}

/* A lane's steps, as far as they go without waiting. */
static struct err
run_lane(struct worker *w, struct group *group, int lane)
{
    struct held *h = group->before[lane].held;

    for (int i = 0; i < group->most[lane] && h->state == HELD_READY; i++) {
        const struct job *job = &present(h)->job;

        if (i > 0) {
            h->outcome = (struct job_outcome){ .verdict = JOB_DONE };
            h->has_answer = false;
        }
        TRY(step(w, h));
        if (h->outcome.verdict == JOB_DONE)
            note_done(group, h, job);
    }
    return OK;
}

static struct err
run_lanes(struct worker *w, struct group *group)
{
    choose(w, group);
    if (group->jobs == 0)
        return OK;
    db_set_account(w->cx, group->account);
    TRY(foresee(w, group));
    for (int i = 0; i < group->lanes; i++)
        TRY(run_lane(w, group, i));
    return OK;
}

/* A job that failed by itself: the effects are undone, its fate is written down. */
static struct err
write_fate(struct worker *w, struct held *h, struct err why)
{
    bool is_worlds_fault = why.code == ERR_UNAVAILABLE || why.code == ERR_RETRY;
    struct err failed;

    h->outcome =
        (struct job_outcome){ .verdict = is_worlds_fault ? JOB_AGAIN : JOB_DEAD, .why = why.slug };
    jobs_begin(w, w->cx);
    settle(w, h);
    give_back(w, h);
    failed = jobs_commit(w, w->cx);
    return failed;
}

static void
fail_alone(struct worker *w, struct group *group, struct err why)
{
    struct held *h = group->before[0].held;
    struct err failed = why;

    if (why.code == ERR_RETRY && h->reruns++ < RERUNS)
        return;
    if (!err_is(why, "lease_lost"))
        failed = write_fate(w, h, why);

    if (failed.code == ERR_NONE) {
        keep(w, group);
    } else if (err_is(failed, "lease_lost")) {
        log_warn("job.lease_lost", "job=%lld", (long long)present(h)->job.id);
        jobs_free_slot(h);
        /* Or not: this is how it looks, too, when the job was done and the answer to that was lost with its session. */
        jobs_note_unknown(w);
    } else {
        undo(group, true);
        w->is_away = true;
    }
}

/* One transaction of steps. */
static void
run_group(struct worker *w)
{
    struct group group = { .arena = w->cx->arena };
    struct err failed;

    jobs_begin(w, w->cx);
    failed = run_lanes(w, &group);
    if (failed.code != ERR_NONE) {
        jobs_rollback(w, w->cx);
    } else {
        end_jobs(w, &group);
        failed = jobs_commit(w, w->cx);
    }

    if (failed.code == ERR_NONE) {
        keep(w, &group);
    } else if (err_is(failed, "database_away")) {
        /* Nothing is lost: the lanes stay ours by their fences, and the answers with them. */
        undo(&group, false);
        w->is_away = true;
    } else {
        bool was_alone = group.jobs == 1;

        undo(&group, true);
        if (was_alone)
            fail_alone(w, &group, failed);
    }
}

void
jobs_run_ready(struct worker *w)
{
    while (!w->is_away && jobs_holds(w, HELD_READY)) {
        struct arena_mark mark = arena_mark(w->cx->arena);

        run_group(w);
        jobs_renew(w);
        arena_rewind(w->cx->arena, mark);
    }
}
