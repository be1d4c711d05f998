/*
 * balcao-open SOCKET CHILDREN CONNINFO: the product's own routes behind a door that asks nobody
 * anything, so that `make bench` can say what asking costs. Who it is stands in a
 * header and is believed; the account is not set, and the database is asked as its
 * owner, whom no policy binds. Answers until its standard input ends. Never part of
 * the product.
 */
#include "base/fcgi.h"
#include "base/master.h"
#include "base/unix_socket.h"
#include "domain/auth/access.h"
#include "main/start.h"
#include "main/tables.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ARENA_BYTES = 64 * 1024 };

struct child {
    const struct router *router;
    const struct conf *conf;
    struct arena *arena;
    struct db *db;
};

/* What auth_enter does when all of its questions have been answered with yes. */
static struct err
enter(struct cx *cx, struct req *req, struct res *res)
{
    const struct access *access;

    (void)res;
    if (!str_i64(req->header(req, "Balcao-Account"), &cx->account.v) ||
        !str_i64(req->header(req, "Bench-Person"), &cx->user.v))
        return FAIL(ERR_INVALID, "nobody");
    TRY(access_find(cx, cx->account, cx->user, false, &access));
    if (access == NULL)
        return FAIL(ERR_NOT_FOUND, "account_unknown");
    access_enter(cx, access);
    cx->actor = ACTOR_USER;
    return OK;
}

static void
serve(struct req *req, struct res *res, void *arg)
{
    static const struct http_hooks hooks = { .enter = enter };
    const struct child *child = arg;
    struct cx cx = { .arena = child->arena, .db = child->db, .conf = child->conf };

    http_dispatch(child->router, &hooks, &cx, req, res);
}

static void
live(const struct router *router, const struct conf *conf, int listen_fd, const char *conninfo)
{
    struct child child = { router, conf, arena_new(ARENA_BYTES), db_open(conninfo, "open") };

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    master_catch_signals();
    fcgi_serve(&(struct fcgi_options){ .listen_fd = listen_fd, .body_max = 256 * 1024 },
               child.arena, serve, &child);
    _exit(EXIT_SUCCESS);
}

int
main(int argc, char **argv)
{
    struct arena *arena = arena_new(ARENA_BYTES);
    struct router *router;
    struct conf conf;
    int listen_fd;
    char byte;

    if (argc != 4) {
        fputs("usage: balcao-open SOCKET CHILDREN CONNINFO\n", stderr);
        return EXIT_FAILURE;
    }
    start(arena, "open", &conf);
    start_keys(&conf);
    router = router_new(route_tables, route_table_count);
    listen_fd = unix_socket_bind(argv[1], SOCK_STREAM, 1024);
    /* nginx runs as somebody else. */
    if (listen_fd < 0 || chmod(argv[1], 0666) != 0)
        return EXIT_FAILURE;
    for (int i = 0; i < atoi(argv[2]); i++)
        if (fork() == 0)
            live(router, &conf, listen_fd, argv[3]);
    puts("ready");
    fflush(stdout);
    while (read(STDIN_FILENO, &byte, 1) > 0)
        continue;
    router_free(router);
    arena_free(arena);
    return EXIT_SUCCESS;
}
