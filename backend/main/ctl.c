/*
 * balcaoctl: what an operator does by hand. Each command is a row of the table.
 */
#include "main/ctl.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/db.h"
#include "base/log.h"
#include "domain/auth/permissions.h"
#include "main/demo.h"
#include "main/migrate.h"
#include "main/secrets.h"
#include "main/start.h"
#include "main/tables.h"

#include <stdio.h>
#include <stdlib.h>

enum { ARENA_BYTES = 64 * 1024 };

/* What a command stands on. */
enum needs { NEEDS_NOTHING, NEEDS_DATABASE, NEEDS_KEYS };

struct command {
    const char *word;
    ctl_command run;
    enum needs needs;
    const char *usage;
    const char *help;
};

bool
ctl_is_word(const struct call *call, int i, const char *word)
{
    return i < call->n && strcmp(call->words[i], word) == 0;
}

struct str
ctl_option(const struct call *call, const char *name)
{
    for (int i = 0; i + 1 < call->n; i++)
        if (strcmp(call->words[i], name) == 0)
            return str_of(call->words[i + 1]);
    return (struct str){ 0 };
}

bool
ctl_has(const struct call *call, const char *name)
{
    for (int i = 0; i < call->n; i++)
        if (strcmp(call->words[i], name) == 0)
            return true;
    return false;
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

    if (!ctl_is_word(call, 0, "--print"))
        TRY(demo_plant(cx, "db/seed/demo.sql", "db/seed/recepcao.json", call->var));
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

static const struct command commands[] = {
    { "account", ctl_account, NEEDS_KEYS,
      "create --name N --slug S --owner-email E [--owner-name N] [--password] | list | suspend S | "
      "resume S",
      "accounts; --password reads the owner's, else one is made and shown" },
    { "audit", ctl_audit, NEEDS_KEYS, "verify [--account N] | rebase",
      "does the trail hold; start its count anew after a restore" },
    { "conf", ctl_conf, NEEDS_DATABASE, "", "the settings in force, without passwords" },
    { "demo", ctl_demo, NEEDS_KEYS, "[--print]",
      "plant the demo account, or only show who can sign in" },
    { "flow", ctl_flow, NEEDS_NOTHING, "check [--bound] FILE… | format FILE | test FILE…",
      "flows in files: what is wrong with them (--bound: as one that a channel starts), their "
      "canonical form, do recorded conversations still go on as they went; 0 well, 1 not, 2 "
      "unreadable" },
    { "jobs", ctl_jobs, NEEDS_DATABASE, "[dead | replay id]",
      "queues; jobs that died; one of them again" },
    { "mail", ctl_mail, NEEDS_DATABASE, "[again id]",
      "letters that did not leave; one of them again" },
    { "migrate", ctl_migrate, NEEDS_DATABASE, "[folder]", "bring the database up to date" },
    { "networks", ctl_networks, NEEDS_KEYS, "clear|allow ADDRESS --account SLUG [--for 1h]",
      "let people in again whom a list of networks keeps out" },
    { "operator", ctl_operator, NEEDS_KEYS,
      "create --email E --networks N,… [--name N] | reset-factor --email E",
      "who may keep the installation in the browser (reads the password); a lost second factor" },
    { "routes", ctl_routes, NEEDS_DATABASE, "", "what the API answers to, and whom" },
    { "secrets", ctl_secrets, NEEDS_KEYS, "", "does the master key open what is sealed?" },
    { "user", ctl_user, NEEDS_KEYS, "password --email E", "a new password for a person; reads it" },
    { 0 },
};

static int
usage(void)
{
    fprintf(stderr, "usage: balcaoctl command\n\n");
    for (const struct command *c = commands; c->word != NULL; c++)
        fprintf(stderr, "  %s %s\n      %s\n", c->word, c->usage, c->help);
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

    if (command->needs == NEEDS_NOTHING)
        return command->run(call);
    call->var = getenv("BALCAO_VAR") == NULL ? "var" : getenv("BALCAO_VAR");
    file = str_fmt(cx->arena, "%s/balcao.conf", call->var);
    TRY(conf_load(cx->arena, str_cstr(cx->arena, file), &call->conf));
    if (command->needs == NEEDS_KEYS)
        TRY(crypto_init(&call->conf));
    cx->conf = &call->conf;
    cx->now_us = clock_now_us();
    cx->actor = ACTOR_CTL;
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
    return failed.code == ERR_NONE ? call.status : EXIT_FAILURE;
}
