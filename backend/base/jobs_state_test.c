/*
 * The memory of a job between its steps, when the transaction of one is undone.
 */
#include "base/clock.h"
#include "base/jobs.h"
#include "base/testing/testing.h"

enum { STEPS = 3 };

static struct {
    struct err failure; /* of the first run of the second step */
    char told[16];      /* how many steps each run found in its memory, a digit for each */
    size_t n;
    bool is_whole; /* at the end its words were there, each in its place */
} script;

struct memory {
    int steps;
    struct str words[STEPS];
};

static struct err
step_counting(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
              struct job_outcome *out)
{
    static const char *const nothing[] = { "/bin/true", NULL };
    struct memory *m = answer == NULL ? JOB_STATE(cx, out, struct memory) : out->state;
    struct err failure = script.failure;

    (void)job;
    script.told[script.n++] = (char)('0' + m->steps);
    m->words[m->steps] = str_fmt(cx->arena, "word %d", m->steps);
    m->steps++;
    if (m->steps == 2 && failure.code != ERR_NONE) {
        script.failure = OK;
        return failure;
    }
    if (m->steps < STEPS) {
        out->verdict = JOB_RUN;
        out->program = (struct program_call){ .argv = nothing, .timeout_ms = 60000 };
        return OK;
    }
    script.is_whole = str_eq(m->words[0], STR("word 0")) && str_eq(m->words[1], STR("word 1"));
    return OK;
}

static const struct job_kind kinds[] = { { "test.counting", QUEUE_FLOW, step_counting }, { 0 } };

/* A queue with the one job in it. */
static struct cx *
queue(struct err failure)
{
    static const struct job_kind *const tables[] = { kinds };
    struct cx *owner = test_connection(NULL), *cx = test_connection("balcao_worker");

    if (jobs_kind(STR("test.counting")) == NULL)
        jobs_register(tables, 1);
    memset(&script, 0, sizeof script);
    script.failure = failure;
    CHECK(db_script(owner->db, owner->arena, "TRUNCATE jobs, lanes, dead_jobs") == NULL);
    db_begin(cx, TX_WRITE);
    jobs_add(cx, "test.counting", 5, 1, STR(""), 0);
    CHECK_OK(db_commit(cx));
    return cx;
}

TEST(a_job_remembers_from_step_to_step)
{
    struct cx *cx = queue(OK);

    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 1);
    CHECK_STR(str_of(script.told), "012");
    CHECK(script.is_whole);
}

TEST(a_step_that_was_undone_finds_its_memory_as_it_was)
{
    struct cx *cx = queue((struct err){ .code = ERR_RETRY, .slug = "serialization" });

    CHECK_I64(jobs_work_once(cx, QUEUE_FLOW), 1);
    CHECK_STR(str_of(script.told), "0112");
    CHECK(script.is_whole);
}
