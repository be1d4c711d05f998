/*
 * balcao-api: answers requests. Pools behind sockets of their own, so that neither
 * a storm of sign-ins nor slow uploads can starve the rest; nginx chooses. The
 * operators' pool has other routes, another door and another role in the database.
 */
#include "base/clock.h"
#include "base/fcgi.h"
#include "base/master.h"
#include "base/tally.h"
#include "base/trial.h"
#include "domain/auth/auth.h"
#include "domain/operators/operators.h"
#include "main/start.h"
#include "main/tables.h"

enum { ARENA_BYTES = 64 * 1024 };

/* What a pool serves, whom it lets in, and as whom it asks the database: made before the fork. */
struct door {
    struct router *router;
    struct http_hooks hooks;
    const char *conninfo;
    const struct conf *conf;
    bool is_tallied; /* its routes are those that are counted */
};

struct child {
    const struct door *door;
    struct arena *arena;
    struct db *db;
};

static void
leave(struct cx *cx, struct req *req, struct res *res)
{
    (void)req;
    (void)res;
    auth_leave(cx);
    jobs_ring(cx);
}

static void
serve(struct req *req, struct res *res, void *arg)
{
    const struct child *child = arg;
    struct cx cx = { .arena = child->arena, .db = child->db, .conf = child->door->conf };
    int64_t began_us = clock_monotonic_us();

    http_dispatch(child->door->router, &child->door->hooks, &cx, req, res);
    if (child->door->is_tallied)
        tally_count(req->route, res->status, clock_monotonic_us() - began_us);
}

static void
run(const struct master_pool *pool, int listen_fd, int doorbell_fd, void *arg)
{
    const struct door *door = arg;
    struct child child = {
        .door = door,
        .arena = arena_new(ARENA_BYTES),
        .db = db_open(door->conninfo, pool->name),
    };

    (void)doorbell_fd;
    fcgi_serve(&(struct fcgi_options){ .listen_fd = listen_fd,
                                       .body_max = (size_t)door->conf->hook_max_bytes },
               child.arena, serve, &child);
    db_close(child.db);
    arena_free(child.arena);
}

int
main(int argc, char **argv)
{
    struct arena *arena = arena_new(ARENA_BYTES);
    struct conf conf;
    int status;

    start(arena, "api", &conf);
    start_keys(&conf);
    jobs_register(job_tables, job_table_count);

    struct door members = { .router = router_new(route_tables, route_table_count),
                            .hooks = { .enter = auth_enter, .leave = leave },
                            .conninfo = conf.db_api,
                            .conf = &conf,
                            .is_tallied = true };
    struct door operators = { .router = router_new(operator_tables, operator_table_count),
                              .hooks = { .enter = operators_enter },
                              .conninfo = conf.db_operator,
                              .conf = &conf };
    const struct master_pool pools[] = {
        { .name = "api",
          .children = (int)conf.api_children,
          .socket = start_path(arena, &conf, "api.sock"),
          .run = run,
          .arg = &members },
        /* A short queue: whoever does not fit is told at once to come back. Their hashes take what
         * processor the others leave, or a storm of guesses would be felt by everybody inside. */
        { .name = "auth",
          .children = (int)conf.auth_children,
          .backlog = 32,
          .socket = start_path(arena, &conf, "auth.sock"),
          .run = run,
          .arg = &members,
          .nice = 15 },
        { .name = "upload",
          .children = (int)conf.upload_children,
          .socket = start_path(arena, &conf, "upload.sock"),
          .run = run,
          .arg = &members },
        { .name = "operator",
          .children = (int)conf.operator_children,
          .backlog = 8,
          .socket = start_path(arena, &conf, "operator.sock"),
          .run = run,
          .arg = &operators },
    };
    tally_open(members.router);
    status = trial_asked(argc, argv) ? start_check(arena, conf.db_api)
                                     : master_run("api", start_path(arena, &conf, "api.pid"), pools,
                                                  sizeof pools / sizeof pools[0], argv);
    router_free(members.router);
    router_free(operators.router);
    arena_free(arena);
    return status;
}
