/*
 * balcaoctl: what an operator does by hand. Each command is a row of the table.
 */
#include "base/clock.h"
#include "base/crypto.h"
#include "base/db.h"
#include "base/log.h"
#include "domain/auth/permissions.h"
#include "jobs.sql.h"
#include "main/demo.h"
#include "main/migrate.h"
#include "main/secrets.h"
#include "main/start.h"
#include "main/tables.h"

#include <stdio.h>
#include <stdlib.h>

enum { ARENA_BYTES = 64 * 1024, DEAD_SHOWN = 100 };

struct call {
    struct cx cx;
    struct conf conf;
    const char *var; /* the installation's state */
    char **words;    /* after the command's own */
    int n;
};

struct command {
    const char *word;
    struct err (*run)(struct call *call);
    bool needs_keys;
    const char *usage;
    const char *help;
};

static bool
is_word(const struct call *call, int i, const char *word)
{
    return i < call->n && strcmp(call->words[i], word) == 0;
}

static struct err
ctl_migrate(struct call *call)
{
    TRY(migrate(&call->cx, call->n > 0 ? call->words[0] : "db/migrations"));
    db_begin(&call->cx, TX_WRITE);
    TRY(permissions_publish(&call->cx));
    return db_commit(&call->cx);
}

static struct err
ctl_conf(struct call *call)
{
    struct buf text = { .arena = call->cx.arena };

    conf_print(&call->conf, &text);
    fwrite(text.p, 1, text.len, stdout);
    return OK;
}

static struct err
ctl_demo(struct call *call)
{
    struct cx *cx = &call->cx;
    bool is_there = false;

    if (!is_word(call, 0, "--print"))
        TRY(demo_plant(cx, "db/seed/demo.sql", call->var));
    db_begin(cx, TX_READ);
    TRY(demo_exists(cx, &is_there));
    TRY(db_commit(cx));
    if (!is_there)
        return FAIL(ERR_NOT_FOUND, "no_demo");
    demo_print();
    return OK;
}

static struct err
ctl_secrets(struct call *call)
{
    db_begin(&call->cx, TX_READ);
    TRY(secrets_check(&call->cx));
    return db_commit(&call->cx);
}

/* --- jobs --------------------------------------------------------------------------- */

static struct err
show_queues(struct cx *cx)
{
    struct db_rows rows;

    TRY(db_many_(cx, &SQL_queues_status, &rows, NULL, 0));
    printf("%-10s %8s %8s %8s %8s %12s\n", "queue", "lanes", "held", "waiting", "jobs",
           "oldest due");
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        printf("%-10.*s %8lld %8lld %8lld %8lld %10lld s\n", STR_ARG(db_str(&row, 0)),
               (long long)db_i64(&row, 1), (long long)db_i64(&row, 2), (long long)db_i64(&row, 3),
               (long long)db_i64(&row, 4), (long long)db_i64(&row, 5));
    }
    return OK;
}

static struct err
show_dead(struct cx *cx)
{
    struct db_rows rows;

    TRY(db_many(cx, &SQL_dead_jobs_list, &rows, P_I64(DEAD_SHOWN)));
    printf("%10s %-28s %8s %12s %8s  %-27s %s\n", "id", "kind", "account", "subject", "attempts",
           "died", "why");
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        printf("%10lld %-28.*s %8lld %12lld %8lld  %-27.*s %.*s\n", (long long)db_i64(&row, 0),
               STR_ARG(db_str(&row, 1)), (long long)db_i64(&row, 2), (long long)db_i64(&row, 3),
               (long long)db_i64(&row, 4), STR_ARG(db_str(&row, 6)), STR_ARG(db_str(&row, 5)));
    }
    if (rows.count == DEAD_SHOWN)
        printf("(the latest %d)\n", DEAD_SHOWN);
    return OK;
}

static struct err
replay(struct cx *cx, int64_t id)
{
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_dead_job_replay, &found, &row, P_I64(id)));
    if (!found)
        return FAIL(ERR_NOT_FOUND, "no_such_dead_job");
    printf("job %lld in queue %.*s\n", (long long)db_i64(&row, 0), STR_ARG(db_str(&row, 1)));
    return OK;
}

static struct err
ctl_jobs(struct call *call)
{
    struct cx *cx = &call->cx;
    int64_t id;

    db_begin(cx, TX_WRITE);
    if (call->n == 0)
        TRY(show_queues(cx));
    else if (call->n == 1 && is_word(call, 0, "dead"))
        TRY(show_dead(cx));
    else if (call->n == 2 && is_word(call, 0, "replay") && str_i64(str_of(call->words[1]), &id))
        TRY(replay(cx, id));
    else
        return FAIL(ERR_INVALID, "usage");
    return db_commit(cx);
}

/* --- routes ----------------------------------------------------------------------------- */

static void
print_route(const struct route *route, void *arg)
{
    (void)arg;
    printf("%s %s\n", http_method_word(route->method), route->path);
}

static struct err
ctl_routes(struct call *call)
{
    struct router *router = router_new(route_tables, route_table_count);

    (void)call;
    router_each(router, print_route, NULL);
    router_free(router);
    return OK;
}

/* --- the table ----------------------------------------------------------------------- */

static const struct command commands[] = {
    { "migrate", ctl_migrate, false, "[folder]", "bring the database up to date" },
    { "jobs", ctl_jobs, false, "[dead | replay id]", "queues; jobs that died; one of them again" },
    { "secrets", ctl_secrets, true, "", "does the master key open what is sealed?" },
    { "conf", ctl_conf, false, "", "the settings in force, without passwords" },
    { "demo", ctl_demo, true, "[--print]", "plant the demo account, or only show who can sign in" },
    { "routes", ctl_routes, false, "", "what the API answers to: method and path" },
    { 0 },
};

static int
usage(void)
{
    fprintf(stderr, "usage: balcaoctl command\n\n");
    for (const struct command *c = commands; c->word != NULL; c++)
        fprintf(stderr, "  %-8s %-20s %s\n", c->word, c->usage, c->help);
    fprintf(
        stderr,
        "\nSettings come from $BALCAO_VAR/balcao.conf (./var without it) and the environment.\n");
    return 2;
}

static struct err
run(struct call *call, const struct command *command)
{
    struct cx *cx = &call->cx;
    struct str file;

    call->var = getenv("BALCAO_VAR") == NULL ? "var" : getenv("BALCAO_VAR");
    file = str_fmt(cx->arena, "%s/balcao.conf", call->var);
    TRY(conf_load(cx->arena, str_cstr(cx->arena, file), &call->conf));
    if (command->needs_keys)
        TRY(crypto_init(&call->conf));
    cx->conf = &call->conf;
    cx->now_us = clock_now_us();
    cx->db = db_open(call->conf.db_owner, "balcaoctl");
    return command->run(call);
}

int
main(int argc, char **argv)
{
    struct call call = { .words = argv + 2, .n = argc - 2 };
    const struct command *command = commands;
    struct err failed;

    while (argc > 1 && command->word != NULL && strcmp(command->word, argv[1]) != 0)
        command++;
    if (argc < 2 || command->word == NULL)
        return usage();

    log_init("ctl", LOG_WARN);
    start_memory();
    jobs_register(job_tables, job_table_count);
    call.cx.arena = arena_new(ARENA_BYTES);
    failed = run(&call, command);
    if (failed.code != ERR_NONE)
        fprintf(stderr, "balcaoctl %s: %s%s%s\n", command->word, failed.slug,
                failed.field == NULL ? "" : " ", failed.field == NULL ? "" : failed.field);
    db_close(call.cx.db);
    arena_free(call.cx.arena);
    if (err_is(failed, "usage"))
        return usage();
    return failed.code == ERR_NONE ? EXIT_SUCCESS : EXIT_FAILURE;
}
