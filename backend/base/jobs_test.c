#include "base/clock.h"
#include "base/jobs.h"
#include "base/master.h"
#include "base/testing/testing.h"
#include "jobs.sql.h"

#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define STMT(constant, of_shape, count, sql)                                                       \
    static const struct db_stmt constant = {                                                       \
        .name = #constant, .shape = of_shape, .params = count, .text = sql                         \
    }

STMT(effect_add, DB_EXEC, 3,
     "INSERT INTO effects (lane, subject, note) VALUES ($1::bigint, $2::bigint, $3::text)");
STMT(effects_all, DB_MANY, 0, "SELECT lane, subject, note FROM effects ORDER BY id");
STMT(jobs_left, DB_ONE, 0, "SELECT count(*) FROM jobs");
STMT(lanes_left, DB_ONE, 0, "SELECT count(*) FROM lanes");
STMT(lanes_leased, DB_ONE, 0, "SELECT count(*) FROM lanes WHERE lease_until IS NOT NULL");
STMT(dead_all, DB_MANY, 0, "SELECT subject_id, attempts, why, arg FROM dead_jobs ORDER BY id");
STMT(leases_end, DB_EXEC, 0,
     "UPDATE lanes SET lease_until = '2000-01-01' WHERE lease_until IS NOT NULL");
STMT(fences_move, DB_EXEC, 0, "UPDATE lanes SET fence = fence + 1");
STMT(workers_end, DB_EXEC, 0,
     "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = "
     "'test_worker'");
STMT(attempts_now, DB_ONE, 0, "SELECT attempt FROM jobs");

STMT(
    backlog_add, DB_EXEC, 0,
    "WITH l AS (INSERT INTO lanes (queue, lane, run_at) SELECT 'flow', n, 'infinity' "
    "FROM generate_series(1001, 4000) n RETURNING lane) "
    "INSERT INTO jobs (queue, lane, kind, subject_id) SELECT 'flow', lane, 'test.plain', 1 FROM l");
STMT(rows_walked, DB_ONE, 0,
     "SELECT sum(pg_stat_get_xact_tuples_returned(t))::bigint FROM unnest('{jobs, jobs_pkey, "
     "lanes, lanes_pkey, lanes_due}'::regclass[]) t");

/* What children and parent both see. */
static struct shared {
    int steps;      /* begun, by all workers */
    int kill_at;    /* the step in which the worker is killed; 0: none */
    bool kill_late; /* after its effect rather than before */
} * shared;

/* The test's second connection, for a step that meddles with its own worker. */
static struct cx *meddler;
static struct {
    int failing_attempts;
    struct err failure;
    int64_t later_us;
    struct job seen;   /* by step_later */
    char told[64];     /* to step_heir */
    const char *line;  /* of the shell, for step_running */
    const char *place; /* and where it leaves what it printed */
} script;

static struct err
leave_effect(struct cx *cx, const struct job *job, const char *note)
{
    return db_exec(cx, &effect_add, NULL, P_I64(job->lane), P_I64(job->subject_id),
                   P_STR(str_of(note)));
}

static struct err
step_plain(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
           struct job_outcome *out)
{
    bool is_last;

    (void)answer;
    (void)out;
    is_last = ++shared->steps == shared->kill_at;
    if (is_last && !shared->kill_late)
        raise(SIGKILL);
    TRY(leave_effect(cx, job, "plain"));
    if (is_last)
        raise(SIGKILL);
    return OK;
}

static struct err
step_failing(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
             struct job_outcome *out)
{
    (void)answer;
    (void)out;
    TRY(leave_effect(cx, job, "failing"));
    if (job->attempt <= script.failing_attempts)
        return script.failure;
    return OK;
}

static struct err
step_later(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
           struct job_outcome *out)
{
    (void)answer;
    script.seen = *job;
    if (cx->now_us < script.later_us)
        *out = (struct job_outcome){ .verdict = JOB_LATER, .at_us = script.later_us };
    else
        TRY(leave_effect(cx, job, "later"));
    return OK;
}

static struct err
step_again(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
           struct job_outcome *out)
{
    (void)answer;
    *out = (struct job_outcome){ .verdict = JOB_AGAIN, .why = "provider_away" };
    return leave_effect(cx, job, "again");
}

static struct err
step_overtaken(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
               struct job_outcome *out)
{
    (void)answer;
    (void)out;
    TRY(leave_effect(cx, job, "overtaken"));
    db_begin(meddler, TX_WRITE);
    CHECK_OK(db_exec_(meddler, &fences_move, NULL, NULL, 0));
    return db_commit(meddler);
}

/* subject_id is the port of a server on this host. */
static struct err
step_calling(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
             struct job_outcome *out)
{
    if (answer == NULL) {
        out->verdict = JOB_CALL;
        out->step = 7;
        out->call = (struct httpc_call){
            .method = "GET",
            .url = str_fmt(cx->arena, "http://127.0.0.1:%lld/", (long long)job->subject_id),
        };
        return leave_effect(cx, job, "before");
    }
    CHECK_OK(answer->failed);
    CHECK_I64(out->step, 7);
    return leave_effect(cx, job, str_cstr(cx->arena, answer->body));
}

/* A line of the shell for each subject, as long as the test goes; what they made lies in script.place. */
static struct err
step_running(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
             struct job_outcome *out)
{
    const char *made = str_cstr(
        cx->arena, str_fmt(cx->arena, "%s/%lld", script.place, (long long)job->subject_id));

    if (answer == NULL && access(made, F_OK) == 0)
        return leave_effect(cx, job, "found");
    if (answer == NULL) {
        const char **argv = arena_array(cx->arena, const char *, 4);

        argv[0] = "/bin/sh";
        argv[1] = "-c";
        argv[2] = script.line;
        out->verdict = JOB_RUN;
        out->program = (struct program_call){ .argv = argv, .save_to = made, .timeout_ms = 2000 };
        return OK;
    }
    if (shared->kill_at != 0)
        raise(SIGKILL);
    return leave_effect(cx, job, answer->failed.code == ERR_NONE ? "made" : answer->failed.slug);
}

/* What a company of jobs was told: who they are. A subject of 13 is nobody's to foresee. */
static struct err
foresee_company(struct cx *cx, const struct job *const *jobs, int n, void **foreseen)
{
    for (int i = 0; i < n; i++) {
        struct str *who = arena_new_of(cx->arena, struct str);

        if (jobs[i]->subject_id == 13)
            return FAIL(ERR_NOT_FOUND, "not_found");
        *who = str_fmt(cx->arena, "%d of %d", i + 1, n);
        foreseen[i] = who;
    }
    return OK;
}

static struct err
step_foreseen(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
              struct job_outcome *out)
{
    const struct str *who = job->foreseen;

    (void)answer;
    (void)out;
    return leave_effect(cx, job, str_cstr(cx->arena, *who));
}

/* Says what it was told, as often as it is asked. */
static struct err
step_heir(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
          struct job_outcome *out)
{
    (void)answer;
    (void)out;
    CHECK(job->arg.len < sizeof(script.told));
    memcpy(script.told, job->arg.p, job->arg.len);
    return leave_effect(cx, job, "heir");
}

static const struct job_kind kinds[] = {
    { "test.plain", QUEUE_FLOW, step_plain },
    { "test.failing", QUEUE_FLOW, step_failing, .attempts = 3, .backoff_ms = 60000 },
    { "test.waited_for", QUEUE_FLOW, step_failing, .attempts = 2, .heir = "test.heir" },
    { "test.heir", QUEUE_CHORES, step_heir },
    { "test.later", QUEUE_FLOW, step_later },
    { "test.again", QUEUE_FLOW, step_again, .attempts = 2 },
    { "test.overtaken", QUEUE_FLOW, step_overtaken },
    { "test.calling", QUEUE_FLOW, step_calling },
    { "test.running", QUEUE_FLOW, step_running },
    { "test.foreseen", QUEUE_FLOW, step_foreseen, foresee_company },
    { "test.foreseen_too", QUEUE_FLOW, step_foreseen, foresee_company },
    { "test.elsewhere", QUEUE_CHORES, step_plain },
    { 0 },
};

/* An empty queue, a table for effects, and the worker's connection. */
static struct cx *
queue(void)
{
    static const struct job_kind *const tables[] = { kinds };
    struct cx *owner = test_connection(NULL);

    if (jobs_kind(STR("test.plain")) == NULL)
        jobs_register(tables, 1);
    if (shared == NULL)
        shared =
            mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(shared != MAP_FAILED);
    *shared = (struct shared){ .steps = 0 };
    memset(&script, 0, sizeof(script));
    meddler = owner;

    CHECK(db_script(owner->db, owner->arena,
                    "TRUNCATE jobs, lanes, dead_jobs; DROP TABLE IF EXISTS effects; "
                    "CREATE TABLE effects (id bigint GENERATED ALWAYS AS IDENTITY, lane bigint, "
                    "  subject bigint, note text); "
                    "GRANT SELECT, INSERT ON effects TO balcao_worker") == NULL);
    return test_connection("balcao_worker");
}

static void
add(struct cx *cx, const char *kind, int64_t lane, int64_t subject)
{
    db_begin(cx, TX_WRITE);
    jobs_add(cx, kind, lane, subject, STR("arg"), 0);
    CHECK_OK(db_commit(cx));
}

static void
order(struct cx *cx, const struct db_stmt *stmt)
{
    db_begin(cx, TX_WRITE);
    CHECK_OK(db_exec_(cx, stmt, NULL, NULL, 0));
    CHECK_OK(db_commit(cx));
}

/* "subject:note subject:note …" in the order of the effects. */
static struct str
effects(struct cx *cx)
{
    struct db_rows rows = test_rows(cx, &effects_all);
    struct buf text = { .arena = cx->arena };

    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        buf_fmt(&text, "%s%lld:%.*s", i == 0 ? "" : " ", (long long)db_i64(&row, 1),
                STR_ARG(db_str(&row, 2)));
    }
    return buf_str(&text);
}

TEST(jobs_of_a_lane_run_in_order_and_leave_nothing_behind)
{
    struct cx *cx = queue();

    for (int i = 1; i <= 3; i++)
        add(cx, "test.plain", 5, i);
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 3);
    CHECK_STR(effects(cx), "1:plain 2:plain 3:plain");
    CHECK_I64(test_ask(cx, &jobs_left), 0);
    CHECK_I64(test_ask(cx, &lanes_left), 0);
}

TEST(a_long_lane_is_served_in_turns)
{
    struct cx *cx = queue();

    for (int i = 1; i <= 11; i++)
        add(cx, "test.plain", 5, i);
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 8);
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 3);
    CHECK_STR(effects(cx), "1:plain 2:plain 3:plain 4:plain 5:plain 6:plain 7:plain 8:plain "
                           "9:plain 10:plain 11:plain");
}

/* Plans are made while the queue is empty and kept while it fills. */
TEST(who_waits_is_not_walked_through_by_those_who_work)
{
    struct cx *cx = queue();
    struct db_row row;

    add(cx, "test.plain", 5, 1);
    CHECK(db_script(test_connection(NULL)->db, test_arena(), "ANALYZE jobs, lanes") == NULL);
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 1);
    order(cx, &backlog_add);
    for (int i = 0; i < 8; i++)
        add(cx, "test.plain", 10 + i, 1);

    db_begin(cx, TX_WRITE);
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 8);
    CHECK_OK(db_one_(cx, &rows_walked, &row, NULL, 0));
    CHECK(db_i64(&row, 0) < 500);
    CHECK_OK(db_commit(cx));
}

TEST(no_commit_no_job)
{
    struct cx *cx = queue();

    db_begin(cx, TX_WRITE);
    jobs_add(cx, "test.plain", 5, 1, STR(""), 0);
    db_rollback(cx);
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 0);
    CHECK_I64(test_ask(cx, &lanes_left), 0);
}

TEST(a_worker_serves_its_own_queue_only)
{
    struct cx *cx = queue();

    add(cx, "test.elsewhere", 5, 1);
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 0);
    CHECK_I64(jobs_work_once(cx, QUEUE_CHORES), 1);
}

TEST(a_job_for_later_waits_beside_its_lane)
{
    struct cx *cx = queue();

    db_begin(cx, TX_WRITE);
    jobs_add(cx, "test.plain", 5, 1, STR(""), cx->now_us + US_PER_HOUR);
    jobs_add(cx, "test.plain", 5, 2, STR(""), 0);
    CHECK_OK(db_commit(cx));
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 1);
    CHECK_STR(effects(cx), "2:plain");
    cx->now_us += US_PER_HOUR;
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 1);
    CHECK_STR(effects(cx), "2:plain 1:plain");
}

TEST(what_gathers_waits_for_company)
{
    struct cx *cx = queue();

    for (int lane = 1; lane <= 3; lane++) {
        db_begin(cx, TX_WRITE);
        jobs_gather(cx, "test.foreseen", lane, 100 + lane, STR(""));
        CHECK_OK(db_commit(cx));
        CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 0);
        cx->now_us += JOBS_GATHER_MS * US_PER_MS / 3;
    }
    cx->now_us = jobs_gathered_us(cx->now_us - US_PER_MS);
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 3);
    CHECK_STR(effects(cx), "101:1 of 3 102:2 of 3 103:3 of 3");
}

TEST(a_failure_of_the_world_is_tried_again_and_nothing_overtakes)
{
    struct cx *cx = queue();

    script.failing_attempts = 1;
    script.failure = FAIL(ERR_UNAVAILABLE, "provider_away");
    add(cx, "test.failing", 5, 1);
    add(cx, "test.plain", 5, 2);
    add(cx, "test.plain", 6, 3);
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 1);
    CHECK_STR(effects(cx), "3:plain");

    /* A job that comes later does not hurry the lane. */
    add(cx, "test.plain", 5, 4);
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 0);
    cx->now_us += 76 * US_PER_S; /* a minute, and a quarter of jitter */
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 3);
    CHECK_STR(effects(cx), "3:plain 1:failing 2:plain 4:plain");
}

TEST(what_keeps_failing_ends_among_the_dead)
{
    struct cx *cx = queue();
    struct db_rows dead;
    struct db_row row;

    script.failing_attempts = 3;
    script.failure = FAIL(ERR_UNAVAILABLE, "provider_away");
    add(cx, "test.failing", 5, 1);
    add(cx, "test.plain", 5, 2);
    for (int i = 0; i < 3; i++) {
        jobs_work_once(cx, QUEUE_FLOW);
        cx->now_us += US_PER_HOUR;
    }
    dead = test_rows(cx, &dead_all);
    CHECK_I64(dead.count, 1);
    row = db_row_at(&dead, 0);
    CHECK_I64(db_i64(&row, 0), 1);
    CHECK_I64(db_i64(&row, 1), 3);
    CHECK_STR(db_str(&row, 2), "provider_away");
    CHECK_STR(db_str(&row, 3), "arg");
    jobs_work_once(cx, QUEUE_FLOW);
    CHECK_STR(effects(cx), "2:plain");
}

TEST(a_hopeless_job_dies_at_once_without_its_effects)
{
    struct cx *cx = queue();

    script.failing_attempts = 1;
    script.failure = FAIL(ERR_NOT_FOUND, "subject_unknown");
    add(cx, "test.plain", 4, 9);
    add(cx, "test.failing", 5, 1);
    add(cx, "test.plain", 5, 2);
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 3);
    CHECK_STR(effects(cx), "9:plain 2:plain");
    CHECK_I64(test_rows(cx, &dead_all).count, 1);
}

TEST(who_waits_for_a_dead_job_is_cared_for_by_its_heir)
{
    struct cx *cx = queue();
    struct str id, why, arg;

    script.failing_attempts = 2;
    script.failure = FAIL(ERR_UNAVAILABLE, "provider_away");
    add(cx, "test.waited_for", 5, 7);
    jobs_work_once(cx, QUEUE_FLOW);
    CHECK_I64(jobs_work_once(cx, QUEUE_CHORES), 0); /* it may still go well */
    cx->now_us += US_PER_HOUR;
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 1);
    CHECK_I64(jobs_work_once(cx, QUEUE_CHORES), 1);
    CHECK_STR(effects(cx), "7:heir");
    arg = str_of(script.told);
    CHECK(str_cut(&arg, ':', &id));
    CHECK(str_cut(&arg, ':', &why));
    CHECK_STR(why, "provider_away");
    CHECK_STR(arg, "arg");
    CHECK_I64(test_rows(cx, &dead_all).count, 1);
    CHECK_I64(test_ask(cx, &jobs_left), 0);
    CHECK_I64(jobs_work_once(cx, QUEUE_CHORES), 0);
    CHECK_I64(test_ask(cx, &lanes_left), 0);
}

TEST(whoever_lost_the_lease_buries_nobody_and_leaves_no_heir)
{
    struct cx *cx = queue();

    script.failing_attempts = 1;
    script.failure = FAIL(ERR_NOT_FOUND, "subject_unknown");
    add(cx, "test.waited_for", 5, 7);
    add(cx, "test.overtaken", 5, 8);
    jobs_work_once(cx, QUEUE_FLOW);
    CHECK_I64(test_rows(cx, &dead_all).count, 1);
    db_begin(cx, TX_WRITE);
    CHECK_FAIL(db_exec(cx, &SQL_job_bury, NULL, P_STR(STR("flow")), P_I64(5), P_I64(1), P_I64(1),
                       P_I64(1), P_STR(STR("late")), P_TIME(cx->now_us), P_STR(STR("chores")),
                       P_STR(STR("test.heir")), P_I64(99)),
               ERR_CONFLICT, "lease_lost");
    db_rollback(cx);
    CHECK_I64(jobs_work_once(cx, QUEUE_CHORES), 1);
    CHECK_STR(effects(cx), "7:heir");
}

TEST(effects_of_a_step_that_asks_for_more_time_are_kept)
{
    struct cx *cx = queue();

    add(cx, "test.again", 5, 1);
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 0);
    CHECK_STR(effects(cx), "1:again");
    CHECK_I64(test_ask(cx, &attempts_now), 1);
    cx->now_us += US_PER_HOUR;
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 1);
    CHECK_I64(test_rows(cx, &dead_all).count, 1);
}

TEST(not_now_is_no_attempt)
{
    struct cx *cx = queue();

    script.later_us = cx->now_us + US_PER_MIN;
    add(cx, "test.later", 5, 1);
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 0);
    CHECK_I64(test_ask(cx, &attempts_now), 0);
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 0);
    cx->now_us += US_PER_MIN;
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 1);
    CHECK_STR(effects(cx), "1:later");
}

TEST(what_was_done_before_a_job_that_is_put_off_is_done_with_it)
{
    struct cx *cx = queue();

    script.later_us = cx->now_us + US_PER_S;
    add(cx, "test.plain", 5, 1);
    add(cx, "test.later", 5, 2);
    add(cx, "test.plain", 5, 3);
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 1);
    CHECK_I64(shared->steps, 1); /* in one transaction, which did not have to be tried again */
    CHECK_I64(test_ask(cx, &jobs_left), 2);
    cx->now_us = script.later_us;
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 2);
    CHECK_STR(effects(cx), "1:plain 2:later 3:plain");
}

TEST(what_gave_its_lane_back_cannot_give_it_back_again)
{
    struct cx *cx = queue();

    /* As if the answer to our commit were lost, and we did the same once more. */
    script.later_us = cx->now_us + US_PER_MIN;
    add(cx, "test.later", 5, 1);
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 0);
    db_begin(cx, TX_WRITE);
    CHECK_FAIL(db_exec(cx, &SQL_job_again, NULL, P_STR(STR("flow")), P_I64(script.seen.lane),
                       P_I64(script.seen.fence), P_I64(script.seen.id), P_NULL, P_I64(0), P_I64(1),
                       P_TIME(cx->now_us), P_BOOL(false)),
               ERR_CONFLICT, "lease_lost");
    db_rollback(cx);
}

TEST(who_lost_the_lease_has_no_effect)
{
    struct cx *cx = queue();

    add(cx, "test.overtaken", 5, 1);
    add(cx, "test.plain", 5, 2);
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 0);
    CHECK_STR(effects(cx), "");
    CHECK_I64(test_ask(cx, &jobs_left), 2);
    CHECK_I64(test_ask(cx, &lanes_leased), 1); /* by the other one */
}

TEST(a_leased_lane_is_nobody_elses_until_the_lease_ends)
{
    struct cx *cx = queue(), *other = test_connection("balcao_worker");
    struct conf hurried = *cx->conf;

    hurried.job_lease_s = 60;
    other->conf = &hurried;
    add(cx, "test.overtaken", 5, 1);
    jobs_work_once(cx, QUEUE_FLOW); /* "another worker" holds it now */
    CHECK_I64(jobs_work_once(other, QUEUE_FLOW), 0);
    CHECK_I64(test_ask(cx, &attempts_now), 0);

    add(cx, "test.plain", 5, 2);
    other->now_us += 61 * US_PER_S;
    db_begin(meddler, TX_WRITE);
    db_rollback(meddler);
    jobs_work_once(other, QUEUE_FLOW);
    CHECK_I64(test_ask(cx, &jobs_left), 2); /* overtaken once more: and its attempts count up */
}

/* Company shares a transaction, and so its number; accounts never do. */
TEST(accounts_do_not_share_a_transaction)
{
    STMT(transactions, DB_ONE, 0, "SELECT count(DISTINCT xmin::text) FROM effects");
    struct cx *cx = queue();

    for (int lane = 1; lane <= 6; lane++) {
        cx->account.v = 1 + lane % 2;
        add(cx, "test.plain", lane, lane);
    }
    cx->account.v = 0;
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 6);
    CHECK_I64(test_ask(cx, &transactions), 2);
}

TEST(jobs_that_share_a_transaction_look_ahead_together)
{
    struct cx *cx = queue();

    add(cx, "test.foreseen", 1, 101);
    add(cx, "test.foreseen", 1, 102);
    add(cx, "test.plain", 2, 103);
    add(cx, "test.foreseen", 3, 104);
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 4);
    CHECK_STR(effects(cx), "101:1 of 3 102:2 of 3 103:plain 104:3 of 3");
}

TEST(two_kinds_that_look_ahead_share_no_transaction)
{
    struct cx *cx = queue();

    add(cx, "test.foreseen", 1, 101);
    add(cx, "test.foreseen_too", 1, 102);
    add(cx, "test.foreseen", 2, 103);
    add(cx, "test.foreseen_too", 3, 104);
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 4);
    CHECK_STR(effects(cx), "101:1 of 2 103:2 of 2 102:1 of 2 104:2 of 2");
}

TEST(what_cannot_look_ahead_dies_alone)
{
    struct cx *cx = queue();
    struct db_rows dead;
    struct db_row row;

    add(cx, "test.foreseen", 1, 101);
    add(cx, "test.foreseen", 2, 13);
    add(cx, "test.foreseen", 3, 103);
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 3);
    CHECK_STR(effects(cx), "101:1 of 1 103:1 of 1");
    dead = test_rows(cx, &dead_all);
    CHECK_I64(dead.count, 1);
    row = db_row_at(&dead, 0);
    CHECK_I64(db_i64(&row, 0), 13);
    CHECK_STR(db_str(&row, 2), "not_found");
}

TEST(within_a_transaction_a_turn_is_part_of_it)
{
    struct cx *cx = queue();
    struct db_rows rows;

    db_begin(cx, TX_WRITE);
    jobs_add(cx, "test.plain", 5, 1, STR(""), 0);
    jobs_add(cx, "test.plain", 6, 2, STR(""), 0);
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 2);
    CHECK_OK(db_many_(cx, &effects_all, &rows, NULL, 0));
    CHECK_I64(rows.count, 2);
    db_rollback(cx);
    CHECK_STR(effects(cx), "");
}

/* --- the bell --------------------------------------------------------------------- */

TEST(each_touched_queue_rings_once)
{
    struct cx *cx = queue();
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int bell = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    char byte;

    snprintf(address.sun_path, sizeof(address.sun_path), "%s/bell-flow.sock", cx->conf->run_dir);
    CHECK_I64(bind(bell, (struct sockaddr *)&address, sizeof(address)), 0);
    jobs_ring(cx);
    while (recv(bell, &byte, 1, 0) >= 0)
        ;

    add(cx, "test.plain", 5, 1);
    add(cx, "test.plain", 6, 2);
    add(cx, "test.elsewhere", 6, 2); /* nobody listens: no harm */
    jobs_ring(cx);
    CHECK_I64(recv(bell, &byte, 1, 0), 1);
    CHECK_I64(recv(bell, &byte, 1, 0), -1);
    db_begin(cx, TX_WRITE);
    jobs_gather(cx, "test.plain", 5, 3, STR("")); /* in no hurry */
    CHECK_OK(db_commit(cx));
    jobs_ring(cx);
    CHECK_I64(recv(bell, &byte, 1, 0), -1);
    close(bell);
}

/* --- calls ------------------------------------------------------------------------- */

/* Answers `calls` requests with "pong", all held back until the last has come. */
static pid_t
serve(int listener, int calls)
{
    static const char answer[] =
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\npong";
    pid_t child = fork();

    if (child != 0)
        return child;
    int fds[64];
    char request[4096];

    for (int i = 0; i < calls; i++)
        fds[i] = accept(listener, NULL, NULL);
    for (int i = 0; i < calls; i++)
        if (read(fds[i], request, sizeof(request)) > 0)
            (void)!write(fds[i], answer, sizeof(answer) - 1);
    _exit(0);
}

TEST(calls_of_many_lanes_are_in_flight_at_once)
{
    struct cx *cx = queue();
    struct conf conf = *cx->conf;
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
    socklen_t len = sizeof(address);
    int listener = socket(AF_INET, SOCK_STREAM, 0), port;
    pid_t server;

    CHECK_I64(bind(listener, (struct sockaddr *)&address, len), 0);
    CHECK_I64(listen(listener, 64), 0);
    CHECK_I64(getsockname(listener, (struct sockaddr *)&address, &len), 0);
    port = ntohs(address.sin_port);
    conf.outbound_allow = str_cstr(cx->arena, str_fmt(cx->arena, "127.0.0.1:%d", port));
    cx->conf = &conf;

    for (int lane = 1; lane <= 10; lane++)
        add(cx, "test.calling", lane, port);
    server = serve(listener, 10);
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 10);
    CHECK_I64(waitpid(server, NULL, 0), server);
    close(listener);

    struct str done = effects(cx);
    int before = 0, after = 0;

    for (struct str rest = done, head; str_cut(&rest, ' ', &head);) {
        before += str_ends(head, STR(":before"));
        after += str_ends(head, STR(":pong"));
    }
    CHECK_I64(before, 10);
    CHECK_I64(after, 10);
    CHECK_I64(test_ask(cx, &lanes_left), 0);
}

/* --- workers that die -------------------------------------------------------------- */

#define LANES 12
#define JOBS_PER_LANE 10

static void
fill(struct cx *cx)
{
    cx->now_us = clock_now_us() - US_PER_S;
    db_begin(cx, TX_WRITE);
    for (int i = 0; i < JOBS_PER_LANE; i++)
        for (int lane = 1; lane <= LANES; lane++)
            jobs_add(cx, "test.plain", lane, i, STR(""), 0);
    CHECK_OK(db_commit(cx));
}

/* A SIGTERM that comes before the child listens for it waits. */
static pid_t
start_worker(struct cx *cx)
{
    sigset_t term;
    pid_t child;

    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    sigprocmask(SIG_BLOCK, &term, NULL);
    fflush(NULL);
    child = fork();
    if (child == 0) {
        struct cx own = *cx;

        prctl(PR_SET_PDEATHSIG, SIGKILL); /* a test that fails leaves no worker behind */
        master_catch_signals();
        sigprocmask(SIG_UNBLOCK, &term, NULL);
        own.arena = arena_new(4096);
        own.db = db_open(test_conninfo("balcao_worker"), "test_worker");
        jobs_work(&own, QUEUE_FLOW, 0, -1);
        _exit(0);
    }
    sigprocmask(SIG_UNBLOCK, &term, NULL);
    return child;
}

/* Waits until so many effects are there, or the worker has ended. */
static void
wait_for_effects(struct cx *cx, pid_t worker, int n)
{
    STMT(effects_count, DB_ONE, 0, "SELECT count(*) FROM effects");
    siginfo_t ended = { .si_pid = 0 };

    while (test_ask(cx, &effects_count) < n && ended.si_pid == 0)
        waitid(P_PID, (id_t)worker, &ended, WEXITED | WNOHANG | WNOWAIT);
}

/* Each job of each lane left one effect, in the order in which they were added. */
static void
check_once_and_in_order(struct cx *cx)
{
    struct db_rows rows = test_rows(cx, &effects_all);
    int64_t next[LANES + 1] = { 0 };

    CHECK_I64(rows.count, LANES * JOBS_PER_LANE);
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        CHECK_I64(db_i64(&row, 1), next[db_i64(&row, 0)]++);
    }
    CHECK_I64(test_ask(cx, &jobs_left), 0);
    CHECK_I64(test_rows(cx, &dead_all).count, 0);
}

static int
end_of(pid_t worker, int signal)
{
    int status = 0;

    if (signal != 0)
        kill(worker, signal);
    CHECK_I64(waitpid(worker, &status, 0), worker);
    return status;
}

TEST(a_worker_killed_in_a_step_loses_and_doubles_nothing)
{
    struct cx *cx = queue();
    pid_t worker;
    int status;

    fill(cx);
    for (int round = 0; round < 6; round++) {
        shared->kill_at = shared->steps + 3 + 5 * round;
        shared->kill_late = round % 2 == 1;
        status = end_of(start_worker(cx), 0);
        CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        order(meddler, &leases_end);
    }
    shared->kill_at = 0;
    worker = start_worker(cx);
    wait_for_effects(cx, worker, LANES * JOBS_PER_LANE);
    CHECK_I64(end_of(worker, SIGTERM), 0);
    check_once_and_in_order(cx);
    CHECK_I64(test_ask(cx, &lanes_left), 0);
}

TEST(a_worker_killed_at_any_moment_loses_and_doubles_nothing)
{
    struct cx *cx = queue();

    fill(cx);
    for (int done = 10; done < LANES * JOBS_PER_LANE; done += 23) {
        pid_t worker = start_worker(cx);

        wait_for_effects(cx, worker, done);
        end_of(worker, SIGKILL);
        order(meddler, &leases_end);
    }
    pid_t last = start_worker(cx);

    wait_for_effects(cx, last, LANES * JOBS_PER_LANE);
    end_of(last, SIGTERM);
    check_once_and_in_order(cx);
}

TEST(a_worker_that_is_asked_to_end_lets_go_of_its_lanes)
{
    struct cx *cx = queue();
    pid_t worker;

    fill(cx);
    worker = start_worker(cx);
    wait_for_effects(cx, worker, 8);
    CHECK_I64(end_of(worker, SIGTERM), 0);
    CHECK_I64(test_ask(cx, &lanes_leased), 0);

    worker = start_worker(cx);
    wait_for_effects(cx, worker, LANES * JOBS_PER_LANE);
    CHECK_I64(end_of(worker, SIGTERM), 0);
    check_once_and_in_order(cx);
}

TEST(a_worker_whose_sessions_are_cut_goes_on)
{
    struct cx *cx = queue();
    pid_t worker;

    fill(cx);
    worker = start_worker(cx);
    for (int done = 5; done < LANES * JOBS_PER_LANE; done += 20) {
        wait_for_effects(cx, worker, done);
        order(meddler, &workers_end);
    }
    wait_for_effects(cx, worker, LANES * JOBS_PER_LANE);
    CHECK_I64(end_of(worker, SIGTERM), 0);
    check_once_and_in_order(cx);
}

TEST(workers_share_the_lanes)
{
    struct cx *cx = queue();
    pid_t workers[3];

    for (int i = 0; i < 3; i++)
        workers[i] = start_worker(cx);
    fill(cx);
    wait_for_effects(cx, workers[0], LANES * JOBS_PER_LANE);
    for (int i = 0; i < 3; i++)
        CHECK_I64(end_of(workers[i], SIGTERM), 0);
    check_once_and_in_order(cx);
    CHECK_I64(test_ask(cx, &lanes_left), 0);
}

/* --- programs ------------------------------------------------------------------------ */

TEST(a_program_runs_between_two_steps)
{
    struct cx *cx = queue();

    script.place = test_dir();
    script.line = "printf sound";
    add(cx, "test.running", 1, 7);
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 1);
    CHECK_STR(effects(cx), "7:made");
    CHECK_I64(test_ask(cx, &lanes_left), 0);
}

TEST(a_program_that_hangs_holds_up_its_own_lane_only)
{
    struct cx *cx = queue();
    pid_t worker;

    script.place = test_dir();
    script.line = "exec sleep 600";
    add(cx, "test.running", 1, 7);
    add(cx, "test.plain", 1, 8);
    for (int i = 0; i < 3; i++)
        add(cx, "test.plain", 2 + i, i);
    cx->now_us = clock_now_us();
    worker = start_worker(cx);
    wait_for_effects(cx, worker, 5);
    end_of(worker, SIGTERM);
    CHECK_STR(effects(cx), "0:plain 1:plain 2:plain 7:program_timeout 8:plain");
}

TEST(a_flood_of_a_program_ends_in_a_word)
{
    struct cx *cx = queue();

    script.place = test_dir();
    script.line = "exec yes >&2";
    add(cx, "test.running", 1, 7);
    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 1);
    CHECK_STR(effects(cx), "7:program_flooded");
}

TEST(a_worker_killed_with_its_program_begins_again_and_finds_what_was_made)
{
    struct cx *cx = queue();
    pid_t worker;
    int status;

    script.place = test_dir();
    script.line = "printf sound";
    add(cx, "test.running", 1, 7);
    shared->kill_at = 1; /* when the program has ended, before anybody wrote that down */
    status = end_of(start_worker(cx), 0);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    CHECK_I64(test_rows(cx, &effects_all).count, 0);

    shared->kill_at = 0;
    order(meddler, &leases_end);
    worker = start_worker(cx);
    wait_for_effects(cx, worker, 1);
    CHECK_I64(end_of(worker, SIGTERM), 0);
    CHECK_STR(effects(cx), "7:found");
}

/* Nobody has asked for its end yet; it does nothing any more. */
static bool
is_zombie(pid_t pid)
{
    char path[64], state = '?';
    FILE *file;

    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    file = fopen(path, "r");
    if (file == NULL)
        return true;
    if (fscanf(file, "%*d %*s %c", &state) != 1)
        state = 'X';
    fclose(file);
    return state == 'Z' || state == 'X';
}

TEST(a_program_dies_with_its_worker)
{
    struct cx *cx = queue();
    const char *mark = str_cstr(cx->arena, str_fmt(cx->arena, "%s/pid", test_dir()));
    char text[32] = "";
    int64_t pid = 0;
    pid_t worker;

    script.place = test_dir();
    script.line = str_cstr(cx->arena, str_fmt(cx->arena, "echo $$ > %s; exec sleep 600", mark));
    add(cx, "test.running", 1, 7);
    worker = start_worker(cx);
    while (pid == 0) {
        FILE *file = fopen(mark, "r");

        if (file == NULL)
            continue;
        if (fgets(text, sizeof text, file) != NULL)
            (void)str_i64(str_trim(str_of(text)), &pid);
        fclose(file);
    }
    end_of(worker, SIGKILL);
    while (kill((pid_t)pid, 0) == 0 && !is_zombie((pid_t)pid))
        continue;
}
