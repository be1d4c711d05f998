#include "start.h"

#include "base/crypto.h"
#include "base/db.h"
#include "base/dump.h"
#include "base/log.h"
#include "base/trial.h"
#include "main/migrate.h"

#include <stdlib.h>

#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
enum { IS_SANITIZED = 1 };
#else
enum { IS_SANITIZED = 0 };
#endif

static void
complain(const char *event, struct err e)
{
    log_error(event, "slug=%s field=%s", e.slug, e.field != NULL ? e.field : "-");
}

static _Noreturn void
refuse(const char *event, struct err e)
{
    complain(event, e);
    exit(1);
}

void
start_memory(void)
{
    dump_forbid_cores();
    if (!IS_SANITIZED) /* LeakSanitizer is a debugger of the same user */
        dump_forbid_debuggers();
}

void
start(struct arena *arena, const char *process, struct conf *conf)
{
    const char *var = getenv("BALCAO_VAR");
    struct str file = str_fmt(arena, "%s/balcao.conf", var != NULL ? var : "var");
    struct err e;

    log_init(process, LOG_INFO);
    start_memory();
    e = conf_load(arena, str_cstr(arena, file), conf);
    if (e.code != ERR_NONE)
        refuse("conf.refused", e);
    log_init(process, (enum log_level)conf->log_level);
}

void
start_keys(const struct conf *conf)
{
    struct err e = crypto_init(conf);

    if (e.code != ERR_NONE)
        refuse("keys.refused", e);
}

int
start_check(struct arena *arena, const char *conninfo)
{
    struct cx cx = { .arena = arena, .db = db_open(conninfo, "check") };
    struct err e;

    db_begin(&cx, TX_READ);
    e = migrate_check(&cx);
    db_rollback(&cx);
    db_close(cx.db);
    if (e.code == ERR_NONE)
        return trial_passed();
    complain("database.refused", e);
    return 1;
}

const char *
start_path(struct arena *arena, const struct conf *conf, const char *name)
{
    return str_cstr(arena, str_fmt(arena, "%s/%s", conf->run_dir, name));
}
