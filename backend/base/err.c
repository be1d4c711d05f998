#include "err.h"

#include "log.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const int statuses[ERR__MAX] = {
    [ERR_NONE] = 200,        [ERR_INVALID] = 400,   [ERR_UNAUTHENTICATED] = 401,
    [ERR_UNPAID] = 402,      [ERR_FORBIDDEN] = 403, [ERR_NOT_FOUND] = 404,
    [ERR_CONFLICT] = 409,    [ERR_GONE] = 410,      [ERR_TOO_LARGE] = 413,
    [ERR_UNSUPPORTED] = 415, [ERR_TOO_MANY] = 429,  [ERR_RETRY] = 503,
    [ERR_UNAVAILABLE] = 503,
};

int
err_http_status(enum err_code code)
{
    if ((unsigned)code >= ERR__MAX)
        BUG("code=%d what=no_such_error", (int)code);
    return statuses[code];
}

bool
err_is(struct err e, const char *slug)
{
    return e.code != ERR_NONE && e.slug != NULL && strcmp(e.slug, slug) == 0;
}

void
err_bug(const char *file, int line, const char *fmt, ...)
{
    char what[512];
    va_list args;

    va_start(args, fmt);
    vsnprintf(what, sizeof(what), fmt, args);
    va_end(args);

    log_line(LOG_ERROR, "bug", "at=%s:%d %s", file, line, what);
    abort();
}
