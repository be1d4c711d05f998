#include "start.h"

#include "base/crypto.h"
#include "base/log.h"

#include <stdlib.h>

static _Noreturn void
refuse(const char *event, struct err e)
{
    log_error(event, "slug=%s field=%s", e.slug, e.field != NULL ? e.field : "-");
    exit(1);
}

void
start(struct arena *arena, const char *process, struct conf *conf)
{
    const char *var = getenv("BALCAO_VAR");
    struct str file = str_fmt(arena, "%s/balcao.conf", var != NULL ? var : "var");
    struct err e;

    log_init(process, LOG_INFO);
    e = conf_load(arena, str_cstr(arena, file), conf);
    if (e.code != ERR_NONE)
        refuse("conf.refused", e);
    log_init(process, (enum log_level)conf->log_level);
    e = crypto_init(conf);
    if (e.code != ERR_NONE)
        refuse("keys.refused", e);
}

const char *
start_path(struct arena *arena, const struct conf *conf, const char *name)
{
    return str_cstr(arena, str_fmt(arena, "%s/%s", conf->run_dir, name));
}
