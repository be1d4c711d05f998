/*
 * balcao-worker: does what may be slow. A pool for each queue, so that a provider
 * that is away delays nobody else.
 */
#include "base/jobs.h"
#include "base/master.h"
#include "base/trial.h"
#include "domain/auth/auth.h"
#include "main/start.h"
#include "main/tables.h"

enum { ARENA_BYTES = 64 * 1024 };

struct pool {
    const struct conf *conf;
    enum job_queue queue;
};

static void
run(const struct master_pool *master_pool, int listen_fd, int doorbell_fd, void *arg)
{
    const struct pool *pool = arg;
    struct cx cx = {
        .arena = arena_new(ARENA_BYTES),
        .db = db_open(pool->conf->db_worker, master_pool->name),
        .conf = pool->conf,
        .actor = ACTOR_JOB,
        .bound = access_everything,
    };

    (void)listen_fd;
    jobs_work(&cx, pool->queue, master_place(), doorbell_fd);
    db_close(cx.db);
    arena_free(cx.arena);
}

int
main(int argc, char **argv)
{
    struct arena *arena = arena_new(ARENA_BYTES);
    struct master_pool pools[QUEUE__MAX];
    struct pool args[QUEUE__MAX];
    struct conf conf;
    int status;

    start(arena, "worker", &conf);
    start_keys(&conf);
    jobs_register(job_tables, job_table_count);

    const int64_t children[QUEUE__MAX] = {
        [QUEUE_INBOUND] = conf.worker_inbound, [QUEUE_OUTBOUND] = conf.worker_outbound,
        [QUEUE_FLOW] = conf.worker_flow,       [QUEUE_DELIVERY] = conf.worker_delivery,
        [QUEUE_CHORES] = conf.worker_chores,
    };
    for (int q = 0; q < QUEUE__MAX; q++) {
        struct str bell = str_fmt(arena, "bell-%s.sock", job_queue_names[q]);

        args[q] = (struct pool){ &conf, (enum job_queue)q };
        pools[q] = (struct master_pool){
            .name = str_cstr(arena, str_fmt(arena, "worker.%s", job_queue_names[q])),
            .children = (int)children[q],
            .doorbell = start_path(arena, &conf, str_cstr(arena, bell)),
            .run = run,
            .arg = &args[q],
        };
    }
    status = trial_asked(argc, argv) ? start_check(arena, conf.db_worker)
                                     : master_run("worker", start_path(arena, &conf, "worker.pid"),
                                                  pools, QUEUE__MAX, argv);
    arena_free(arena);
    return status;
}
