/* balcao-live: keeps the browsers' streams open and tells them what happened. */
#include "base/db.h"
#include "base/master.h"
#include "base/trial.h"
#include "live/gateway.h"
#include "main/start.h"

static void
run(const struct master_pool *pool, int listen_fd, int doorbell_fd, void *arg)
{
    const struct conf *conf = arg;
    struct db *db = db_open(conf->db_live, "balcao-live");

    (void)pool, (void)doorbell_fd;
    live_gateway_run(listen_fd, db, &live_options_usual);
    db_close(db);
}

int
main(int argc, char **argv)
{
    struct arena *arena = arena_new(16 * 1024);
    struct conf conf;
    int status;

    start(arena, "live", &conf);

    const struct master_pool pools[] = {
        /* One child: all streams share one memory. A reload has two for a second. */
        { .name = "live",
          .children = 1,
          .socket = start_path(arena, &conf, "live.sock"),
          .backlog = 4096,
          .run = run,
          .arg = &conf },
    };
    status = trial_asked(argc, argv)
                 ? start_check(arena, conf.db_live)
                 : master_run("live", start_path(arena, &conf, "live.pid"), pools, 1, argv);
    arena_free(arena);
    return status;
}
