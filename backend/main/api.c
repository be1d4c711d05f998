/*
 * balcao-api: answers requests. Three pools behind three sockets, so that neither
 * a storm of sign-ins nor slow uploads can starve the rest; nginx chooses.
 */
#include "base/clock.h"
#include "base/fcgi.h"
#include "base/master.h"
#include "base/tally.h"
#include "base/trial.h"
#include "domain/auth/auth.h"
#include "main/start.h"
#include "main/tables.h"

enum { ARENA_BYTES = 64 * 1024 };

/* One for the process: the router and the settings are built before the fork. */
struct api {
    struct conf conf;
    struct router *router;
};

struct child {
    const struct api *api;
    struct arena *arena;
    struct db *db;
};

static void
leave(struct cx *cx, struct req *req, struct res *res)
{
    (void)req;
    (void)res;
    jobs_ring(cx);
}

static void
serve(struct req *req, struct res *res, void *arg)
{
    static const struct http_hooks hooks = { .enter = auth_enter, .leave = leave };
    const struct child *child = arg;
    struct cx cx = { .arena = child->arena, .db = child->db, .conf = &child->api->conf };
    int64_t began_us = clock_monotonic_us();

    http_dispatch(child->api->router, &hooks, &cx, req, res);
    tally_count(req->route, res->status, clock_monotonic_us() - began_us);
}

static void
run(const struct master_pool *pool, int listen_fd, int doorbell_fd, void *arg)
{
    const struct api *api = arg;
    struct child child = {
        .api = api,
        .arena = arena_new(ARENA_BYTES),
        .db = db_open(api->conf.db_api, pool->name),
    };

    (void)doorbell_fd;
    fcgi_serve(&(struct fcgi_options){ .listen_fd = listen_fd,
                                       .body_max = (size_t)api->conf.hook_max_bytes },
               child.arena, serve, &child);
    db_close(child.db);
    arena_free(child.arena);
}

int
main(int argc, char **argv)
{
    struct arena *arena = arena_new(ARENA_BYTES);
    struct api api;
    int status;

    start(arena, "api", &api.conf);
    start_keys(&api.conf);
    api.router = router_new(route_tables, route_table_count);
    tally_open(api.router);
    jobs_register(job_tables, job_table_count);

    const struct master_pool pools[] = {
        { .name = "api",
          .children = (int)api.conf.api_children,
          .socket = start_path(arena, &api.conf, "api.sock"),
          .run = run,
          .arg = &api },
        /* A short queue: whoever does not fit is told at once to come back. */
        { .name = "auth",
          .children = (int)api.conf.auth_children,
          .backlog = 32,
          .socket = start_path(arena, &api.conf, "auth.sock"),
          .run = run,
          .arg = &api },
        { .name = "upload",
          .children = (int)api.conf.upload_children,
          .socket = start_path(arena, &api.conf, "upload.sock"),
          .run = run,
          .arg = &api },
    };
    status = trial_asked(argc, argv) ? start_check(arena, api.conf.db_api)
                                     : master_run("api", start_path(arena, &api.conf, "api.pid"),
                                                  pools, sizeof pools / sizeof pools[0], argv);
    router_free(api.router);
    arena_free(arena);
    return status;
}
