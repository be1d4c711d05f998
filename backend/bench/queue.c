/*
 * balcao-queue: the queue alone, with a kind of job that does nothing, on the queue
 * "flow" of an instance whose workers are stopped. Prints "add drain p99": jobs
 * added per second, each with its own commit; jobs ended per second; and the time
 * in ms from adding to starting that 99 of 100 keep, two hundred a second.
 */
#include "base/clock.h"
#include "base/jobs.h"
#include "base/unix_socket.h"
#include "main/start.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PROCESSES = 8, JOBS_EACH = 2500, STARTS = 1000, PER_SECOND = 200 };

/* What all processes write. */
static struct {
    int64_t waited_us[STARTS];
} * shared;

static struct conf conf;

/* subject_id: which one it is, counted from 1; arg: when it was added. 0: nobody asks. */
static struct err
begin_nothing(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
              struct job_outcome *out)
{
    int64_t added_us;

    (void)cx;
    (void)answer;
    (void)out;
    if (job->subject_id > 0 && job->subject_id <= STARTS && str_i64(job->arg, &added_us))
        shared->waited_us[job->subject_id - 1] = clock_monotonic_us() - added_us;
    return OK;
}

static const struct job_kind kinds[] = {
    { .name = "bench.nothing", .queue = QUEUE_FLOW, .step = begin_nothing },
    { 0 },
};

static void
add(struct cx *cx, int64_t subject, int64_t added_us)
{
    struct arena_mark mark = arena_mark(cx->arena);

    db_begin(cx, TX_WRITE);
    jobs_add(cx, "bench.nothing", jobs_lane_alone(), subject,
             str_fmt(cx->arena, "%lld", (long long)added_us), 0);
    if (db_commit(cx).code != ERR_NONE)
        exit(EXIT_FAILURE);
    arena_rewind(cx->arena, mark);
}

static void
add_many(struct cx *cx)
{
    for (int i = 0; i < JOBS_EACH; i++)
        add(cx, 0, 0);
}

static void
end_all(struct cx *cx)
{
    do
        cx->now_us = clock_now_us();
    while (jobs_work_once(cx, QUEUE_FLOW) > 0);
}

static void
work(struct cx *cx)
{
    int bell = unix_socket_bind(start_path(cx->arena, &conf, "bell-flow.sock"), SOCK_DGRAM, 0);

    jobs_work(cx, QUEUE_FLOW, 0, bell);
}

static pid_t
child(void (*run)(struct cx *))
{
    pid_t pid = fork();

    if (pid == 0) {
        struct arena *arena = arena_new(64 * 1024);
        struct cx cx = { .arena = arena,
                         .db = db_open(conf.db_worker, "bench"),
                         .conf = &conf,
                         .now_us = clock_now_us(),
                         .actor = ACTOR_JOB };

        run(&cx);
        _exit(EXIT_SUCCESS);
    }
    return pid;
}

/* Things per second of that many processes together. */
static double
rate(int processes, void (*run)(struct cx *))
{
    int64_t began_us = clock_monotonic_us();
    int status;

    for (int i = 0; i < processes; i++)
        child(run);
    while (wait(&status) > 0)
        if (status != 0)
            exit(EXIT_FAILURE);
    return PROCESSES * JOBS_EACH / ((double)(clock_monotonic_us() - began_us) / (double)US_PER_S);
}

static void
pause_until(int64_t at_us)
{
    int64_t left_us = at_us - clock_monotonic_us();

    if (left_us > 0)
        nanosleep(&(struct timespec){ left_us / US_PER_S, left_us % US_PER_S * 1000 }, NULL);
}

static void
add_steadily(struct cx *cx)
{
    int64_t began_us = clock_monotonic_us();

    for (int i = 0; i < STARTS; i++) {
        pause_until(began_us + i * US_PER_S / PER_SECOND);
        add(cx, i + 1, clock_monotonic_us());
        jobs_ring(cx);
    }
}

static int
by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static double
p99_ms(void)
{
    pid_t worker = child(work);

    waitpid(child(add_steadily), NULL, 0);
    pause_until(clock_monotonic_us() + US_PER_S); /* the last ones start */
    kill(worker, SIGKILL);
    waitpid(worker, NULL, 0);
    for (int i = 0; i < STARTS; i++)
        if (shared->waited_us[i] == 0)
            shared->waited_us[i] = INT64_MAX;
    qsort(shared->waited_us, STARTS, sizeof shared->waited_us[0], by_size);
    return (double)shared->waited_us[STARTS * 99 / 100] / (double)US_PER_MS;
}

int
main(void)
{
    static const struct job_kind *const tables[] = { kinds };
    struct arena *arena = arena_new(64 * 1024);
    double added, ended;

    start(arena, "bench", &conf);
    jobs_register(tables, 1);
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        return EXIT_FAILURE;
    added = rate(PROCESSES, add_many);
    ended = rate(PROCESSES / 2, end_all);
    printf("%.0f %.0f %.1f\n", added, ended, p99_ms());
    arena_free(arena);
    return EXIT_SUCCESS;
}
