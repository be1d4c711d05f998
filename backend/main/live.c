/* balcao-live: keeps the browsers' streams open and tells them what happened. */
#include "base/conf.h"
#include "base/db.h"
#include "base/log.h"
#include "base/master.h"
#include "live/gateway.h"

#include <stdlib.h>

static const char *
in_dir(struct arena *a, const char *dir, const char *name)
{
    return str_cstr(a, str_fmt(a, "%s/%s", dir, name));
}

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
    const char *var = getenv("BALCAO_VAR");
    const char *place = var != NULL ? var : "var";
    struct err e;

    (void)argc;
    log_init("live", LOG_INFO);
    e = conf_load(arena, in_dir(arena, place, "balcao.conf"), &conf);
    if (e.code != ERR_NONE) {
        log_error("conf.refused", "slug=%s field=%s", e.slug, e.field != NULL ? e.field : "-");
        return 1;
    }
    log_init("live", (enum log_level)conf.log_level);

    const struct master_pool pools[] = {
        /* One child: all streams share one memory. A reload has two for a second. */
        { .name = "live",
          .children = 1,
          .socket = in_dir(arena, conf.run_dir, "live.sock"),
          .backlog = 4096,
          .run = run,
          .arg = &conf },
    };
    int status = master_run("live", in_dir(arena, conf.run_dir, "live.pid"), pools, 1, argv);

    arena_free(arena);
    return status;
}
